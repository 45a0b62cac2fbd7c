import '../../../engine-worker/connectors/kinds.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { expandPipe } from '../../../engine-worker/text/expand.ts'
import { expandProject, foldProject } from '../../../engine-worker/text/expand-project.ts'
import { foldPipes } from '../../../engine-worker/text/fold.ts'
import { sameJson } from '../../../engine-worker/text/json-equality.ts'
import { filesOf, projectOf } from '../../../engine-worker/text/project.ts'
import { splitPoints } from '../../../engine-worker/text/split-points.ts'

const dataset = { type: 'dataset', dataset: 'customers' }
const merge = {
  type: 'merge',
  datasets: ['a x', 'b y'],
  equality: [['eq', 'x.id', 'y.id']],
}
const dtl = (...steps: Json[]): JsonObject => ({
  type: 'dtl',
  rules: { default: steps },
})
const hops = (key: string, more: JsonObject = {}): Json => [
  'add',
  'orders',
  ['hops', { datasets: ['orders o'], where: [['eq', key, 'o.customer']], ...more }],
]
const copy: Json = ['copy', '*']
const children = { type: 'emit_children' }
const pipe = (source: JsonObject, transform: Json, more: JsonObject = {}): JsonObject => ({
  _id: 'p',
  type: 'pipe',
  source,
  transform,
  ...more,
})
const places = (given: JsonObject): [number, string][] =>
  splitPoints(given, functionTable).map(({ before, reason }) => [before, reason])

describe('where a composite pipe is cut', () => {
  test('nowhere, when one plain pipe does', () => {
    expect(places(pipe(dataset, dtl(copy, hops('_S.id'))))).toEqual([])
    expect(places(pipe(dataset, [dtl(copy, hops('_S.id')), dtl(copy)]))).toEqual([])
    expect(places(pipe(merge, [dtl(copy), dtl(copy)]))).toEqual([])
    expect(places(pipe(merge, dtl(copy, hops('_S.id', { 'track-dependencies': false }))))).toEqual([])
    expect(places(pipe(dataset, children))).toEqual([])
    expect(places({ _id: 'p', type: 'pipe', source: dataset })).toEqual([])
  })

  test('after a source that is no dataset, when a DTL has tracked hops', () => {
    expect(places(pipe(merge, dtl(copy, hops('_S.id'))))).toEqual([[0, 'source-not-tracked']])
    const embedded = { type: 'embedded', entities: [] }
    const conditional = {
      type: 'conditional',
      condition: 'x',
      alternatives: { test: embedded, prod: dataset },
    }
    expect(places(pipe(conditional, dtl(hops('_S.id'))))).toEqual([[0, 'source-not-tracked']])
    const chained = { type: 'chained', transforms: [dtl(copy), dtl(hops('_S.id'))] }
    expect(splitPoints(pipe(merge, chained), functionTable)).toMatchObject([
      { path: ['transform', 'transforms', 1, 'rules', 'default', 0, 2, 1] },
    ])
    const applied = {
      type: 'dtl',
      rules: {
        default: [['add', 'x', ['apply', 'r', '_S.y']]],
        r: [hops('_S.id')],
        unused: [],
      },
    }
    expect(places(pipe(merge, applied))).toEqual([[0, 'source-not-tracked']])
    const unreached = {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'l', ['literal', hops('_S.id')]],
        ],
        r: [hops('_S.id')],
      },
    }
    expect(places(pipe(merge, unreached))).toEqual([])
  })

  test('after added namespaces', () => {
    expect(places(pipe(dataset, [dtl(hops('_S.id'))], { add_namespaces: true }))).toEqual([[0, 'namespaces-added']])
    expect(places(pipe(dataset, [dtl(copy)], { add_namespaces: true }))).toEqual([])
    expect(places(pipe(merge, [dtl(hops('_S.id'))], { add_namespaces: true }))).toEqual([
      [0, 'source-not-tracked'],
      [0, 'namespaces-added'],
    ])
  })

  test('around emit_children', () => {
    const parents = dtl(copy, ['create-child', '_S.lines'])
    expect(places(pipe(dataset, [parents, children, dtl(copy)]))).toEqual([
      [1, 'children-before'],
      [2, 'children-after'],
    ])
    expect(places(pipe(merge, children))).toEqual([[0, 'children-before']])
    expect(places(pipe(dataset, [children, dtl(hops('_S.id'))]))).toEqual([[1, 'children-after']])
    expect(places(pipe(merge, [parents, children, dtl(hops('_S.id'))]))).toEqual([
      [1, 'children-before'],
      [2, 'children-after'],
    ])
  })

  test('before hops whose key an earlier transform may change', () => {
    const placesBehind = (key: string, ...transforms: Json[]) => places(pipe(dataset, [...transforms, dtl(hops(key))]))
    const cut = [[1, 'key-changed']]
    expect(placesBehind('_S.id', dtl(copy))).toEqual([])
    expect(placesBehind('_S.id', dtl(copy, ['add', 'other', 1], ['filter', ['eq', '_S.x', 1]]))).toEqual([])
    expect(placesBehind('_S._id', dtl(['copy', 'name']))).toEqual([])
    expect(placesBehind('_S.id', { type: 'json_schema_validation', schema: {} })).toEqual([])
    expect(placesBehind('_S.id', dtl(['add', 'id', 1], copy))).toEqual(cut)
    expect(placesBehind('_S.id', dtl(copy, ['if', ['eq', 1, 1], [['add', 'ns:id', 1]]]))).toEqual(cut)
    expect(placesBehind('_S.id', dtl(copy, ['add', ['concat', 'i', 'd'], 1]))).toEqual(cut)
    expect(placesBehind('_S.id', dtl(copy, ['merge', '_S.x']))).toEqual(cut)
    expect(placesBehind('_S.id', dtl(['copy', 'name']))).toEqual(cut)
    expect(placesBehind('_S.id', dtl(['copy', '*', 'i*']))).toEqual(cut)
    expect(placesBehind('_S.id', dtl(copy, ['rename', 'x', 'id']))).toEqual(cut)
    expect(placesBehind('_S.x-ni', dtl(copy, ['make-ni', 'other', 'x']))).toEqual(cut)
    expect(placesBehind('_S.id', dtl(copy, ['create', '_S.lines']))).toEqual(cut)
    expect(placesBehind('_S.$ids', dtl(copy))).toEqual(cut)
    expect(placesBehind('_T.id', dtl(copy))).toEqual(cut)
    expect(placesBehind('_S.id', { type: 'rest', system: 's', operation: 'o' })).toEqual(cut)
    expect(splitPoints(pipe(dataset, [dtl(), dtl(copy, hops('_S.id'))]), functionTable)[0]).toMatchObject({
      before: 1,
      path: ['transform', 1, 'rules', 'default', 1, 2, 1],
      words: expect.stringContaining('where id may differ'),
    })
  })
})

describe('expanding', () => {
  const whole: JsonObject = {
    type: 'pipe',
    _id: 'order-lines',
    batch_size: 10,
    source: merge,
    transform: [dtl(copy, hops('_S.id'), ['create-child', '_T.orders']), children, dtl(copy)],
    sink: { type: 'json', system: 's', url: 'u', deletion_tracking: false },
    pump: { cron_expression: '0 * * * *' },
    add_namespaces: true,
    remove_namespaces: true,
    namespaced_identifiers: true,
    metadata: { tags: ['a'], '$config-group': 'g' },
  }

  test('puts everything where it belongs', () => {
    const { parts } = expandPipe(whole, functionTable, ['order-lines-merge'])
    const namespaces = { identity: 'order-lines', property: 'order-lines' }
    const mark = (part: number) => ({ pipe: 'order-lines', part, parts: 4 })
    expect(parts).toEqual([
      {
        _id: 'order-lines-merge-2',
        type: 'pipe',
        source: merge,
        sink: {
          type: 'dataset',
          dataset: 'order-lines-merge-2',
          deletion_tracking: false,
        },
        pump: { cron_expression: '0 * * * *' },
        add_namespaces: true,
        namespaced_identifiers: true,
        namespaces,
        metadata: { '$config-group': 'g', $composite: mark(1) },
      },
      {
        _id: 'order-lines-transform',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'order-lines-merge-2' },
        transform: [dtl(copy, hops('_S.id'), ['create-child', '_T.orders'])],
        sink: {
          type: 'dataset',
          dataset: 'order-lines-transform',
          track_children: true,
          deletion_tracking: false,
        },
        namespaced_identifiers: true,
        namespaces,
        metadata: { '$config-group': 'g', $composite: mark(2) },
      },
      {
        _id: 'order-lines-children',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'order-lines-transform' },
        transform: [children],
        sink: {
          type: 'dataset',
          dataset: 'order-lines-children',
          deletion_tracking: false,
        },
        namespaced_identifiers: true,
        namespaces,
        metadata: { '$config-group': 'g', $composite: mark(3) },
      },
      {
        type: 'pipe',
        _id: 'order-lines',
        batch_size: 10,
        source: { type: 'dataset', dataset: 'order-lines-children' },
        transform: [dtl(copy)],
        sink: { type: 'json', system: 's', url: 'u', deletion_tracking: false },
        remove_namespaces: true,
        namespaced_identifiers: true,
        metadata: { tags: ['a'], '$config-group': 'g', $composite: mark(4) },
      },
    ])
    for (const part of parts) expect(expandPipe(part, functionTable).parts).toEqual([part])
  })

  test('folding keeps changed rules, and refuses what one pipe cannot hold', () => {
    const { parts } = expandPipe(whole, functionTable)
    const [first = {}, second = {}, ...rest] = parts
    const edited = { ...second, transform: [dtl(copy), dtl(['copy', 'name'])] }
    const folded = foldPipes([first, edited, ...rest])
    expect(folded.problems).toEqual([])
    expect(folded.pipes).toHaveLength(1)
    expect(folded.pipes[0]?.transform).toEqual([dtl(copy), dtl(['copy', 'name']), children, dtl(copy)])

    const sunk = { ...second, sink: { type: 'sql', system: 's', table: 't' } }
    expect(foldPipes([first, sunk, ...rest])).toMatchObject({
      pipes: [first, sunk, ...rest],
      problems: [{ code: 'fold-part-changed', where: { pipe: 'order-lines' } }],
    })
    expect(foldPipes([first, ...rest])).toMatchObject({
      problems: [{ code: 'fold-part-missing', facts: { missing: '2' } }],
    })
    expect(foldPipes([first, second])).toMatchObject({
      problems: [{ code: 'fold-part-missing' }],
    })
  })

  const stage: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json>(
      children,
      dtl(copy),
      dtl(),
      { type: 'rest', system: 's' },
      {
        type: 'conditional',
        alternatives: { a: children, b: [dtl(hops('_S.x'))] },
      },
    ),
    fc.constantFrom('_S.id', '_S._id', '_T.x', '_S.$ids').map((key) => dtl(copy, hops(key))),
    fc.constantFrom('id', 'x').map((name) => dtl(copy, ['add', name, 1])),
    fc.constant(dtl(copy, ['create-child', '_S.lines'])),
  )
  const composite: fc.Arbitrary<JsonObject> = fc
    .record(
      {
        source: fc.constantFrom<Json>(dataset, merge, {
          type: 'embedded',
          entities: [{ _id: '1' }],
        }),
        transform: fc.oneof(stage, fc.array(stage, { maxLength: 6 })),
        sink: fc.constantFrom<Json>({ type: 'dataset', dataset: 'other' }, { type: 'json', deletion_tracking: false }),
        pump: fc.constantFrom<Json>({}, { mode: 'manual' }),
        metadata: fc.constantFrom<Json>({}, { global: true }, { '$config-group': 'g' }, 'odd'),
        namespaces: fc.constantFrom<Json>({ identity: 'i' }, {}, { property: 'q', x: 1 }),
        add_namespaces: fc.boolean(),
        remove_namespaces: fc.boolean(),
        namespaced_identifiers: fc.boolean(),
        exclude_completeness: fc.constant<Json>(['a']),
        unknown: fc.jsonValue() as fc.Arbitrary<Json>,
      },
      { requiredKeys: ['source', 'transform'] },
    )
    .chain((rest) =>
      fc.shuffledSubarray(Object.entries(rest), {
        minLength: Object.keys(rest).length,
      }),
    )
    .map((entries) => ({
      _id: 'p',
      type: 'pipe',
      ...Object.fromEntries(entries),
    }))

  test('folding an expanded pipe gives the pipe', () => {
    let cut = 0
    fc.assert(
      fc.property(composite, (given) => {
        const { parts } = expandPipe(given, functionTable, ['p-transform'])
        if (parts.length > 1) cut++
        const names = parts.map((part) => part._id)
        expect(new Set([...names, 'p-transform']).size).toBe(names.length + 1)
        expect(names.at(-1)).toBe('p')
        const folded = foldPipes([...parts].reverse())
        expect(folded.problems).toEqual([])
        expect(folded.pipes).toHaveLength(1)
        expect(sameJson(folded.pipes[0], given)).toBe(true)
        expect(
          parts.flatMap((part) => splitPoints(part, functionTable)).filter(({ reason }) => reason !== 'key-changed'),
        ).toEqual([])
      }),
      { numRuns: 500 },
    )
    expect(cut).toBeGreaterThan(100)
  })

  test('works on whole projects, in array files too', () => {
    const other = {
      _id: 'customers',
      type: 'pipe',
      source: { type: 'embedded', entities: [] },
    }
    const { value: project } = projectOf([
      { path: 'all.conf.json', content: `${JSON.stringify([other, whole])}\n` },
      { path: 'README.md', content: 'x' },
    ])
    const { project: wide, expanded } = expandProject(project, functionTable)
    expect(expanded).toMatchObject([{ pipe: 'order-lines', parts: { length: 4 } }])
    expect(filesOf(wide).map(({ path }) => path)).toEqual([
      'README.md',
      'all.conf.json',
      'pipes/order-lines-children.conf.json',
      'pipes/order-lines-merge.conf.json',
      'pipes/order-lines-transform.conf.json',
    ])
    const back = foldProject(wide)
    expect(back.folded).toEqual(['order-lines'])
    const [, file] = filesOf(back.project)
    expect(sameJson(JSON.parse(String(file?.content)), [other, whole])).toBe(true)
    expect(filesOf(back.project)).toHaveLength(2)
  })
})
