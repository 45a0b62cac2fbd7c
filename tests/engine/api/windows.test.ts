/** Windows of rows over segments, of which parts are read, compared with reading each entity as a whole. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Filter, meetsFilters } from '../../../engine-worker/api/filter.ts'
import { type RowsRequest, Windows } from '../../../engine-worker/api/windows.ts'
import { get } from '../../../engine-worker/entity/dict.ts'
import { compare } from '../../../engine-worker/entity/order.ts'
import { printEntity } from '../../../engine-worker/entity/transit.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { memorySegments, SegmentMemory } from '../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../engine-worker/storage/log/segment-store.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { anyEntity } from '../entity/arbitrary.ts'
import { historyClock } from '../storage/histories.ts'

const dataset = 'd'

function openSegments(): Promise<DatasetStore> {
  const environment = { ...historyClock(), random: Math.random }
  const limits = { versions: 3, characters: 300, merge: 3 }
  return openSegmentStore(memorySegments(new SegmentMemory()), { project: 'test', limits, environment })
}

/** The fields that the store adds to an entity, which are not searched. */
const stamps = /"_(?:hash":"[0-9a-f]*"|(?:ts|updated|previous)":(?:\d+|null)),?/g

/** The expected rows of a request, as texts. */
async function expected(store: DatasetStore, request: RowsRequest): Promise<readonly string[]> {
  const { search, filters = [], deleted = false, history = false, sort } = request
  const rows: Entity[] = []
  for await (const batch of store.scan(dataset, { history, live: !deleted })) {
    for (const entity of batch) {
      const text = printEntity(entity).toLowerCase()
      const part = search?.toLowerCase() ?? ''
      if (!text.includes(part) || !text.replace(stamps, '').includes(part) || !meetsFilters(entity, filters)) continue
      rows.push(entity)
    }
  }
  const places = rows.map((_, place) => place)
  places.sort((a, b) => {
    for (const { by, descending } of sort ?? []) {
      const [left, right] = [get(rows[a] ?? {}, by) ?? null, get(rows[b] ?? {}, by) ?? null]
      const missing = Number(left === null) - Number(right === null)
      if (missing !== 0) return missing
      const found = left === null || right === null ? 0 : compare(left, right)
      if (found !== 0) return descending ? -found : found
    }
    return a - b
  })
  return places.map((place) => printEntity(rows[place] ?? {}))
}

const property = fc.constantFrom(
  '_id',
  '_updated',
  '_deleted',
  '_hash',
  'name',
  'a.b',
  'a',
  '10',
  'ns:name',
  '__proto__',
)
const simpleEntity = fc
  .record({
    _id: fc.constantFrom('1', '2', '3', 'é"', 'ΑΣ'),
    _deleted: fc.constantFrom(undefined, undefined, true),
    name: fc.constantFrom('Ada', 'ada', 'Grace "G" Hopper', 'ΑΣ', null, undefined),
    a: fc.constantFrom(undefined, 1, 2.5, { b: 1 }, [{ b: 2 }], 'x'),
    10: fc.constantFrom(undefined, true, 'ten'),
  })
  .map((entity): Entity => JSON.parse(JSON.stringify(entity)))

const how = fc.constantFrom<Filter['how']>('is', 'is-not', 'contains', 'greater', 'less', 'present', 'missing')
const filter = fc.record({ property, how, value: fc.constantFrom('1', 'ada', 'x', 'true') })
const search = fc.constantFrom(
  ...['ada', 'ADA', '"', '",', '1"', 'e,', 'false', '"_deleted":false', '"1","_deleted"', '1","name', 'd":false,"name'],
  ...['false}', 'σ', 'ς', '_hash', 'updated', '0', 'true', '\\"g', ',"a"', '}'],
)
const request: fc.Arbitrary<RowsRequest> = fc.record(
  {
    dataset: fc.constant(dataset),
    from: fc.constant(0),
    count: fc.constant(1000),
    search,
    filters: fc.array(filter, { maxLength: 2 }),
    deleted: fc.boolean(),
    history: fc.boolean(),
    sort: fc.array(fc.record({ by: property, descending: fc.boolean() }), { maxLength: 3 }),
  },
  { requiredKeys: ['dataset', 'from', 'count'] },
)

describe('windows of rows', () => {
  it('are those that reading every entity would give', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.oneof(simpleEntity, simpleEntity, anyEntity), { maxLength: 8 }), { maxLength: 4 }),
        fc.array(request, { minLength: 1, maxLength: 6 }),
        async (batches, requests) => {
          const store = await openSegments()
          for (const entities of batches) await store.commit({ datasets: [{ dataset, entities }] })
          const windows = new Windows(store)
          for (const one of requests) {
            const { rows, total } = await windows.rows(one)
            const wanted = await expected(store, one)
            expect(rows).toEqual(wanted)
            expect(total).toBe(wanted.length)
            const part = await windows.rows({ ...one, from: 1, count: 2 })
            expect(part.rows).toEqual(wanted.slice(1, 3))
          }
        },
      ),
    )
  })

  it('scroll over a dataset whose sequence numbers are large', async () => {
    const store = await openSegments()
    const entities = [1, 2 ** 31, 2 ** 32 + 5, 2 ** 40].map((at) => ({ _id: `e${at}`, _updated: at, n: -at }))
    await store.commit({ datasets: [{ dataset, entities, givenOffsets: true }] })
    const windows = new Windows(store)
    const ids = async (more: object) =>
      (await windows.rows({ dataset, from: 0, count: 9, ...more })).rows.map((row) => JSON.parse(row)._id)
    const all = entities.map(({ _id }) => _id)
    expect(await ids({})).toEqual(all)
    expect(await ids({ sort: [{ by: 'n' }] })).toEqual(all.toReversed())
  })
})
