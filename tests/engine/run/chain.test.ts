/** A pipe's stages in order: each output has its source entity and its origin. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TransformRuntime } from '../../../engine-worker/connectors/runtime.ts'
import type { Entity, JsonObject } from '../../../engine-worker/entity/value.ts'
import { idAfter, isBehind, passThrough } from '../../../engine-worker/run/chain.ts'
import { Lookups, PipeRunContext } from '../../../engine-worker/run/context.ts'
import { IndexedStore } from '../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { opened } from '../connectors/open.ts'
import { dtl } from './engine.ts'
import { ticking } from './histories.ts'

function chainOf(transform: readonly JsonObject[]) {
  const environment = ticking()
  const pipe = opened({ pipe: { transform: [...transform] } })
  const lookups = new Lookups(new IndexedStore(memoryStore(environment)), null)
  const running = new PipeRunContext(pipe, environment, lookups, new AbortController().signal, null)
  return (entities: readonly Entity[], watch: Parameters<typeof passThrough>[4] = null) =>
    passThrough(
      pipe.stages,
      entities.map((entity, order) => ({ key: String(entity._id), entity, order })),
      running,
      null,
      watch,
    )
}

const copy = dtl([['copy', '*']])
const createParts = dtl([
  ['copy', '_id'],
  ['create', '_S.parts'],
])
const strictRules = dtl([
  ['if', ['eq', '_S.say', 'fail'], ['fail!', 'no way']],
  ['if', ['eq', '_S.say', 'discard'], ['discard']],
  ['filter', ['not', ['eq', '_S.say', 'filter']]],
  ['copy', '*'],
])

describe('what becomes of source entities', () => {
  it('is told for each in its order: out, filtered, discarded, failed', async () => {
    const results = await chainOf([strictRules, copy])([
      { _id: 'a' },
      { _id: 'b', say: 'filter' },
      { _id: 'c', say: 'discard' },
      { _id: 'd', say: 'fail' },
    ])
    expect(results.map(({ outputs }) => outputs.map(({ state, stage }) => [state, stage]))).toEqual([
      [['out', 2]],
      [['filtered', 0]],
      [['discarded', 0]],
      [],
    ])
    expect(results.map(({ problem }) => problem?.where.entity ?? null)).toEqual([null, null, null, 'd'])
  })

  it('names what was created by the stage and its _id, behind the entity that it was made of', async () => {
    const [result] = await chainOf([copy, createParts, copy])([{ _id: 'a', parts: [{ _id: 'x' }, { _id: 'y' }] }])
    const outputs = result?.outputs.map(({ origin, entity }) => [origin.split('\u0000'), entity?._id])
    expect(outputs).toEqual(
      expect.arrayContaining([
        [[''], 'a'],
        [['', '1', 'x'], 'x'],
        [['', '1', 'y'], 'y'],
      ]),
    )
    expect(outputs).toHaveLength(3)
  })

  it('does not depend on how many pass at a time', async () => {
    const words = fc.array(fc.constantFrom('keep', 'filter', 'discard', 'fail'), { minLength: 1, maxLength: 6 })
    const pass = chainOf([strictRules, copy])
    await fc.assert(
      fc.asyncProperty(words, async (pattern) => {
        const entities = Array.from({ length: 300 }, (_, n) => ({
          _id: `e${n}`,
          say: pattern[n % pattern.length] ?? '',
        }))
        const resultRows = (results: Awaited<ReturnType<typeof pass>>) =>
          results.map(({ item, outputs, problem }) => [item.key, outputs, problem?.where.entity ?? null])
        const whole = resultRows(await pass(entities))
        const single = []
        for (const entity of entities.slice(245, 255)) single.push(...resultRows(await pass([entity])))
        expect(whole.slice(245, 255)).toEqual(single)
        expect(whole).toHaveLength(300)
      }),
      { numRuns: 10 },
    )
  })

  it('is nothing for one that is gone without a word', async () => {
    const environment = ticking()
    const pipe = opened({ pipe: { transform: copy } })
    const lookups = new Lookups(new IndexedStore(memoryStore(environment)), null)
    const running = new PipeRunContext(pipe, environment, lookups, new AbortController().signal, null)
    const item = { key: 'a', entity: { _id: 'a' }, order: 0, gone: 'silently' as const }
    expect(await passThrough(pipe.stages, [item], running)).toEqual([{ item, outputs: [], lookups: [], problem: null }])
  })

  it('is shown stage by stage, with the places of the source entities among all', async () => {
    const entities = Array.from({ length: 260 }, (_, n) => ({ _id: `e${n}`, ...(n === 255 ? { say: 'filter' } : {}) }))
    const seen: number[][] = [[], []]
    await chainOf([strictRules, copy])(entities, (stage, _, __, { inputs }) => seen[stage]?.push(...inputs))
    expect(seen[0]).toEqual(entities.map((_, n) => n))
    expect(seen[1]).toEqual(entities.map((_, n) => n).filter((n) => n !== 255))
  })
})

describe('an origin behind one that was stopped', () => {
  const stoppedOutput = (origin: string, stage: number) => ({
    origin,
    stage,
    entity: null,
    state: 'discarded' as const,
  })
  const created = (...steps: readonly [number, string][]) =>
    steps.map(([stage, id]) => `\u0000${stage}\u0000${id}`).join('')

  it('is itself, and what later stages would have created of it', () => {
    expect(isBehind('', stoppedOutput('', 1))).toBe(true)
    expect(isBehind(created([2, 'x']), stoppedOutput('', 1))).toBe(true)
    expect(isBehind(created([1, 'x']), stoppedOutput('', 1))).toBe(false)
    expect(isBehind(created([0, 'x'], [3, 'y']), stoppedOutput(created([0, 'x']), 2))).toBe(true)
    expect(isBehind(created([0, 'xy']), stoppedOutput(created([0, 'x']), 2))).toBe(false)
  })
})

describe('the _id behind the stages', () => {
  const stage = (ids: TransformRuntime['ids']) => ({ ids }) as TransformRuntime
  it('is known as far as the stages say', () => {
    expect(idAfter([], 'a')).toBe('a')
    expect(idAfter([stage('kept'), stage((id) => `n:${id}`)], 'a')).toBe('n:a')
    expect(idAfter([stage((id) => `n:${id}`), stage('any')], 'a')).toBeNull()
  })
})
