/**
 * The lineage of a value in both directions equals the dependence that is found by changing values and running again,
 * on random projects of two pipes with joins.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { openedEngine } from '../../support/opened-engine.ts'

type Engine = Awaited<ReturnType<typeof openedEngine>>['engine']

const sources = ['s', 't', 'u']
const outputs = ['one', 'two']
const changed = ['a', 'b']
const name = fc.constantFrom('a', 'b', 'c')
const target = fc.constantFrom('a', 'b', 'c', 'd')

/** Steps whose results show each of their input values. */
const stepArbitrary: fc.Arbitrary<readonly unknown[]> = fc.oneof(
  fc.constant(['copy', '*']),
  name.map((from) => ['copy', from]),
  fc.tuple(name, target).map(([from, to]) => ['rename', from, to]),
  fc.tuple(target, name).map(([to, from]) => ['add', to, `_S.${from}`]),
  fc
    .tuple(target, name, target)
    .map(([to, from, made]) => ['add', to, ['concat', ['list', `_S.${from}`, '/', `_T.${made}`]]]),
  target.map((made) => ['remove', made]),
)
/**
 * Without steps that copy or rename to a property of an earlier step: whether they overwrite it depends on the entity,
 * and lineage then has both.
 */
function withoutRewritten(steps: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const made = new Set<unknown>()
  return steps.filter(([does, first, second]) => {
    const to = does === 'rename' ? second : first
    const isUncertain = does !== 'add' && does !== 'remove' && (to === '*' ? made.size > 0 : made.has(to))
    if (isUncertain) return false
    for (const each of to === '*' ? ['a', 'b', 'c', 'd'] : [to]) made.add(each)
    return true
  })
}

/** Rules that join a dataset by a property that is never changed. */
const rules = (joined: string) =>
  fc
    .tuple(fc.array(stepArbitrary, { minLength: 1, maxLength: 5 }), fc.option(fc.constantFrom(...changed)))
    .map(([steps, property]) => [
      ...withoutRewritten(steps),
      ['add', 'k', '_S.k'],
      ...(property === null
        ? []
        : [
            [
              'add',
              `j${joined}`,
              ['hops', { datasets: [`${joined} x`], where: [['eq', '_S.k', 'x.k']], return: `x.${property}` }],
            ],
          ]),
      ['copy', 'jt'],
    ])

const pipe = (_id: string, more: object) => [`pipes/${_id}.conf.json`, JSON.stringify({ _id, type: 'pipe', ...more })]
const project = (one: readonly unknown[], two: readonly unknown[]) =>
  Object.fromEntries([
    ...sources.map((id) => pipe(id, { source: { type: 'embedded', entities: [{ _id: 'first' }] } })),
    pipe('one', { source: { type: 'dataset', dataset: 's' }, transform: { type: 'dtl', rules: { default: one } } }),
    pipe('two', { source: { type: 'dataset', dataset: 'one' }, transform: { type: 'dtl', rules: { default: two } } }),
  ])

interface EntityPlace {
  readonly dataset: string
  readonly id: string
}
/** `dataset id property` of a value. */
const valueAt = ({ dataset, id }: EntityPlace, property: string) => `${dataset} ${id} ${property}`

/** The current values of the outputs, by `dataset id property`. */
async function outputValues(store: DatasetStore): Promise<Map<string, string>> {
  const values = new Map<string, string>()
  for (const dataset of outputs)
    for await (const batch of store.scan(dataset, { live: true }))
      for (const { _id, ...entity } of batch)
        for (const [property, value] of Object.entries(entity))
          if (!property.startsWith('_'))
            values.set(valueAt({ dataset, id: String(_id) }, property), JSON.stringify(value))
  return values
}

/** All places that can be reached from one, including itself. */
async function reachablePlaces(
  from: EntityPlace,
  next: (place: EntityPlace) => Promise<readonly EntityPlace[]>,
): Promise<readonly EntityPlace[]> {
  const all = [from]
  for (const place of all)
    for (const each of await next(place))
      if (!all.some(({ dataset, id }) => dataset === each.dataset && id === each.id)) all.push(each)
  return all
}
const upFrom = (engine: Engine) => async (place: EntityPlace) =>
  sources.includes(place.dataset)
    ? []
    : (await engine.provenance(place)).made.flatMap(({ sources, joined }) => [...sources, ...joined])
const downFrom = (engine: Engine) => async (place: EntityPlace) =>
  (await engine.provenance(place)).became.flatMap(({ dataset, ids }) =>
    dataset === null ? [] : ids.map((id) => ({ dataset, id })),
  )

/** The properties, as `dataset property`, that depend on one, or on which it depends. */
async function properties(engine: Engine, dataset: string, property: string, side: 'up' | 'down') {
  const { nodes, edges, cut } = await engine.lineage({ dataset, property })
  expect(cut).toBe(false)
  const here = nodes.find((node) => node.side === 'here')
  const all = here ? [here.id] : []
  for (const id of all)
    for (const { from, to, how } of edges) {
      const [at, next] = side === 'up' ? [to, from] : [from, to]
      if (how !== 'decides' && at === id && !all.includes(next)) all.push(next)
    }
  return all.flatMap((id) => {
    const node = nodes.find((each) => each.id === id)
    return node?.dataset ? [`${node.dataset} ${node.property}`] : []
  })
}

it('the lineage of a value tells what a change of it changes', async () => {
  await fc.assert(
    fc.asyncProperty(rules('t'), rules('u'), async (one, two) => {
      const { engine, store } = await openedEngine(project(one, two))
      let marks = 0
      const entity = (id: string, k: string) => ({ _id: id, k, a: `a${++marks}`, b: `b${++marks}`, c: `c${++marks}` })
      const now = {
        s: [entity('1', 'x'), entity('2', 'y')],
        t: [entity('t1', 'x'), entity('t2', 'z')],
        u: [entity('u1', 'x')],
      }
      for (const [dataset, entities] of Object.entries(now))
        await store.commit({ datasets: [{ dataset, entities, populated: true }] })
      let runs = 0
      const run = () => engine.run({ run: `${++runs}`, pipes: outputs })
      await run()
      const seen: string[] = []
      const places: { place: EntityPlace; property: string }[] = []
      for (const [dataset, entities] of Object.entries(now))
        for (const [at, each] of entities.entries())
          for (const property of changed) {
            const before = await outputValues(store)
            const edited = { ...entities[at], [property]: `${property}${++marks}` }
            Object.assign(each, edited)
            await store.commit({ datasets: [{ dataset, entities: [{ ...each }] }] })
            await run()
            const after = await outputValues(store)
            const place = { dataset, id: each._id }
            places.push({ place, property })
            for (const value of new Set([...before.keys(), ...after.keys()]))
              if (before.get(value) !== after.get(value)) seen.push(`${valueAt(place, property)} > ${value}`)
          }
      const back: string[] = []
      for (const value of (await outputValues(store)).keys()) {
        const [dataset = '', id = '', property = ''] = value.split(' ')
        const from = await reachablePlaces({ dataset, id }, upFrom(engine))
        const made = await properties(engine, dataset, property, 'up')
        for (const { place, property: source } of places)
          if (
            made.includes(`${place.dataset} ${source}`) &&
            from.some((each) => each.dataset === place.dataset && each.id === place.id)
          )
            back.push(`${valueAt(place, source)} > ${value}`)
      }
      expect(back.toSorted()).toEqual(seen.toSorted())
      const forth: string[] = []
      const values = await outputValues(store)
      for (const { place, property } of places) {
        const to = await reachablePlaces(place, downFrom(engine))
        const into = await properties(engine, place.dataset, property, 'down')
        for (const value of values.keys()) {
          const [dataset = '', id = '', made = ''] = value.split(' ')
          if (into.includes(`${dataset} ${made}`) && to.some((each) => each.dataset === dataset && each.id === id))
            forth.push(`${valueAt(place, property)} > ${value}`)
        }
      }
      expect(forth.toSorted()).toEqual(seen.toSorted())
    }),
    { numRuns: Number(process.env.LAWS ?? 12) },
  )
})
