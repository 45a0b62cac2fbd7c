/** While pipes run, kept columns are not updated and search indexes are updated slowly. */
import { describe, expect, it } from 'vitest'
import { StoredColumns } from '../../../engine-worker/analysis/stored-columns/stored-columns.ts'
import { datasetViews } from '../../../engine-worker/api/dataset-views.ts'
import { turn, turnAfterRuns, turnsBesideRuns } from '../../../engine-worker/run/turn.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { environment } from '../dtl/corpus.ts'

const environmentWithPause = { ...environment(), pause: async () => undefined }

/** A store with 5000 entities; `commits` counts what is written to it from then on. */
async function filledViews() {
  const store = memoryStore(environmentWithPause)
  await store.commit({
    datasets: [{ dataset: 'd', entities: Array.from({ length: 5000 }, (_, at) => ({ _id: `e${at}`, n: at })) }],
  })
  let commits = 0
  const counting: DatasetStore = new Proxy(store, {
    get: (target, name) => {
      if (name === 'commit') commits++
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { store: counting, commits: () => commits }
}

/** Long enough for all columns of the store. */
async function manyTurns(): Promise<void> {
  for (let times = 0; times < 200; times++) await turn()
}
const newController = () => new AbortController()

describe('columns beside datasets', () => {
  it('are not begun while a run goes on, and are made when it has ended', async () => {
    const { store } = await filledViews()
    let isRunning = true
    const { storedColumns, search } = datasetViews(store, environmentWithPause, () => isRunning)
    const following = storedColumns.follow('d', newController().signal)
    await manyTurns()
    expect(await storedColumns.has('d')).toBe(false)
    await search.follow('d')
    expect(await search.progress('d')).toMatchObject({ indexed: 5000, complete: true })
    isRunning = false
    await following
    expect(await storedColumns.has('d')).toBe(true)
  })

  it('rest from the next rows on when a run begins', async () => {
    const { store, commits } = await filledViews()
    let isRunning = false
    const columns = new StoredColumns(
      store,
      turnAfterRuns(environmentWithPause, () => isRunning),
      500,
    )
    const following = columns.follow('d', newController().signal)
    while (commits() === 0) await turn()
    isRunning = true
    const begun = commits()
    await manyTurns()
    expect(commits()).toBeLessThanOrEqual(begun + 1)
    isRunning = false
    await following
    expect(commits()).toBeGreaterThan(begun + 5)
  })

  it('that rest end when they are not wanted any more, and when they are removed', async () => {
    const { store } = await filledViews()
    const { storedColumns } = datasetViews(store, environmentWithPause, () => true)
    const unwanted = newController()
    const following = storedColumns.follow('d', unwanted.signal)
    await manyTurns()
    unwanted.abort()
    await following
    const again = storedColumns.follow('d', newController().signal)
    await manyTurns()
    await storedColumns.remove('d')
    await again
    expect(await storedColumns.has('d')).toBe(false)
  })
})

describe('work beside runs', () => {
  it('rests nine times as long as it worked, however long one piece was, and not at all when nothing runs', async () => {
    let now = 0
    let rested = 0
    let isRunning = true
    const clock = {
      ...environment(),
      now: () => BigInt(Math.round(now * 1e9)),
      pause: async (seconds: number) => {
        now += seconds
        rested += seconds
        if (rested > 10) isRunning = false
      },
    }
    const newTurn = turnsBesideRuns(clock, () => isRunning)
    now = 1000
    const next = newTurn()
    now += 0.01
    await next()
    expect(rested).toBeCloseTo(0.09)
    now += 0.5
    await next()
    expect(rested).toBeCloseTo(0.09 + 4.5)
    now += 100
    await next()
    expect(rested).toBeLessThan(10.5)
    now += 1
    await next()
    expect(rested).toBeLessThan(10.5)
  })
})
