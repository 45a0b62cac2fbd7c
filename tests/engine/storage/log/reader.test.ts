/** Reading a log: the same versions with any cache, and a problem where stored data is missing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import { mergeTail } from '../../../../engine-worker/storage/log/maintenance.ts'
import { memorySegments } from '../../../../engine-worker/storage/log/memory-segments.ts'
import { type Reader, scanRange, visibleUpTo } from '../../../../engine-worker/storage/log/reader.ts'
import { entityAt } from '../../../../engine-worker/storage/log/segment.ts'
import type { SegmentStorage } from '../../../../engine-worker/storage/log/segment-storage.ts'
import type { Commit, ScanOptions } from '../../../../engine-worker/storage/store.ts'
import { logIn, memoryAfter, recordOf } from './segments.ts'

const commitOf = (...entities: readonly Entity[]): Commit => ({ datasets: [{ dataset: 'd', entities }] })
const damaged = { problem: { code: 'storage-damaged', facts: { project: 'test', dataset: 'd' } } }

/** `_updated` of what a scan gives. */
async function scanned(
  { reader, log }: Pick<Awaited<ReturnType<typeof logIn>>, 'reader' | 'log'>,
  options: ScanOptions = {},
): Promise<number[]> {
  const found: number[] = []
  for await (const { segment, places } of reader.scan(log, scanRange(log.record, options)))
    for (const at of places) found.push(segment.updated[at] ?? 0)
  return found
}

/** A storage that counts how often segments are asked for. */
function counting(storage: SegmentStorage) {
  const asked = { segments: 0 }
  const counted: SegmentStorage = {
    get seed() {
      return storage.seed
    },
    open: (random) => storage.open(random),
    write: (work) => storage.write(work),
    segmentsAt: (...args) => {
      asked.segments++
      return storage.segmentsAt(...args)
    },
    segmentsBetween: (...args) => {
      asked.segments++
      return storage.segmentsBetween(...args)
    },
    headsAt: (...args) => storage.headsAt(...args),
    headsAfter: (...args) => storage.headsAfter(...args),
    state: (key) => storage.state(key),
    statesAfter: (...args) => storage.statesAfter(...args),
    close: () => storage.close(),
  }
  return { counted, asked }
}

const commits = fc.array(
  fc.array(fc.record({ _id: fc.constantFrom('a', 'b', 'c', 'd'), n: fc.nat(3), _deleted: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  }),
  { minLength: 1, maxLength: 6 },
)

describe('a scan', () => {
  test('gives the versions of its range, whatever the cache holds', async () => {
    const options = fc.record({
      since: fc.nat(12),
      until: fc.nat(24),
      history: fc.boolean(),
      live: fc.boolean(),
      reverse: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(commits, options, fc.constantFrom(0, 300, 1_000_000), async (all, asked, cacheBytes) => {
        const memory = await memoryAfter(...all.map((entities) => commitOf(...entities)))
        const versions = [...(memory.logs.get(1)?.values() ?? [])].flatMap(({ segment }) =>
          Array.from(segment.updated, (_, at) => entityAt(segment, at)),
        )
        const until = versions.filter(({ _updated }) => Number(_updated) <= asked.until)
        const wanted = until.filter(
          (version, at) =>
            Number(version._updated) > asked.since &&
            (asked.history || !until.slice(at + 1).some(({ _id }) => _id === version._id)) &&
            !(asked.live && version._deleted === true),
        )
        const expected = wanted.map(({ _updated }) => Number(_updated))
        const place = await logIn(memory, 'd', { cacheBytes })
        for (let time = 0; time < 2; time++)
          expect(await scanned(place, asked)).toEqual(asked.reverse ? expected.toReversed() : expected)
      }),
      { numRuns: 150 },
    )
  })

  test('asks the storage once for what the cache has room for', async () => {
    const memory = await memoryAfter(commitOf({ _id: 'a' }, { _id: 'b' }), commitOf({ _id: 'a', n: 1 }))
    for (const [cacheBytes, expected] of [
      [1_000_000, 0],
      [1, 1],
    ] as const) {
      const { counted, asked } = counting(memorySegments(memory))
      const place = await logIn(memory, 'd', { storage: counted, cacheBytes })
      await scanned(place)
      asked.segments = 0
      expect(await scanned(place)).toEqual([2, 3])
      expect(asked.segments).toBe(expected)
    }
  })

  test('passes over segments of which nothing is the latest version', async () => {
    const memory = await memoryAfter(commitOf({ _id: 'a' }), commitOf({ _id: 'a', n: 1 }), commitOf({ _id: 'a', n: 2 }))
    const { counted } = counting(memorySegments(memory))
    const wanted: number[] = []
    const storage = {
      ...counted,
      seed: memory.seed ?? 0,
      segmentsAt: (log: number, firsts: readonly number[]) => {
        wanted.push(...firsts)
        return counted.segmentsAt(log, firsts)
      },
      segmentsBetween: (log: number, from: number, to: number) => {
        wanted.push(from, to)
        return counted.segmentsBetween(log, from, to)
      },
    }
    const place = await logIn(memory, 'd', { storage, cacheBytes: 0 })
    expect(await scanned(place)).toEqual([3])
    expect(new Set(wanted)).toEqual(new Set([3]))
  })

  test('goes on where small segments are merged under it, each version once', async () => {
    const memory = await memoryAfter(...Array.from({ length: 8 }, (_, n) => commitOf({ _id: String(n) })))
    const place = await logIn(memory, 'd', { cacheBytes: 0 })
    await place.reader.load(place.log)
    const found: number[] = []
    for await (const { segment, places } of place.reader.scan(place.log, scanRange(place.log.record, {}))) {
      if (found.length === 0) await mergeTail(place.log, place.maintenance)
      for (const at of places) found.push(segment.updated[at] ?? 0)
    }
    expect(found).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(await scanned(place)).toEqual(found)
  })

  test('ends without a word when its dataset is gone', async () => {
    const memory = await memoryAfter(commitOf({ _id: 'a' }))
    const place = await logIn(memory, 'd')
    await place.reader.load(place.log)
    place.log.gone = true
    memory.logs.clear()
    expect(await scanned(place)).toEqual([])
  })

  test('of a dataset whose segments are missing names the dataset', async () => {
    const memory = await memoryAfter(commitOf({ _id: 'a' }), commitOf({ _id: 'b' }))
    const place = await logIn(memory, 'd')
    await place.reader.load(place.log)
    memory.logs.get(1)?.delete(2)
    await expect(scanned(place)).rejects.toMatchObject(damaged)
  })
})

describe('single versions', () => {
  const threeVersions = () =>
    memoryAfter(commitOf({ _id: 'a', n: 0 }), commitOf({ _id: 'a', n: 1 }), commitOf({ _id: 'a', n: 2 }))

  async function foundVersions(
    reader: Reader,
    log: Awaited<ReturnType<typeof logIn>>['log'],
    updated: readonly number[],
  ) {
    return [...(await reader.find(log, updated))].map(([at, { segment, at: place }]) => [
      at,
      entityAt(segment, place).n,
    ])
  }

  test('are found by their numbers; what is not there is missing', async () => {
    const { reader, log } = await logIn(await threeVersions(), 'd')
    await reader.load(log)
    expect(reader.cached(log, 2)).toBeUndefined()
    expect(await foundVersions(reader, log, [3, 1, 9])).toEqual(
      expect.arrayContaining([
        [1, 0],
        [3, 2],
      ]),
    )
    expect((await reader.find(log, [9])).size).toBe(0)
    expect(reader.cached(log, 3)).toMatchObject({ at: 0 })
    reader.clear()
    expect(reader.cached(log, 3)).toBeUndefined()
  })

  test('that are few are found without the directory of their log', async () => {
    const { reader, log } = await logIn(await threeVersions(), 'd')
    expect(await foundVersions(reader, log, [2])).toEqual([[2, 1]])
    expect(log.directory).toEqual([])
    for await (const _ of reader.scan(log, { since: 3, until: 3, reverse: false, history: true, live: false })) {
      throw new Error('there is nothing behind the end of the log')
    }
    expect(log.directory).toEqual([])
    expect(await foundVersions(reader, log, [9, 1])).toEqual([[1, 0]])
    expect(log.directory).not.toEqual([])
  })

  test('of an entity are found at any point of the log', async () => {
    const { reader, log } = await logIn(await threeVersions(), 'd')
    const newestUntil = async (until: number) => (await reader.newest(log, 'a', until))?.n ?? null
    expect([await newestUntil(0), await newestUntil(1), await newestUntil(2), await newestUntil(9)]).toEqual([
      null,
      0,
      1,
      2,
    ])
    expect(await reader.newest(log, 'other', 9)).toBeNull()
  })

  test('that are lost are a problem of the dataset', async () => {
    const memory = await threeVersions()
    const { reader, log } = await logIn(memory, 'd')
    await reader.load(log)
    memory.logs.get(1)?.delete(2)
    await expect(reader.find(log, [2])).rejects.toMatchObject(damaged)
    await expect(reader.find(log, [2], true)).rejects.toMatchObject(damaged)
    await expect(reader.rows(log, log.directory)).rejects.toMatchObject(damaged)
    expect(() => reader.entity(log, 'a', undefined)).toThrow('the dataset d in test are missing')
  })

  test('are found again after waiting for a change that moved them', async () => {
    const memory = await threeVersions()
    const waits: (() => Promise<void>)[] = []
    const place = await logIn(memory, 'd', { cacheBytes: 0, settled: async () => waits.shift()?.() })
    await place.reader.load(place.log)
    const segments = memory.logs.get(1)
    const lost = segments?.get(3)
    segments?.delete(3)
    waits.push(async () => {
      if (lost) segments?.set(3, lost)
    })
    expect(await foundVersions(place.reader, place.log, [3])).toEqual([[3, 2]])
  })
})

describe('loading a log', () => {
  test('that failed is tried again by the next who asks, and reads once for all who ask at a time', async () => {
    const memory = await memoryAfter(commitOf({ _id: 'a' }, { _id: 'b' }))
    const { counted } = counting(memorySegments(memory))
    let asked = 0
    const storage: SegmentStorage = {
      ...counted,
      seed: memory.seed ?? 0,
      headsAfter: async (...args) => {
        if (asked++ === 0) throw new Error('disk')
        return counted.headsAfter(...args)
      },
    }
    const { reader, log } = await logIn(memory, 'd', { storage })
    await expect(reader.load(log)).rejects.toThrow('disk')
    expect(log.loaded).toBe(false)
    asked = 1
    await Promise.all([reader.load(log), reader.load(log)])
    expect(log.loaded).toBe(true)
    expect(log.index.size).toBe(2)
    // The only segment, and the end of the log.
    expect(asked).toBe(3)
  })
})

describe('what readers see', () => {
  const record = recordOf('d', 1, { last: 9, visible: 6, pendingSince: 6 })
  test('ends before withheld versions, unless those are asked for', () => {
    expect(scanRange(record, {})).toEqual({ since: 0, until: 6, reverse: false, history: false, live: false })
    expect(scanRange(record, { pending: true }).until).toBe(9)
    expect(scanRange(record, { until: 4, since: 2 })).toMatchObject({ since: 2, until: 4 })
    expect(scanRange(record, { until: 100 }).until).toBe(6)
    expect(visibleUpTo(record)).toBe(6)
    expect(visibleUpTo({ ...record, pendingSince: null })).toBe(Number.POSITIVE_INFINITY)
  })
})
