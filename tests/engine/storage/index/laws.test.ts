/**
 * The laws of derived indexes: the size of batches does not matter, and a rebuilt index answers like an updated one.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import { applyLog, type DerivedIndex, rebuildIndex } from '../../../../engine-worker/storage/index/derived-index.ts'
import { DELETED, hashId } from '../../../../engine-worker/storage/index/id-index.ts'
import { KeyIndex } from '../../../../engine-worker/storage/index/key-index.ts'
import { freshRecord, Log } from '../../../../engine-worker/storage/log/log.ts'
import type { SegmentHead } from '../../../../engine-worker/storage/log/segment.ts'

const ids = ['a', 'b', 'c', 'd', 'e', '__proto__']
const keys = ['x', 'y', 'z']

interface Version {
  readonly _id: string
  readonly _deleted: boolean
  readonly keys: readonly string[]
}

const version: fc.Arbitrary<Version> = fc.record({
  _id: fc.constantFrom(...ids),
  _deleted: fc.boolean(),
  keys: fc.array(fc.constantFrom(...keys), { maxLength: 3 }),
})

/** A history of versions, and where it is cut into batches. */
const history = fc.record({ versions: fc.array(version, { maxLength: 60 }), cuts: fc.array(fc.nat({ max: 60 })) })

function batchesOf<T>(items: readonly T[], cuts: readonly number[]): T[][] {
  const bounds = [...new Set([0, ...cuts.filter((cut) => cut < items.length), items.length])].sort((a, b) => a - b)
  return bounds.slice(1).map((end, at) => items.slice(bounds[at], end))
}

/** The latest version of each id. */
function latestOf(versions: readonly Version[]): Map<string, { readonly version: Version; readonly updated: number }> {
  return new Map(versions.map((each, at) => [each._id, { version: each, updated: at + 1 }]))
}

interface IndexSubject {
  /** An index, how it takes a batch that begins after so many versions, and what it answers. */
  readonly make: () => {
    readonly index: DerivedIndex<never>
    readonly batch: (versions: readonly Version[], after: number) => unknown
    readonly answers: () => unknown
  }
  /** What it must answer for a history. */
  readonly expected: (versions: readonly Version[]) => unknown
}

const keyIndex: IndexSubject = {
  make: () => {
    const definition = {
      id: 'k',
      keysOf: (entity: Entity) => (Array.isArray(entity.keys) ? entity.keys.map(String) : []),
    }
    const index = new KeyIndex(definition)
    return {
      index,
      batch: (versions) => versions.map((each) => ({ ...each, keys: [...each.keys] })),
      answers: () => [keys.map((key) => [...index.idsOf(key)]), ids.map((id) => [...index.keysOf(id)].sort())],
    }
  },
  expected: (versions) => {
    const live = [...latestOf(versions).values()].flatMap(({ version: each }) => (each._deleted ? [] : [each]))
    return [
      keys.map((key) => live.flatMap((each) => (each.keys.includes(key) ? [each._id] : [])).sort()),
      ids.map((id) => [...new Set(live.find((each) => each._id === id)?.keys ?? [])].sort()),
    ]
  },
}

const seed = 7

function headOf(versions: readonly Version[], after: number): SegmentHead {
  const count = versions.length
  return {
    log: 1,
    first: after + 1,
    last: after + count,
    characters: count,
    updated: Float64Array.from(versions, (_, at) => after + at + 1),
    ids: Uint32Array.from(versions.flatMap(({ _id }) => [hashId(_id, seed).high, hashId(_id, seed).low])),
    hashes: new Uint32Array(2 * count),
    flags: Uint8Array.from(versions, ({ _deleted }) => (_deleted ? DELETED : 0)),
    times: 0,
  }
}

/** The directory of a log and its id index. */
const log: IndexSubject = {
  make: () => {
    const index = new Log(freshRecord('d', 1, 1, 0, '{}'))
    return {
      index,
      batch: headOf,
      answers: () => {
        const latest = ids.map((id) => index.index.get(hashId(id, seed)))
        return [
          latest.map((known) => known && [known.updated, known.deleted]),
          index.index.size,
          index.index.deletions(),
          index.directory.reduce((sum, { current }) => sum + current, 0),
          index.directory.reduce((sum, { count }) => sum + count, 0),
        ]
      },
    }
  },
  expected: (versions) => {
    const latest = latestOf(versions)
    const known = ids.map((id) => latest.get(id))
    return [
      known.map((each) => (each ? [each.updated, each.version._deleted] : null)),
      latest.size,
      [...latest.values()].filter((each) => each.version._deleted).length,
      latest.size,
      versions.length,
    ]
  },
}

describe.each([
  ['keys of a join', keyIndex],
  ['ids of a log', log],
])('an index of the %s', (_, { make, expected }) => {
  const numbered = (versions: readonly Version[], cuts: readonly number[]) => {
    let after = 0
    return batchesOf(versions, cuts).map((batch) => {
      const from = after
      after += batch.length
      return { batch, from }
    })
  }

  test('answers as its log says, whatever the batches were', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ versions, cuts }) => {
        const { index, batch, answers } = make()
        await applyLog(
          index,
          numbered(versions, cuts).map((each) => batch(each.batch, each.from) as never),
        )
        expect(answers()).toEqual(expected(versions))
      }),
    )
  })

  test('answers in the same way when it is rebuilt, from nothing or from anything else', async () => {
    await fc.assert(
      fc.asyncProperty(history, history, async (before, { versions, cuts }) => {
        const { index, batch, answers } = make()
        await applyLog(
          index,
          numbered(before.versions, before.cuts).map((each) => batch(each.batch, each.from) as never),
        )
        await rebuildIndex(
          index,
          numbered(versions, cuts).map((each) => batch(each.batch, each.from) as never),
        )
        expect(answers()).toEqual(expected(versions))
        index.clear()
        expect(answers()).toEqual(expected([]))
      }),
    )
  })
})
