/**
 * Profiles from kept columns that follow their dataset, compared with columns that are read anew and with a count over
 * entities.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ColumnRows, profileOfColumn } from '../../../engine-worker/analysis/profile.ts'
import { StoredColumns } from '../../../engine-worker/analysis/stored-columns/stored-columns.ts'
import { KeptColumns, type KeptRows } from '../../../engine-worker/api/kept-columns.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { turn } from '../../../engine-worker/run/turn.ts'
import { steady } from '../../../engine-worker/storage/clock.ts'
import { memorySegments, SegmentMemory } from '../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../engine-worker/storage/log/segment-store.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'

const environment = { now: steady(() => 1_700_000_000_000_000_000n), random: () => 0.5 }
const stores: readonly [string, () => Promise<DatasetStore>][] = [
  ['memory', async () => memoryStore(environment)],
  [
    'segments',
    () => openSegmentStore(memorySegments(new SegmentMemory()), { project: 'columns', environment, limits }),
  ],
]
const limits = { versions: 3, characters: 10_000, merge: 3 }
const properties = ['city', '_id', 'age']
const options = { signal: new AbortController().signal }

/** For each property the number of occurrences and of different values, counted over the entities of a log. */
async function recount(store: DatasetStore) {
  const entities: Entity[] = []
  if (await store.info('d')) for await (const batch of store.scan('d', { live: true })) entities.push(...batch)
  const count = (name: string) => {
    const values = entities.flatMap((each) => (Object.hasOwn(each, name) ? [each[name] ?? null] : []))
    const there = values.filter((value) => value !== null)
    const texts = there.map((value) => JSON.stringify(value))
    const repeated = texts.filter((text, _, all) => all.indexOf(text) !== all.lastIndexOf(text))
    return {
      present: there.length,
      nulls: values.length - there.length,
      strings: there.filter((value) => typeof value === 'string').length,
      distinct: new Set(texts).size,
      repeated: { values: new Set(repeated).size, entities: repeated.length },
      most: Math.max(0, ...repeated.map((text) => repeated.filter((each) => each === text).length)),
    }
  }
  return { live: entities.length, properties: Object.fromEntries(properties.map((name) => [name, count(name)])) }
}

/** The same figures from profiles. */
function countsOf(kept: KeptRows | null) {
  const { live, profiles } = kept ? profilesOf(kept) : { live: 0, profiles: [] }
  const none = { present: 0, nulls: 0, strings: 0, distinct: 0, repeated: { values: 0, entities: 0 }, most: 0 }
  const count = (name: string) => {
    const profile = profiles.find((each) => each?.name === name)
    if (!profile) return none
    const { present, nulls, kinds, distinct, repeated, top } = profile
    const strings = kinds.find(({ kind }) => kind === 'string')?.count ?? 0
    return { present: present.all, nulls: nulls.all, strings, distinct, repeated, most: top[0]?.all ?? 0 }
  }
  return { live, properties: Object.fromEntries(properties.map((name) => [name, count(name)])) }
}

function profilesOf({ columns, gone, updated, live }: KeptRows) {
  const rows: ColumnRows = { gone, found: null, places: updated }
  return {
    live,
    profiles: properties.map((name) => {
      const column = columns.get(name)
      return column ? profileOfColumn(name, column, rows) : null
    }),
  }
}

const entity = fc.record(
  {
    _id: fc.integer({ min: 0, max: 9 }).map((id) => `e${id}`),
    city: fc.constantFrom('Oslo', 'Bergen', 1, null),
    age: fc.integer({ min: 0, max: 5 }),
    _deleted: fc.constantFrom(true, false, false),
  },
  { requiredKeys: ['_id'] },
)
const stepArbitrary = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ does: fc.constant('write' as const), entities: fc.array(entity, { maxLength: 8 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('compact' as const), keep: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('reset' as const, 'remove' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('store' as const), turns: fc.constantFrom(0, 1, 2, 99) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('look' as const), at: fc.subarray(properties, { minLength: 1 }) }),
  },
)

/** After the last of these, small segments are merged while the dataset is read. */
const mergedWhileRead = [
  ['e2', 'e1', 'e3', 'e0'].map((_id) => ({ _id })),
  [{ _id: 'e1', _deleted: true }],
  [{ _id: 'e1' }],
].map((entities) => ({ does: 'write' as const, entities }))

describe('kept columns', () => {
  it.each(stores)('give after any history what reading anew gives (%s)', async (_, open) => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 24 }), async (steps) => {
        const store = await open()
        let stopping = new AbortController()
        let turns = 0
        const countedTurn = async () => {
          if (turns-- <= 0) stopping.abort()
          await turn()
        }
        const newColumns = () => new KeptColumns(store, turn, new StoredColumns(store, countedTurn, 5))
        let stored = new StoredColumns(store, countedTurn, 5)
        let kept = newColumns()
        for (const each of steps) {
          if (each.does === 'write')
            await store.commit({ datasets: [{ dataset: 'd', entities: each.entities as Entity[] }] })
          else if (each.does === 'compact') {
            const settings = { olderThan: Number.MAX_SAFE_INTEGER, deletesOlderThan: Number.MAX_SAFE_INTEGER }
            await store.compact('d', { keepVersions: each.keep, consumedUpTo: Number.MAX_SAFE_INTEGER, ...settings })
          } else if (each.does === 'store') {
            stopping = new AbortController()
            turns = each.turns
            await stored.follow('d', stopping.signal)
          } else if (each.does === 'restart') {
            stored = new StoredColumns(store, countedTurn, 5)
            kept = newColumns()
          } else if (each.does === 'look') await kept.columns('d', each.at, options)
          else await store.commit({ [each.does]: ['d'] })
        }
        const anew = await new KeptColumns(store, turn).columns('d', properties, options)
        const followed = await kept.columns('d', properties, options)
        expect(followed && profilesOf(followed)).toEqual(anew && profilesOf(anew))
        expect(followed?.live ?? 0).toBe((await store.info('d'))?.live ?? 0)
        const again = await newColumns().columns('d', properties, options)
        expect(again && profilesOf(again)).toEqual(anew && profilesOf(anew))
        expect(countsOf(followed)).toEqual(await recount(store))
        await store.close()
      }),
      { numRuns: Number(process.env.LAWS ?? 100), examples: [[mergedWhileRead]] },
    )
  })

  it('read only what is new after a change', async () => {
    const store = memoryStore(environment)
    const entities = Array.from({ length: 3000 }, (_, at): Entity => ({ _id: `e${at}`, city: `c${at % 7}` }))
    await store.commit({ datasets: [{ dataset: 'd', entities }] })
    let read = 0
    const counting: DatasetStore = {
      ...store,
      info: (dataset) => store.info(dataset),
      textsAt: (dataset, updated) => store.textsAt(dataset, updated),
      async *rows(dataset, options) {
        for await (const batch of store.rows(dataset, options)) {
          read += batch.updated.length
          yield batch
        }
      },
    }
    const kept = new KeptColumns(counting, turn)
    await kept.columns('d', ['city'], options)
    await store.commit({
      datasets: [
        {
          dataset: 'd',
          entities: [
            { _id: 'e1', city: 'Oslo' },
            { _id: 'e2', _deleted: true },
          ],
        },
      ],
    })
    const rows = await kept.columns('d', ['city'], options)
    expect(read).toBe(3002)
    expect(rows?.live).toBe(2999)
  })

  it('read nothing of the log where columns are stored', async () => {
    const store = memoryStore(environment)
    const entities = Array.from({ length: 3000 }, (_, at): Entity => ({ _id: `e${at}`, city: `c${at % 7}` }))
    await store.commit({ datasets: [{ dataset: 'd', entities }] })
    await new StoredColumns(store, turn).follow('d', options.signal)
    const since = (await store.info('d'))?.lastUpdated
    const seen: (number | undefined)[] = []
    const counting: DatasetStore = {
      ...store,
      info: (dataset) => store.info(dataset),
      state: (key) => store.state(key),
      textsAt: (dataset, updated) => store.textsAt(dataset, updated),
      rows: (dataset, options) => {
        seen.push(options?.since)
        return store.rows(dataset, options)
      },
    }
    const rows = await new KeptColumns(counting, turn, new StoredColumns(counting, turn)).columns(
      'd',
      ['city'],
      options,
    )
    expect(rows?.live).toBe(3000)
    expect(seen).toEqual([since])
  })
})
