/** Segments: packed entities are read back unchanged, for any entities and any number of repackings. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentHash } from '../../../../engine-worker/entity/hash.ts'
import { printEntity } from '../../../../engine-worker/entity/transit.ts'
import { type Entity, Float, NI } from '../../../../engine-worker/entity/value.ts'
import { freshRecord, Log, loadedLog } from '../../../../engine-worker/storage/log/log.ts'
import { hashWrite, planWrite } from '../../../../engine-worker/storage/log/plan.ts'
import type { Reader } from '../../../../engine-worker/storage/log/reader.ts'
import {
  entityAt,
  FIELDS_IN_COLUMNS,
  lineAt,
  type PackedSegment,
  packSegments,
  unpackSegment,
} from '../../../../engine-worker/storage/log/segment.ts'
import type { DatasetRecord } from '../../../../engine-worker/storage/log/segment-storage.ts'

const ts = 1_700_000_000_000_000
const limits = { versions: 3, characters: 200 }

/** Segments of entities that are all new, as a commit makes them. */
function packed(entities: readonly Entity[]): readonly PackedSegment[] {
  const record: DatasetRecord = freshRecord('d', 1, 1, 0, '{}')
  const log = loadedLog(new Log(record))
  const hashed = hashWrite({ dataset: 'd', entities }, 7)
  const incoming = hashed.entities.map((_, at) => at)
  const prepared = { log, before: record, hashed, incoming, known: new Map(), unchanged: 0, found: new Map() }
  const reader = {} as Reader // nothing is replaced, so nothing is read
  return planWrite(prepared, { reader, limits, ts, emit: () => undefined }).packed
}

const entitiesOf = (all: readonly PackedSegment[]) =>
  all.flatMap(({ segment }) => Array.from(segment.updated, (_, at) => entityAt(segment, at)))

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constant('~x'),
  fc.constant(new NI('a:b')),
  fc.constant(new Float(2)),
  fc.constant(null),
)
const entity = fc
  .record({
    id: fc.string({ unit: fc.constantFrom('a', '"', '\\', 'é', '\n', '{') }),
    rest: fc.dictionary(fc.constantFrom('name', '_own', '$retract', 'a"b', '1'), value),
    deleted: fc.constantFrom(undefined, true, false),
    idLast: fc.boolean(),
  })
  .map(({ id, rest, deleted, idLast }): Entity => {
    const more = { ...rest, ...(deleted === undefined ? {} : { _deleted: deleted }) }
    return idLast ? { ...more, _id: id } : { _id: id, ...more }
  })

/** The version that the store has to keep, by its definition. */
const expected = (given: Entity, at: number) => ({
  _id: given._id,
  _updated: at + 1,
  _deleted: given._deleted === true,
  _previous: null,
  _hash: contentHash(given),
  _ts: ts,
  ...Object.fromEntries(Object.entries(given).filter(([key]) => !key.startsWith('_'))),
})

describe('segments', () => {
  test('give back every version as it was stamped, as entity and as text', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entity, { selector: ({ _id }) => _id, maxLength: 12 }), (entities) => {
        const all = packed(entities)
        const versions = entities.map(expected)
        expect(entitiesOf(all)).toEqual(versions)
        const lines = all.flatMap(({ segment }) => Array.from(segment.updated, (_, at) => lineAt(segment, at)))
        expect(lines).toEqual(versions.map((version) => printEntity(version as unknown as Entity)))
      }),
    )
  })
  test('may be packed anew in other sizes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entity, { selector: ({ _id }) => _id, maxLength: 12 }), (entities) => {
        const all = packed(entities)
        const rows = all.flatMap(({ segment, head }) => unpackSegment(segment, head))
        const again = packSegments(1, rows, { versions: 5, characters: 1_000 })
        expect(entitiesOf(again)).toEqual(entitiesOf(all))
        expect(again.flatMap(({ head }) => [...head.hashes])).toEqual(all.flatMap(({ head }) => [...head.hashes]))
      }),
    )
  })
  test('of an earlier version, which have every field in the text, are read as they are', () => {
    const [one] = packed([{ _id: 'a', name: 'Åse' }])
    if (!one) throw new Error('nothing was packed')
    const { stamps: _, ...segment } = one.segment
    const text = lineAt(one.segment, 0)
    const old = {
      ...segment,
      text,
      flags: segment.flags.map((flags) => flags & ~FIELDS_IN_COLUMNS),
      offsets: Uint32Array.of(0, text.length + 1),
    }
    expect(entityAt(old, 0)).toEqual(entityAt(one.segment, 0))
    const [again] = packSegments(1, unpackSegment(old, one.head), limits)
    expect(again && entityAt(again.segment, 0)).toEqual(entityAt(one.segment, 0))
    expect(again?.head).toEqual({ ...one.head, flags: old.flags, characters: text.length + 1 })
  })
})
