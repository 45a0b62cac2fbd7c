/** The parts of a commit that replace logs: planning them changes nothing. */
import { describe, expect, test } from 'vitest'
import type { Log } from '../../../../engine-worker/storage/log/log.ts'
import { releasedRecords, replaceLogs } from '../../../../engine-worker/storage/log/replace-logs.ts'
import type { Commit } from '../../../../engine-worker/storage/store.ts'
import { emptyLog, logIn, memoryAfter, recordOf } from './segments.ts'

/** Two datasets that are known; `d` has a version that is withheld. */
async function knownLogs() {
  const memory = await memoryAfter(
    { datasets: [{ dataset: 'd', entities: [{ _id: 'a' }], meta: { kept: true } }] },
    { datasets: [{ dataset: 'd', entities: [{ _id: 'b' }], pending: true }] },
    { datasets: [{ dataset: 'e', entities: [{ _id: 'x' }] }] },
  )
  const { log, maintenance } = await logIn(memory, 'd')
  const other = (await logIn(memory, 'e')).log
  const logs = new Map([
    ['d', log],
    ['e', other],
  ])
  const replace = (commit: Commit) => replaceLogs(commit, { logs, newLog: () => 99, maintenance })
  return { logs, log, other, replace }
}

describe('a commit', () => {
  test('without such parts replaces nothing', async () => {
    const { replace } = await knownLogs()
    expect(await replace({ datasets: [{ dataset: 'd', entities: [] }] })).toEqual({
      logs: new Map(),
      dropped: [],
      rollbacks: [],
    })
  })

  test('that removes a dataset drops its log, and one that is not known is nothing to remove', async () => {
    const { replace, log } = await knownLogs()
    const { logs, dropped } = await replace({ remove: ['d', 'never'] })
    expect([...logs]).toEqual([['d', null]])
    expect(dropped).toEqual([log])
  })

  test('that resets a dataset begins another log; generation and numbers go on, settings stay', async () => {
    const { replace, log } = await knownLogs()
    const { logs, dropped } = await replace({ reset: ['d', 'never'] })
    expect(dropped).toEqual([log])
    expect(logs.get('d')?.record).toEqual(
      recordOf('d', 99, { generation: 2, sequence: 2, meta: log.record.meta, pendingSince: null }),
    )
    expect(logs.get('d')?.loaded).toBe(true)
    expect(logs.has('never')).toBe(false)
    expect(log.record).toMatchObject({ generation: 1, live: 2 })
  })

  test('that removes and resets a dataset removes it', async () => {
    const { replace } = await knownLogs()
    const { logs, dropped } = await replace({ remove: ['d'], reset: ['d'], rollback: ['d'] })
    expect([...logs]).toEqual([['d', null]])
    expect(dropped).toHaveLength(1)
  })

  test('that rolls back takes off what is withheld, and leaves a dataset of which nothing is', async () => {
    const { replace, log } = await knownLogs()
    const { logs, rollbacks } = await replace({ rollback: ['d', 'e', 'never'] })
    expect([...logs.keys()]).toEqual(['d'])
    expect(rollbacks).toHaveLength(1)
    expect(logs.get('d')?.record).toMatchObject({ pendingSince: null, live: 1, last: 1 })
    expect(log.record).toMatchObject({ pendingSince: 1, live: 2 })
  })

  test('that replaces a dataset drops what it held; the other name is free, the generation new to both', async () => {
    const { replace, log, other } = await knownLogs()
    const { logs, dropped } = await replace({ replace: [{ dataset: 'd', by: 'e' }] })
    expect(dropped).toEqual([log])
    expect(logs.get('e')).toBeNull()
    expect(logs.get('d')?.record).toEqual({ ...other.record, name: 'd', generation: 2 })
    const { logs: more } = await replace({ replace: [{ dataset: 'new', by: 'e' }] })
    expect(more.get('new')?.record).toMatchObject({ name: 'new', live: 1, generation: 2 })
  })

  test('is refused where the replacing dataset is not there, or a name is changed in two ways', async () => {
    const { replace } = await knownLogs()
    await expect(replace({ replace: [{ dataset: 'd', by: 'never' }] })).rejects.toThrow(
      'there is no dataset never to replace d',
    )
    await expect(replace({ reset: ['e'], replace: [{ dataset: 'd', by: 'e' }] })).rejects.toThrow(/dataset e/)
  })
})

describe('released versions', () => {
  test('become visible up to the end of the log', async () => {
    const { logs, replace, log } = await knownLogs()
    const commit = { release: ['d', 'never'] }
    const released = releasedRecords(commit, logs, await replace(commit))
    expect([...released]).toEqual([['d', { ...log.record, pendingSince: null, visible: 2 }]])
    expect(log.record.visible).toBe(1)
  })

  test('are those of the log that the same commit puts in the place of another', async () => {
    const { logs, replace } = await knownLogs()
    const commit = { reset: ['d'], remove: ['e'], release: ['d', 'e'] }
    const released = releasedRecords(commit, logs, await replace(commit))
    expect([...released.keys()]).toEqual(['d'])
    expect(released.get('d')).toMatchObject({ log: 99, visible: 0 })
  })

  test('of a log that is already visible change nothing', () => {
    const logs = new Map([['d', emptyLog('d', 1)]])
    const nothing = { logs: new Map<string, Log | null>(), dropped: [], rollbacks: [] }
    expect(releasedRecords({ release: ['d'] }, logs, nothing).get('d')).toEqual(recordOf('d', 1))
  })
})
