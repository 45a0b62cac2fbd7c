/** Retries of source entities that fail (configuration-pump.rst). */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { RunLog } from '../../../../engine-worker/run/log.ts'
import { partFailed } from '../../../../engine-worker/run/problems.ts'
import { Retries } from '../../../../engine-worker/run/pump/retries.ts'
import { settingsOf } from '../../../../engine-worker/run/settings.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { entityWithoutId } from '../../../../engine-worker/storage/write.ts'
import { opened } from '../../connectors/open.ts'
import { dtl, engine, of } from '../engine.ts'
import { ticking } from '../histories.ts'

const source = { type: 'dataset', dataset: 'in' }
const entitiesOf = (count: number, more: JsonObject = {}) =>
  Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, n, ...more }))
const failingRules = (when: JsonObject['x']): JsonObject =>
  dtl([
    ['if', when ?? null, ['fail!', 'no way']],
    ['copy', '*'],
  ])

describe('an entity that fails', () => {
  it('is tried again, and given up into the dead letters', async () => {
    const pump = {
      max_consecutive_write_errors: 5,
      max_write_errors_in_retry_dataset: 10,
      max_retries_per_entity: 2,
      dead_letter_dataset: 'dead',
      track_dead_letters: true,
    }
    const { put, run, read } = engine([{ _id: 'p', source, transform: failingRules(['eq', '_S.n', 1]), pump }])
    await put('in', entitiesOf(3))
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', written: 2 })
    await run()
    expect(await read('dead')).toEqual([])
    await run()
    expect(await read('dead')).toEqual([{ _id: 'e1', n: 1 }])
    await put('in', [{ _id: 'e1', n: 7 }])
    await run()
    expect(await read('dead')).toEqual([{ _id: 'e1', _deleted: true, n: 1 }])
    expect(await read('p')).toHaveLength(3)
  })
})

const failure = partFailed({ pipe: 'p', reason: 'no way' })
const withoutId = entityWithoutId({ dataset: 'p', kind: 'null' })

function retriesOf(pump: JsonObject, known: Readonly<Record<string, number>> = {}) {
  const environment = ticking()
  const pipe = opened({ pipe: { source, pump } })
  const store = new IndexedStore(memoryStore(environment))
  const log = new RunLog(store, pipe, 0n, environment.randomBytes)
  const retries = new Retries(settingsOf(pipe), known, log, environment.now)
  /** `a` succeeded, `!a` failed, `?a` has no id. */
  const judgeBatch = (...words: readonly string[]) => {
    const { ready, stop, problems } = retries.judge(
      words.map((word, order) => {
        const key = word.replace(/^[!?]/, '')
        const found = word.startsWith('!') ? failure : word.startsWith('?') ? withoutId : null
        const output = { origin: '', stage: 0, entity: { _id: key }, state: 'out' as const }
        return { item: { key, entity: { _id: key }, order }, outputs: [output], lookups: [], problem: found }
      }),
    )
    return {
      ready: ready.map(({ item, outputs }) => (outputs.length === 0 ? `${item.key} gone` : item.key)),
      stop: stop ? String(stop.entity._id) : null,
      problems: problems.map(({ code }) => code),
    }
  }
  return { retries, judge: judgeBatch, log }
}

describe('the tolerance of a pump', () => {
  it('is none by default: what came before the first failure goes on, the run ends', () => {
    expect(retriesOf({}).judge('a', '!b', 'c')).toEqual({ ready: ['a'], stop: 'b', problems: [] })
  })

  it('is for failures in a row; one that went through begins anew', () => {
    const { judge, log } = retriesOf({ max_consecutive_write_errors: 2 })
    expect(judge('!a', 'b', '!c')).toEqual({ ready: ['b'], stop: null, problems: ['part-failed', 'part-failed'] })
    expect(judge('!d', 'e')).toEqual({ ready: [], stop: 'd', problems: [] })
    expect(log.errors.write).toBe(3)
  })

  it('does not count what nothing can come of: what came of it before goes', () => {
    expect(retriesOf({}).judge('?a', '?b', 'c')).toEqual({
      ready: ['a gone', 'b gone', 'c'],
      stop: null,
      problems: ['entity-without-id', 'entity-without-id'],
    })
  })

  it('ends where no more entities may be kept for later, except for those that are kept already', () => {
    const pump = { max_consecutive_write_errors: 100, max_write_errors_in_retry_dataset: 2 }
    const { judge, retries } = retriesOf(pump)
    expect(judge('!a', '!b', '!a', '!c')).toMatchObject({ stop: 'c' })
    expect(retries.kept()).toEqual({ a: 2, b: 1 })
  })
})

describe('entities that are tried again', () => {
  const pump = {
    max_consecutive_write_errors: 100,
    max_write_errors_in_retry_dataset: 10,
    max_retries_per_entity: 2,
    dead_letter_dataset: 'dead',
  }
  const noEntities = async () => []

  it('are forgotten when they went through', () => {
    const { judge, retries } = retriesOf(pump, { a: 1, b: 1 })
    judge('a')
    expect([retries.keys, retries.kept()]).toEqual([['b'], { b: 1 }])
  })

  it('are given up after so many attempts, once, into the dead letters', async () => {
    const { judge, retries } = retriesOf(pump, { a: 2, b: 1 })
    judge('!a', '!b')
    expect(retries.kept()).toEqual({ b: 2 })
    expect(await retries.deadLetters(noEntities)).toEqual({ dataset: 'dead', entities: [{ _id: 'a' }] })
    expect(await retries.deadLetters(noEntities)).toBeNull()
  })

  it('leave the dead letters again where those are tracked, as far as they are there', async () => {
    const { judge, retries } = retriesOf({ ...pump, track_dead_letters: true })
    judge('a', 'b', 'c')
    const lookUp = async (_: string, ids: readonly string[]) =>
      ids.map((_id) => (_id === 'a' ? null : { _id, _deleted: _id === 'b', n: 1 }))
    expect(await retries.deadLetters(lookUp)).toEqual({
      dataset: 'dead',
      entities: [{ _id: 'c', n: 1, _deleted: true }],
    })
  })

  it('go nowhere when they are given up and no dead letters are wanted', async () => {
    const { judge, retries } = retriesOf({ ...pump, dead_letter_dataset: false }, { a: 2 })
    judge('!a')
    expect([retries.keys, await retries.deadLetters(noEntities)]).toEqual([[], null])
  })
})
