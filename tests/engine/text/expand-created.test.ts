/**
 * Pipes that create entities, each with an `_id` of its own, between other stages: an incremental run comes to the state
 * of a full one, and the expanded pipes to that of the composite one. Rules that create guard against deleted source
 * entities, as Sesam needs it too: they pass through all transforms (insert-pattern.rst), in a dataset between two pipes
 * also those that were deleted because they no longer came out.
 */

import '../../../engine-worker/connectors/kinds.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { expandPipe } from '../../../engine-worker/text/expand.ts'
import { asScenario, type History, play, type Step, shown } from '../run/histories.ts'

const LAWS = Number(process.env.LAWS ?? 60)

const keys = fc.constantFrom('x', 'y', 'z')
const joinedKeys: fc.Arbitrary<Json> = fc.oneof(keys, fc.array(keys, { maxLength: 2 }), fc.constant(null))
const lineArbitrary = fc.record({ no: fc.constantFrom('1', '2', '3'), ref: keys })
const lines = fc.uniqueArray(lineArbitrary, { maxLength: 3, selector: ({ no }) => no })

/** Entities of one dataset; no other has the same ids. */
const entities = (dataset: string): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      _id: fc.constantFrom('1', '2', '3').map((number) => dataset + number),
      ref: joinedKeys,
      key: keys,
      n: fc.integer({ min: 0, max: 2 }),
      lines,
      gone: fc.integer({ min: 0, max: 4 }),
    })
    .map(({ gone, ...entity }) => (gone === 0 ? { ...entity, _deleted: true } : entity))

const putStep: fc.Arbitrary<Step> = fc
  .constantFrom('a', 'b', 'look', 'far')
  .chain((dataset) =>
    fc.array(entities(dataset), { minLength: 1, maxLength: 3 }).map((some) => ({ put: { [dataset]: some } })),
  )

const dtl = (rules: Json[], more: JsonObject = {}): JsonObject => ({ type: 'dtl', rules: { default: rules, ...more } })
const hops = (dataset: string, where: Json, result: Json): Json => [
  'hops',
  { datasets: [dataset], where, return: result },
]
const copy: Json = ['copy', '*']
const create: Json = ['if', ['neq', '_S._deleted', true], ['create', ['apply', 'line', '_S.lines']]]
const lineRules = (separator: string): Json[] => [
  ['add', '_id', ['concat', '_R._S._id', separator, '_S.no']],
  ['copy', 'ref'],
  ['add', 'key', '_S.ref'],
  ['add', 'lines', ['list', ['dict', 'no', '1', 'ref', 'x']]],
]

const stage = fc.constantFrom<JsonObject[]>(
  [dtl([copy, create], { line: lineRules('-') })],
  [dtl([create, ['filter', false]], { line: lineRules('/') })],
  [
    dtl(
      [
        ['copy', '_id'],
        ['create-child', ['apply', 'line', '_S.lines']],
      ],
      { line: lineRules('.') },
    ),
    { type: 'emit_children' },
  ],
  [dtl([copy, ['add', '_id', ['concat', 'p-', '_S._id']]])],
  [dtl([copy, ['add', 'found', hops('look l', ['eq', '_S.key', 'l.ref'], 'l._id')]])],
  [dtl([copy, ['add', 'whole', hops('far f', ['eq', '_S.ref', 'f.ref'], 'f')]])],
  [dtl([copy, ['filter', ['gt', ['count', hops('far f', ['eq', '_S.key', 'f.ref'], 'f._id')], 0]]])],
  [dtl([copy, ['add', 'key', ['first', ['sorted', hops('look l', ['eq', '_S.key', 'l.ref'], 'l.key')]]]])],
)

const merge = { type: 'merge', version: 2, datasets: ['a a', 'b b'], equality: [['eq', 'a.ref', 'b.ref']] }
const source = fc.constantFrom<JsonObject>(
  { type: 'dataset', dataset: 'a' },
  { type: 'dataset', dataset: 'a', subset: ['eq', '_S.key', 'x'] },
  { type: 'union_datasets', datasets: ['a', 'b'] },
  { type: 'merge_datasets', datasets: ['a', 'b'] },
  { ...merge, identity: 'composite' },
  { ...merge, identity: 'first', strategy: 'compact' },
)
const namespaces = fc.constantFrom<JsonObject>(
  {},
  { namespaced_identifiers: true, add_namespaces: true },
  { namespaced_identifiers: true, add_namespaces: true, remove_namespaces: true },
)

const histories: fc.Arbitrary<History> = fc
  .record({
    source,
    chain: fc.array(stage, { maxLength: 3 }),
    namespaces,
    steps: fc.array(fc.oneof(putStep, putStep, fc.constant<Step>({ run: 'all' })), { minLength: 2, maxLength: 10 }),
    batch: fc.constantFrom(1, 2, 50),
  })
  .map(({ source, chain, namespaces, steps, batch }) => ({
    pipes: [{ _id: 'p', type: 'pipe', source, transform: chain.flat(), ...namespaces }],
    steps,
    batch,
    kills: [],
  }))

test('increments come to the state of a full run', { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const [bit, whole] = [await play(history, false), await play(history, true)]
      expect(bit.problems, asScenario(history)).toEqual([])
      expect(shown(bit.live), asScenario(history)).toEqual(shown(whole.live))
    }),
    { numRuns: LAWS },
  )
})

test('expanded pipes come to the state of the composite one', { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const names = new Set(['p'])
      const pipes = history.pipes.flatMap((pipe) => expandPipe(pipe, functionTable, names).parts)
      const [whole, parts] = [await play(history, false), await play({ ...history, pipes }, false)]
      const own = new Map([...parts.live].filter(([name]) => names.has(name)))
      expect(parts.problems, asScenario({ ...history, pipes })).toEqual([])
      expect(shown(own), asScenario({ ...history, pipes })).toEqual(shown(whole.live))
    }),
    { numRuns: LAWS },
  )
})
