/** The engine runs pipes by their schedules until it is told to stop. */
import { describe, expect, it } from 'vitest'
import type { EventOf } from '../../../engine-worker/api/list.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { testEngine } from '../../support/engine.ts'
import { ticking } from '../run/histories.ts'

const pipe = (_id: string, more: object = {}) => [
  `pipes/${_id}.conf.json`,
  JSON.stringify({
    _id,
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: '1' }, { _id: '2' }] },
    pump: { schedule_interval: 30 },
    ...more,
  }),
]
/** Enough entities for several batches, each of which waits. */
const sleeping = {
  source: { type: 'embedded', entities: Array.from({ length: 3000 }, (_, n) => ({ _id: String(n) })) },
  transform: {
    type: 'dtl',
    rules: {
      default: [
        ['sleep!', 0.001],
        ['copy', '*'],
      ],
    },
  },
}

/** An engine whose pauses advance its clock, so that hours of schedules take no time. */
function scheduled() {
  const base = ticking()
  let waited = 0n
  const environment = {
    ...base,
    now: () => base.now() + waited,
    pause: async (seconds: number) => {
      waited += BigInt(Math.round(seconds * 1e9))
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
  const engine = testEngine({
    environment,
    fetch: null,
    openStore: async () => memoryStore(environment),
    deleteStore: async () => undefined,
  })
  const seen: EventOf<'schedule'>[] = []
  /** Resolves with the first event of which a condition holds. */
  const event = async (holds: (event: EventOf<'schedule'>) => boolean) => {
    for (;;) {
      const found = seen.find(holds)
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
  const startSchedule = () => engine.schedule({ name: 'by-clock' }, (each) => void seen.push(each))
  return { engine, seen, event, follow: startSchedule }
}

describe('schedules', () => {
  it('run what is due again and again, and tell of it, until they are aborted', async () => {
    const { engine, seen, event, follow } = scheduled()
    await engine.open({ project: 'p', files: Object.fromEntries([pipe('a'), pipe('b')]) })
    const following = follow()
    const isEnd = (each: EventOf<'schedule'>) => each.is === 'ended'
    await event((each) => isEnd(each) && seen.filter(isEnd).length === 3)
    engine.abort('schedule')
    await following
    const results = seen.flatMap((each) => (each.is === 'ended' ? [each.result] : []))
    for (const { run, state, pipes } of results.slice(0, 3)) {
      expect(run).toMatch(/^by-clock-\d+$/)
      expect(state).toBe('done')
      expect(pipes.map(({ pipe: id, read }) => [id, read])).toEqual([
        ['a', 2],
        ['b', 2],
      ])
    }
    expect(new Set(results.map(({ run }) => run)).size).toBe(results.length)
    const progress = seen.flatMap((each) => (each.is === 'progress' ? [each.event.run] : []))
    expect(new Set(progress)).toEqual(new Set(results.map(({ run }) => run)))
    const before = seen.length
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(seen.length).toBe(before)
  })

  it('say of a run that found nothing to do that it is idle', async () => {
    const { engine, event, follow } = scheduled()
    const reader = pipe('reader', { source: { type: 'dataset', dataset: 'nowhere' } })
    await engine.open({ project: 'p', files: Object.fromEntries([reader]) })
    const following = follow()
    expect(await event((each) => each.is === 'ended')).toMatchObject({ isIdle: true, result: { state: 'done' } })
    engine.abort('schedule')
    await following
  })

  it('start nothing while a run that was asked for is under way', async () => {
    const { engine, seen, event, follow } = scheduled()
    await engine.open({ project: 'p', files: Object.fromEntries([pipe('slow', sleeping), pipe('a')]) })
    let asked = true
    const running = engine
      .run({ run: 'asked', pipes: ['slow'] }, () => undefined)
      .then((result) => {
        asked = false
        return result
      })
    const following = follow()
    let beside = 0
    const first = event((each) => each.is === 'progress').then(() => {
      if (asked) beside++
    })
    expect(await running).toMatchObject({ run: 'asked', state: 'done' })
    await first
    expect(beside).toBe(0)
    engine.abort('schedule')
    await following
    expect(seen.some((each) => each.is === 'failed')).toBe(false)
  })

  it('cancel the run that is under way when they are aborted', async () => {
    const { engine, seen, event, follow } = scheduled()
    await engine.open({ project: 'p', files: Object.fromEntries([pipe('slow', sleeping)]) })
    const following = follow()
    await event((each) => each.is === 'progress')
    engine.abort('schedule')
    await following
    expect(seen.at(-1)).toMatchObject({ is: 'ended', result: { state: 'cancelled' } })
  })

  it('end when another project is opened', async () => {
    const { engine, seen, event, follow } = scheduled()
    await engine.open({ project: 'p', files: Object.fromEntries([pipe('a')]) })
    const following = follow()
    await event((each) => each.is === 'ended')
    await engine.open({ project: 'q', files: Object.fromEntries([pipe('other')]) })
    await following
    expect(
      seen.flatMap((each) => (each.is === 'ended' ? each.result.pipes.map(({ pipe: id }) => id) : [])),
    ).not.toContain('other')
  })
})
