/**
 * Joins beyond the documented cases: plans, alternatives, chains, recursion, templates, and the look-ups in a store.
 */
import { describe, expect, it } from 'vitest'
import { evaluateBatch } from '../../../engine-worker/dtl/batch.ts'
import { compileIndex, compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import { listDatasets, makeContext } from '../../../engine-worker/dtl/context.ts'
import type { Datasets, Namespaces } from '../../../engine-worker/dtl/evaluation.ts'
import { decodeTransit, encodeTransit } from '../../../engine-worker/entity/transit.ts'
import type { Entity, Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { environment } from './corpus.ts'

interface HopsSetup {
  readonly datasets: Readonly<Record<string, readonly Json[]>>
  readonly rules?: JsonObject
  readonly namespaces?: Namespaces
  readonly asked?: (question: string) => void
}

/** The value of an expression over hops, as transit JSON. */
function evaluate(dtl: Json, source: JsonObject, around: HopsSetup): Json {
  const options = around.namespaces === undefined ? {} : { namespaces: around.namespaces }
  const property = around.namespaces === undefined ? 'x' : '::x'
  const rules = { default: [['add', property, dtl]], ...around.rules }
  const compiled = compileRules({ type: 'dtl', rules }, options)
  expect(compiled.problems).toEqual([])
  const lists = Object.fromEntries(Object.entries(around.datasets).map(([name, list]) => [name, list.map(entity)]))
  const datasets = listening(listDatasets(lists), around.asked ?? (() => {}))
  const ctx = makeContext({ environment: environment(), datasets, ...options })
  return encodeTransit(compiled.dtl.run(entity({ _id: 's', ...source }), ctx).target?.x ?? null)
}

function entity(json: Json): Entity {
  return decodeTransit(json) as Entity
}

function listening(datasets: Datasets, asked: (question: string) => void): Datasets {
  return {
    lookup: (dataset, id) => {
      asked(`lookup ${dataset} ${id}`)
      return datasets.lookup(dataset, id)
    },
    join: (dataset, index, keys, tracked) => {
      asked(`${tracked ? 'join' : 'untracked join'} ${dataset} ${index.id} ${keys.join(' ')}`)
      return datasets.join(dataset, index, keys, tracked)
    },
    all: (dataset, tracked) => {
      asked(`all ${dataset}`)
      return datasets.all(dataset, tracked)
    },
  }
}

const ids = (spec: JsonObject, ...more: JsonObject[]): Json => ['map', '_._id', ['hops', spec, ...more]]

describe('hops', () => {
  it('asks indexes, also of aliases further along', () => {
    const asked: string[] = []
    const datasets: HopsSetup['datasets'] = { a: [{ _id: 'a1', k: 1, m: 'x' }], c: [{ _id: 'c1', m: 'x' }] }
    const spec: JsonObject = {
      datasets: ['c c', 'a a'],
      where: [
        ['eq', 'c.m', 'a.m'],
        ['eq', '_S.k', 'a.k'],
      ],
      return: 'c',
    }
    expect(evaluate(ids(spec), { k: 1 }, { datasets, asked: (each) => asked.push(each) })).toEqual(['c1'])
    expect(asked).toEqual(['join a "_S.k" \u0001n1', 'join c "_S.m" x'])
  })

  it('asks the same index whatever the alias is called', () => {
    const id = (alias: string) => compileIndex(['lower', `${alias}.name`], alias).index.id
    expect(id('a')).toBe(id('other'))
  })

  it('does not track what is not to be tracked', () => {
    const asked: string[] = []
    const spec: JsonObject = { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'], 'track-dependencies': false }
    evaluate(ids(spec), { k: 'v' }, { datasets: { a: [] }, asked: (each) => asked.push(each) })
    expect(asked).toEqual(['untracked join a "_S.k" v'])
  })

  it('takes an or of joins between the same two as a join', () => {
    const datasets: HopsSetup['datasets'] = {
      a: [
        { _id: 'a1', k: 1 },
        { _id: 'a2', m: [1, 2] },
        { _id: 'a3', k: 5 },
      ],
    }
    const where: Json = ['or', ['eq', '_S.v', 'a.k'], ['eq', 'a.m', '_S.v']]
    expect(evaluate(ids({ datasets: ['a a'], where }), { v: 1 }, { datasets })).toEqual(['a1', 'a2'])
  })

  it('lets a branch of such an or ask for more', () => {
    const datasets: HopsSetup['datasets'] = {
      a: [
        { _id: 'a1', k: 1, ok: false },
        { _id: 'a2', m: 1 },
        { _id: 'a3', k: 1, ok: true },
      ],
    }
    const where: Json = ['or', ['and', ['eq', '_S.v', 'a.k'], ['eq', 'a.ok', true]], ['eq', '_S.v', 'a.m']]
    expect(evaluate(ids({ datasets: ['a a'], where }), { v: 1 }, { datasets })).toEqual(['a2', 'a3'])
  })

  it('joins an alias with two others by overlap', () => {
    const datasets: HopsSetup['datasets'] = {
      a: [{ _id: 'a1', k: 1, g: ['x', 'y'] }],
      b: [
        { _id: 'b1', k: 1, g: 'y' },
        { _id: 'b2', k: 1, g: 'z' },
      ],
    }
    const where: Json = [
      ['eq', '_S.k', 'a.k'],
      ['eq', '_S.k', 'b.k'],
      ['eq', 'a.g', 'b.g'],
    ]
    expect(evaluate(ids({ datasets: ['a a', 'b b'], where }), { k: 1 }, { datasets })).toEqual(['b1'])
  })

  it('joins with what was computed before, and with the item of a function', () => {
    const datasets: HopsSetup['datasets'] = {
      a: [
        { _id: 'a1', k: 1 },
        { _id: 'a2', k: 2 },
      ],
    }
    const spec = (known: string): JsonObject => ({ datasets: ['a a'], where: ['eq', known, 'a.k'] })
    expect(
      evaluate(
        ['map', ['hops', { ...spec('_.n'), return: 'a._id' }], '_S.list'],
        { list: [{ n: 2 }, { n: 1 }] },
        { datasets },
      ),
    ).toEqual([['a2'], ['a1']])
    const rules = { r: [['add', 'x', ['hops', { ...spec('_P._S.k'), return: 'a._id' }]]] }
    const applied: Json = ['apply-hops', 'r', { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'] }]
    expect(evaluate(applied, { k: 2 }, { datasets, rules })).toEqual([{ x: ['a2'] }])
  })

  it('reads everything only where no index can serve', () => {
    const asked: string[] = []
    const datasets: HopsSetup['datasets'] = { a: [{ _id: 'a1', code: 'z' }], codes: [{ _id: 'z', to: 'q' }] }
    const where: Json = ['eq', '_S.k', ['path', 'to', ['lookup-entity', 'codes', 'a.code']]]
    expect(
      evaluate(ids({ datasets: ['a a'], where }), { k: 'q' }, { datasets, asked: (each) => asked.push(each) }),
    ).toEqual(['a1'])
    expect(asked).toContain('all a')
  })

  it('reads everything for functions that may have to wait', async () => {
    const asked: string[] = []
    const hops: Json = [
      'hops',
      {
        datasets: ['a a'],
        where: ['eq', '_S.tel', ['phonenumber-format', 'e164', ['phonenumber-parse', 'NO', 'a.tel']]],
        return: 'a._id',
      },
    ]
    const { dtl, problems } = compileRules({ type: 'dtl', rules: { default: [['add', 'x', hops]] } })
    expect(problems).toEqual([])
    const datasets = listening(listDatasets({ a: [{ _id: 'a1', tel: '22222222' }] }), (each) => asked.push(each))
    const ctx = makeContext({ environment: environment(), datasets })
    const [evaluated] = await evaluateBatch([{ _id: 's', tel: '4722222222' }], dtl.run, ctx)
    expect(evaluated).toMatchObject({ result: { target: { x: ['a1'] } } })
    expect(asked).toContain('all a')
  })

  it('gives a row for each combination', () => {
    const datasets: HopsSetup['datasets'] = {
      a: [
        { _id: 'a1', k: 1 },
        { _id: 'a2', k: 1 },
      ],
      b: [{ _id: 'b1', k: 1 }],
    }
    const where: Json = [
      ['eq', '_S.k', 'a.k'],
      ['eq', 'a.k', 'b.k'],
    ]
    expect(evaluate(ids({ datasets: ['a a', 'b b'], where }), { k: 1 }, { datasets })).toEqual(['b1', 'b1'])
    expect(evaluate(ids({ datasets: ['a a', 'b b'], where, return: 'a, b' }), { k: 1 }, { datasets })).toEqual([
      'a1',
      'b1',
      'a2',
      'b1',
    ])
  })

  it('evaluates a dict in return as a template', () => {
    const datasets: HopsSetup['datasets'] = { a: [{ _id: 'a1', k: 1, n: 'ada' }] }
    const returned: Json = {
      id: 'a._id',
      name: ['upper', 'a.n'],
      of: '_S._id',
      fixed: 'text',
      deep: { list: ['a.k', 'a.n'] },
    }
    expect(
      evaluate(['hops', { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'], return: returned }], { k: 1 }, { datasets }),
    ).toEqual([{ id: 'a1', name: 'ADA', of: 's', fixed: 'text', deep: { list: [1, 'ada'] } }])
  })

  it('narrows by a subset, with joins as usual', () => {
    const datasets: HopsSetup['datasets'] = {
      a: [
        { _id: 'a1', k: 1, g: ['x', 'y'] },
        { _id: 'a2', k: 1, g: 'z' },
      ],
    }
    const spec: JsonObject = { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'], subsets: { a: ['eq', '_S.g', 'y'] } }
    expect(evaluate(ids(spec), { k: 1 }, { datasets })).toEqual(['a1'])
    const { subsets, ...rest } = spec
    expect(evaluate(ids({ ...rest, prefilters: subsets ?? null }), { k: 1 }, { datasets })).toEqual(['a1'])
  })

  it('ends recursion in a cycle, and counts levels', () => {
    const datasets: HopsSetup['datasets'] = {
      n: [
        { _id: 'n1', next: 'n2' },
        { _id: 'n2', next: ['n3', 'n1'] },
        { _id: 'n3', next: 'n1' },
      ],
    }
    const spec: JsonObject = { datasets: ['n n'], where: ['eq', '_S.next', 'n._id'], recurse: true, exclude_root: true }
    expect(evaluate(ids(spec), { next: 'n1' }, { datasets })).toEqual(['n1', 'n2', 'n3'])
    expect(evaluate(ids({ ...spec, max_depth: 1 }), { next: 'n1' }, { datasets })).toEqual(['n1'])
    expect(evaluate(ids({ ...spec, max_depth: 0 }), { next: 'n1' }, { datasets })).toEqual([])
  })

  it('does not find the root again when it is in the dataset itself', () => {
    const root = { _id: 's', next: 'n1' }
    const datasets: HopsSetup['datasets'] = { n: [root, { _id: 'n1', next: 's' }] }
    const spec: JsonObject = { datasets: ['n n'], where: ['eq', '_S.next', 'n._id'], recurse: true }
    expect(evaluate(ids(spec), root, { datasets })).toEqual(['s', 'n1'])
    expect(evaluate(ids({ ...spec, exclude_root: true }), root, { datasets })).toEqual(['n1'])
  })

  it('finds implicit $ids in namespaces, on both sides', () => {
    const namespaces = { enabled: true, identity: 'crm', property: 'crm', expansions: new Map<string, string>() }
    const datasets: HopsSetup['datasets'] = {
      a: [
        { _id: 'crm:s', 'crm:n': 1 },
        { _id: 'hr:2', $ids: ['~:crm:s'] },
      ],
    }
    const spec: JsonObject = { datasets: ['a a'], where: ['eq', '_S.$ids', 'a.$ids'] }
    expect(evaluate(ids(spec), {}, { datasets, namespaces })).toEqual(['crm:s', 'hr:2'])
  })

  it('takes a dataset that is not there as empty', () => {
    const spec: JsonObject = { datasets: ['nil a'], where: ['eq', '_S.k', 'a.k'] }
    expect(evaluate(ids(spec), { k: 1 }, { datasets: {} })).toEqual([])
    expect(evaluate(['lookup-entity', 'nil', 'x'], {}, { datasets: {} })).toBeNull()
  })

  it('nests: hops in the return of hops see both', () => {
    const datasets: HopsSetup['datasets'] = {
      a: [{ _id: 'a1', k: 1 }],
      b: [
        { _id: 'b1', k: 1 },
        { _id: 'b2', k: 2 },
      ],
    }
    const inner: Json = [
      'hops',
      { datasets: ['b b'], where: ['eq', 'a.k', 'b.k'], return: ['concat', 'a._id', '-', 'b._id', '-', '_S._id'] },
    ]
    expect(
      evaluate(['hops', { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'], return: inner }], { k: 1 }, { datasets }),
    ).toEqual([['a1-b1-s']])
  })
})
