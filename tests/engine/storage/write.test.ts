/** The steps before entities are appended to a dataset. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkedReplacements,
  givenOffset,
  lastOfEach,
  limitSize,
  nextGeneration,
} from '../../../engine-worker/storage/write.ts'

const problemOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return Reflect.get(Object(error), 'problem')
  }
  return null
}

describe('a write', () => {
  test('keeps the last entity of each _id, in the order of those', () => {
    const entity = fc.record({ _id: fc.constantFrom('a', 'b', 'c', '__proto__'), n: fc.nat() })
    fc.assert(
      fc.property(fc.array(entity), (entities) => {
        const last = entities.filter((each, at) => !entities.slice(at + 1).some(({ _id }) => _id === each._id))
        expect(lastOfEach('d', entities)).toEqual(last)
      }),
    )
  })

  test('refuses entities whose _id is not text, and says what it is', () => {
    expect(problemOf(() => lastOfEach('d', [{ n: 1 }]))).toMatchObject({
      code: 'entity-without-id',
      facts: { kind: 'null' },
    })
    expect(problemOf(() => lastOfEach('d', [{ _id: 1 }]))).toMatchObject({ facts: { dataset: 'd', kind: 'integer' } })
  })

  test('counts bytes, not characters, where a sink limits the size', () => {
    const writeWithLimit = (maxEntityBytes: number) => ({ dataset: 'd', entities: [], maxEntityBytes })
    expect(problemOf(() => limitSize(writeWithLimit(6), 'a', 'ååå'))).toBeNull()
    expect(problemOf(() => limitSize(writeWithLimit(5), 'a', 'ååå'))).toMatchObject({
      code: 'entity-too-large',
      facts: { bytes: 6, limit: 5 },
      where: { entity: 'a' },
    })
    expect(problemOf(() => limitSize({ dataset: 'd', entities: [] }, 'a', 'x'.repeat(100)))).toBeNull()
  })

  test('takes sequence numbers along for a replicated dataset only', () => {
    const write = { dataset: 'd', entities: [] }
    expect(givenOffset({ ...write, givenOffsets: true }, { _id: 'a', _updated: 7 })).toBe(7)
    expect(givenOffset({ ...write, givenOffsets: true }, { _id: 'a', _updated: 1.5 })).toBeNull()
    expect(givenOffset({ ...write, givenOffsets: true }, { _id: 'a' })).toBeNull()
    expect(givenOffset(write, { _id: 'a', _updated: 7 })).toBeNull()
  })

  test('replaces a dataset in one way only', () => {
    const replace = [{ dataset: 'a', by: 'b' }]
    expect(checkedReplacements({ replace })).toEqual(replace)
    expect(checkedReplacements({})).toEqual([])
    expect(() => checkedReplacements({ replace, reset: ['a'] })).toThrow(/a and changes it in another way/)
    expect(() => checkedReplacements({ replace, remove: ['b'] })).toThrow(/b/)
    expect(() => checkedReplacements({ replace: [...replace, { dataset: 'c', by: 'a' }] })).toThrow(/a/)
  })

  test('gives a dataset that replaces another a generation that neither had', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        const next = nextGeneration({ generation: one }, { generation: other })
        expect(next).toBeGreaterThan(Math.max(one, other))
        expect(nextGeneration(undefined, { generation: other })).toBeGreaterThan(other)
      }),
    )
  })
})
