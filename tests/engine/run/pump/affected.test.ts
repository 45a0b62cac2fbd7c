/** Source entities that are affected by changes of other datasets, and the limit of their number. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import {
  affectedLimit,
  isTrackingStale,
  trackedBy,
  trackedDatasets,
} from '../../../../engine-worker/run/pump/affected.ts'
import { settingsOf } from '../../../../engine-worker/run/settings.ts'
import { newState } from '../../../../engine-worker/run/state.ts'
import { opened } from '../../connectors/open.ts'
import { dtl, engine, of } from '../engine.ts'

const source = { type: 'dataset', dataset: 'in' }
const hops = (dataset: string, more: JsonObject = {}) => [
  'hops',
  { datasets: [`${dataset} d`], where: [['eq', '_S.k', 'd.k']], return: 'd.v', ...more },
]
const joins = dtl([
  ['copy', '*'],
  ['add', 'v', hops('look')],
])
const entitiesWithKey = (count: number, k: string) => Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, k }))

describe('the limit of affected entities', () => {
  const limits = { dependency_warning_threshold: 2, dependency_error_threshold: 4 }
  const settings = settingsOf(opened({ pipe: { source, dependency_tracking: limits } }))

  it('warns above the one, fails above the other, and counts only where it is set', () => {
    expect(affectedLimit('p', 2, settings)).toBeNull()
    expect(affectedLimit('p', 3, settings)).toMatchObject({ code: 'many-dependencies', facts: { count: 3, limit: 2 } })
    expect(affectedLimit('p', 4, settings)?.severity).toBe('warning')
    expect(() => affectedLimit('p', 5, settings)).toThrow('5 source entities of p')
    expect(affectedLimit('p', 1_000_000, settingsOf(opened({ pipe: { source } })))).toBeNull()
  })

  it('stops a run with the pipe’s problem', async () => {
    const { put, run } = engine([{ _id: 'p', source, transform: joins, dependency_tracking: limits }])
    await put('in', entitiesWithKey(5, 'x'))
    await put('look', [{ _id: 'l', k: 'x', v: 1 }])
    await run()
    await put('look', [{ _id: 'l', k: 'x', v: 2 }])
    expect(of(await run(), 'p')).toMatchObject({ state: 'failed', problems: [{ code: 'dependency-threshold' }] })
  })
})

describe('tracked datasets', () => {
  it('are those whose hops are tracked, each once', () => {
    const tracked = (...rules: Parameters<typeof dtl>[0]) =>
      trackedDatasets(opened({ pipe: { source, transform: dtl(rules) } }))
    expect(tracked(['add', 'a', hops('look')], ['add', 'b', hops('look')])).toEqual(['look'])
    expect(tracked(['add', 'a', hops('look', { 'track-dependencies': false })])).toEqual([])
    expect(tracked(['copy', '*'])).toEqual([])
  })

  it('that are emptied concern all that looked into them', async () => {
    const { put, run, read, session } = engine([{ _id: 'p', source, transform: joins }])
    await put('in', [...entitiesWithKey(2, 'x'), { _id: 'other', k: 'never' }])
    await put('look', [{ _id: 'l', k: 'x', v: 1 }])
    await run()
    await session.runner.store.commit({
      reset: ['look'],
      datasets: [{ dataset: 'look', entities: [{ _id: 'n', k: 'x', v: 5 }] }],
    })
    await run()
    expect(await read('p')).toMatchObject([{ _id: 'e0', v: [5] }, { _id: 'e1', v: [5] }, { _id: 'other' }])
  })

  it('that are joined since the configuration changed concern what was read before, without a run from the beginning', async () => {
    const pipe = (transform: JsonObject) => [{ _id: 'p', source, transform }]
    const { put, run, read, configure } = engine(pipe(dtl([['copy', '*']])))
    await put('in', entitiesWithKey(1, 'x'))
    await run()
    configure(pipe(joins))
    await run()
    await put('look', [{ _id: 'l', k: 'x', v: 7 }])
    await run()
    expect(await read('p')).toMatchObject([{ _id: 'e0', v: [7] }])
  })
})

describe('tracking by another configuration', () => {
  const settings = settingsOf(opened({ pipe: { source } }))

  it('is stale once something was read', () => {
    expect(isTrackingStale({ ...newState, trackedFingerprint: 'other' }, settings)).toBe(false)
    const read = { ...newState, position: { in: [1, 1] }, trackedFingerprint: 'other' }
    expect(isTrackingStale(read, settings)).toBe(true)
    expect(isTrackingStale(trackedBy(read, settings, {}), settings)).toBe(false)
  })

  it('that is recorded anew keeps the positions of datasets that were tracked before', () => {
    const before = { ...newState, dependencies: { look: [1, 3] as [number, number] } }
    const { dependencies } = trackedBy(before, settings, { look: [1, 9], added: [1, 2] })
    expect(dependencies).toEqual({ look: [1, 3], added: [1, 2] })
  })
})
