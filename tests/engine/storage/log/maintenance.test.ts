/** Merging, compaction and removing withheld versions: the remaining versions are unchanged, on disk and in memory. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import { compactLog, mergeTail, rollBack } from '../../../../engine-worker/storage/log/maintenance.ts'
import { memorySegments, type SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import { entityAt } from '../../../../engine-worker/storage/log/segment.ts'
import type { SegmentStorage } from '../../../../engine-worker/storage/log/segment-storage.ts'
import type { Commit, Compaction } from '../../../../engine-worker/storage/store.ts'
import { logIn, memoryAfter } from './segments.ts'

const commitOf = (...entities: readonly Entity[]): Commit => ({ datasets: [{ dataset: 'd', entities }] })
const compactEverything: Compaction = { keepVersions: 1, consumedUpTo: Number.POSITIVE_INFINITY }

/** The versions on disk, in their order. */
function stored(memory: SegmentMemory, log = 1): readonly Entity[] {
  const segments = [...(memory.logs.get(log)?.values() ?? [])].map(({ segment }) => segment)
  return segments
    .sort((a, b) => a.first - b.first)
    .flatMap((segment) => Array.from(segment.updated, (_, at) => entityAt(segment, at)))
}

/** Whether a log in memory equals its segments. */
async function expectSame(memory: SegmentMemory, { log }: Awaited<ReturnType<typeof logIn>>) {
  const fresh = await logIn(memory, 'd')
  await fresh.reader.load(fresh.log)
  expect(log.directory).toEqual(fresh.log.directory)
  expect(log.record).toEqual(memory.datasets.get('d'))
  const latest = new Map(stored(memory).map((entity) => [entity._id, entity]))
  const deleted = [...latest.values()].filter(({ _deleted }) => _deleted === true).length
  expect(log.record).toMatchObject({ versions: stored(memory).length, live: latest.size - deleted, deleted })
  expect([log.index.size, fresh.log.index.size]).toEqual([latest.size, latest.size])
}

async function loadedLog(memory: SegmentMemory, more: Parameters<typeof logIn>[2] = {}) {
  const place = await logIn(memory, 'd', more)
  await place.reader.load(place.log)
  return place
}

const entity = fc.record({ _id: fc.constantFrom('a', 'b', 'c'), n: fc.nat(3), _deleted: fc.boolean() })
const commits = fc.array(fc.array(entity, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })

describe('merging the small segments at the end', () => {
  test('changes no version, whatever was written', async () => {
    await fc.assert(
      fc.asyncProperty(commits, async (all) => {
        const memory = await memoryAfter(...all.map((entities) => commitOf(...entities)))
        const before = stored(memory)
        const place = await loadedLog(memory, { mergeThreshold: 2 })
        await mergeTail(place.log, place.maintenance)
        expect(stored(memory)).toEqual(before)
        await expectSame(memory, place)
      }),
      { numRuns: 100 },
    )
  })

  test('begins when there are enough of them, and leaves full ones before', async () => {
    const full = [0, 1, 2, 3].map((n) => ({ _id: `full ${n}` }))
    const memory = await memoryAfter(commitOf(...full), commitOf({ _id: 'a' }), commitOf({ _id: 'b' }))
    const place = await loadedLog(memory, { mergeThreshold: 3 })
    await mergeTail(place.log, place.maintenance)
    expect(place.log.directory.map(({ count }) => count)).toEqual([4, 1, 1])
    await mergeTail(place.log, { ...place.maintenance, mergeThreshold: 2 })
    expect(place.log.directory.map(({ count }) => count)).toEqual([4, 2])
    await expectSame(memory, place)
  })
})

describe('compaction', () => {
  const settings = fc.record({
    keepVersions: fc.integer({ min: 1, max: 2 }),
    consumedUpTo: fc.oneof(fc.nat(20), fc.constant(Number.POSITIVE_INFINITY)),
    deletesOlderThan: fc.constantFrom(0, Number.MAX_SAFE_INTEGER / 1000),
  })

  test('keeps what consumers compare with, says how many versions went, and finds nothing the next time', async () => {
    await fc.assert(
      fc.asyncProperty(commits, settings, async (all, how) => {
        const memory = await memoryAfter(...all.map((entities) => commitOf(...entities)))
        const before = stored(memory)
        const place = await loadedLog(memory)
        const removed = await compactLog(place.log, how, place.maintenance)
        const after = stored(memory)
        expect(removed).toBe(before.length - after.length)
        expect(before).toEqual(expect.arrayContaining([...after]))
        // Live entities keep their latest version, and all entities keep the versions that were not read yet.
        const kept = new Set(after.map(({ _updated }) => _updated))
        for (const version of before) {
          const later = before.filter(
            (each) => each._id === version._id && Number(each._updated) > Number(version._updated),
          )
          const isUnread = Number(version._updated) > how.consumedUpTo
          if (isUnread || (later.length === 0 && version._deleted !== true)) expect(kept).toContain(version._updated)
        }
        expect(await compactLog(place.log, how, place.maintenance)).toBe(0)
        await expectSame(memory, place)
      }),
      { numRuns: 150 },
    )
  })

  test('that is interrupted at any write leaves each entity its newest versions, and goes on the next time', async () => {
    const history = Array.from({ length: 12 }, (_, n) => commitOf({ _id: 'a', n }, { _id: String(n % 3), n }))
    for (let writes = 0; writes < 4; writes++) {
      const memory = await memoryAfter(...history)
      const storage = failingAfter(memorySegments(memory), writes)
      const place = await loadedLog(memory, { storage })
      await compactLog(place.log, compactEverything, place.maintenance).catch(({ message }) =>
        expect(message).toBe('killed'),
      )
      const latest = new Map(stored(memory).map((each) => [each._id, each.n]))
      expect(Object.fromEntries(latest)).toEqual({ a: 11, 0: 9, 1: 10, 2: 11 })
      const again = await loadedLog(memory)
      await compactLog(again.log, compactEverything, again.maintenance)
      expect(stored(memory)).toHaveLength(4)
      await expectSame(memory, again)
    }
  })

  test('of the end of a log moves the end back to what is left', async () => {
    const memory = await memoryAfter(
      commitOf({ _id: 'a' }),
      commitOf({ _id: 'b' }),
      commitOf({ _id: 'b', _deleted: true }),
    )
    const place = await loadedLog(memory)
    const how = { ...compactEverything, deletesOlderThan: Number.MAX_SAFE_INTEGER / 1000 }
    expect(await compactLog(place.log, how, place.maintenance)).toBe(2)
    expect(place.log.record).toMatchObject({ last: 1, visible: 1, sequence: 3, live: 1, deleted: 0 })
  })
})

/** A storage whose writes fail after so many. */
function failingAfter(storage: SegmentStorage, writes: number): SegmentStorage {
  let left = writes
  const write = storage.write.bind(storage)
  return Object.assign(storage, {
    write: async (work: Parameters<SegmentStorage['write']>[0]) => {
      if (left-- <= 0) throw new Error('killed')
      await write(work)
    },
  })
}

describe('taking off withheld versions', () => {
  const withheld = (...entities: readonly Entity[]): Commit => ({
    datasets: [{ dataset: 'd', entities, pending: true }],
  })

  test('gives the log as it was before them, whatever they were', async () => {
    await fc.assert(
      fc.asyncProperty(commits, commits, async (before, after) => {
        const first = before.map((entities) => commitOf(...entities))
        const memory = await memoryAfter(...first, ...after.map((entities) => withheld(...entities)))
        const { maintenance, log } = await logIn(memory, 'd')
        const since = log.record.pendingSince ?? 0
        const rollback = await rollBack(log.record, since, maintenance)
        const plain = await memoryAfter(...first)
        const expected = await loadedLog(plain)
        expect(rollback.log.directory).toEqual(expected.log.directory)
        // Assigned numbers are not used again.
        const { sequence } = log.record
        expect(rollback.log.record).toEqual({ ...expected.log.record, sequence })
        // Nothing is on disk yet.
        expect(memory.datasets.get('d')).toEqual(log.record)
      }),
      { numRuns: 100 },
    )
  })

  test('cuts a segment in two where they begin in its middle', async () => {
    const memory = await memoryAfter(commitOf({ _id: 'a' }), commitOf({ _id: 'b' }), withheld({ _id: 'c' }))
    const place = await loadedLog(memory, { mergeThreshold: 2 })
    await mergeTail(place.log, place.maintenance)
    expect(place.log.directory).toHaveLength(1)
    const { log, after, put } = await rollBack(place.log.record, 2, place.maintenance)
    expect([after, put.map(({ head }) => Array.from(head.updated))]).toEqual([1, [[1, 2]]])
    expect(log.record).toMatchObject({ last: 2, visible: 2, live: 2, versions: 2, pendingSince: null })
  })

  test('leaves an empty log where nothing was there before', async () => {
    const memory = await memoryAfter(withheld({ _id: 'a' }))
    const place = await logIn(memory, 'd')
    const { log, after, put } = await rollBack(place.log.record, 0, place.maintenance)
    expect([after, put, log.directory]).toEqual([0, [], []])
    expect(log.record).toMatchObject({ last: 0, live: 0, versions: 0, bytes: 0, sequence: 1 })
  })
})
