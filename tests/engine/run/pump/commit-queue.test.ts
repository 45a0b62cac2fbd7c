/** The commits of a run: sequential, counted, and a failure is thrown where the commit is awaited. */
import { describe, expect, it } from 'vitest'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import type { RunLog } from '../../../../engine-worker/run/log.ts'
import { CommitQueue } from '../../../../engine-worker/run/pump/commit-queue.ts'
import { newCounts } from '../../../../engine-worker/run/pump/counts.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { ticking } from '../histories.ts'

function queue() {
  const environment = ticking()
  const store = new IndexedStore(memoryStore(environment))
  const counts = newCounts()
  const spent = { sink: 0n }
  let reports = 0
  const commits = new CommitQueue({
    store,
    counts,
    log: { spent } as unknown as RunLog,
    now: environment.now,
    report: () => {
      reports++
    },
  })
  return { store, counts, spent, commits, reports: () => reports }
}

describe('a commit queue', () => {
  it('counts what the sink’s dataset took, and nothing of other datasets', async () => {
    const { store, counts, spent, commits, reports } = queue()
    commits.open('d', null)
    const entities: Entity[] = [{ _id: '1' }, { _id: '2', _deleted: true }, { _id: '3', n: 1 }]
    const later: Entity[] = [{ _id: '1' }, { _id: '3', _deleted: true }]
    commits.add(
      [
        { dataset: 'd', entities },
        { dataset: 'other', entities },
      ],
      [{ key: 's', value: 1 }],
    )
    await commits.done()
    commits.add([{ dataset: 'd', entities: later }], [])
    await commits.done()
    expect(counts).toMatchObject({ written: 2, deleted: 2, unchanged: 1, changed: 4 })
    expect(await store.store.state('s')).toBe(1)
    expect(reports()).toBe(2)
    expect(spent.sink).toBeGreaterThan(0n)
  })

  it('throws a failed commit where it is waited for, with nothing of it stored', async () => {
    const { store, counts, commits } = queue()
    commits.open('d', null)
    commits.add([{ dataset: 'd', entities: [{ _id: '1' }, { n: 2 }] }], [{ key: 's', value: 1 }])
    await expect(commits.done()).rejects.toThrow(/no _id/)
    expect([await store.store.info('d'), (await store.store.state('s')) ?? null]).toEqual([null, null])
    expect(counts.written).toBe(0)
  })
})
