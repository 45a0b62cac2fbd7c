/** The places of an identifier equal those found by reading each value of each entity, on random projects. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Entity, isDict, NI, type Value } from '../../../engine-worker/entity/value.ts'
import { openedEngine } from '../../support/opened-engine.ts'

const names = ['a', 'b', 'c']
const files = Object.fromEntries(
  names.map((name) => [
    `pipes/${name}.conf.json`,
    JSON.stringify({ _id: name, type: 'pipe', source: { type: 'embedded', entities: [{ _id: 'first' }] } }),
  ]),
)

const id = fc.constantFrom('crm:1', 'crm:2', 'crm:10', 'erp:1', 'erp-x:1', 'p', 'crm')
const scalar: fc.Arbitrary<Value> = fc.oneof(
  id,
  id.map((text) => new NI(text)),
  fc.constantFrom<Value>('see crm:1', 1, null),
)
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.record({ to: scalar, _hidden: scalar }))
const entity: fc.Arbitrary<Entity> = fc.record(
  {
    _id: id,
    $ids: fc.array(
      id.map((text): Value => new NI(text)),
      { maxLength: 2 },
    ),
    ref: value,
    'n:x': value,
  },
  { requiredKeys: ['_id'] },
)
const dataset = fc.array(entity, { maxLength: 5 })

/** The paths of the values that equal an identifier. */
function pathsTo(wanted: string, at: Value, path: readonly string[] = []): string[] {
  if (Array.isArray(at)) return at.flatMap((item) => pathsTo(wanted, item, path))
  if (isDict(at)) {
    const own = Object.entries(at).filter(([name]) => name === '_id' || name[0] !== '_')
    return own.flatMap(([name, each]) => pathsTo(wanted, each, [...path, name]))
  }
  return at === wanted || (at instanceof NI && at.text === wanted) ? [path.join('.')] : []
}

/** Each entity once for each new identifier that was found in it. */
function expectedReach(id: string, all: readonly (readonly [string, Entity])[]) {
  const ids = new Set([id])
  const isSame = (path: string) => path === '_id' || path === '$ids'
  for (let before = 0; before < ids.size; ) {
    before = ids.size
    for (const [, each] of all) {
      const same = [...ids].some((wanted) => pathsTo(wanted, each).some(isSame))
      if (!same) continue
      ids.add(String(each._id))
      for (const merged of Array.isArray(each.$ids) ? each.$ids : []) if (merged instanceof NI) ids.add(merged.text)
    }
  }
  const places = all.flatMap(([dataset, each]) => {
    const properties = new Set([...ids].flatMap((wanted) => pathsTo(wanted, each)))
    if (properties.size === 0) return []
    const how = [...properties].some(isSame) ? 'same' : 'refers'
    return [{ dataset, id: String(each._id), how, properties: [...properties].sort() }]
  })
  return { ids: [...ids].sort(), places }
}

const byPlace = (a: { dataset: string; id: string }, b: { dataset: string; id: string }) =>
  `${a.dataset} ${a.id}` < `${b.dataset} ${b.id}` ? -1 : 1

describe('identifier-reach', () => {
  it('finds the places that a look at every value finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(dataset, dataset, dataset), id, async (written, wanted) => {
        const { engine, store } = await openedEngine(files)
        await engine.run({ run: '1' })
        const all: [string, Entity][] = []
        for (const [at, name] of names.entries()) {
          await store.commit({ datasets: [{ dataset: name, entities: written[at] ?? [] }] })
          for await (const batch of store.scan(name, { live: true }))
            all.push(...batch.map((each): [string, Entity] => [name, each]))
        }
        const { ids, places, complete } = await engine['identifier-reach'](wanted)
        const expected = expectedReach(wanted, all)
        expect(complete).toBe(true)
        expect([...ids].sort()).toEqual(expected.ids)
        const found = places.map((each) => ({ ...each, properties: [...each.properties].sort() }))
        expect(found.toSorted(byPlace)).toEqual(expected.places.toSorted(byPlace))
      }),
      { numRuns: Number(process.env.LAWS ?? 60) },
    )
  })
})
