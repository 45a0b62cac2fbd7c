/** Entities that engines send each other come as they went, whatever they hold; the text is plain JSON where that will do. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contentHash } from '../../../../engine-worker/entity/hash.ts'
import { printEntity } from '../../../../engine-worker/entity/transit.ts'
import { type Entity, Float, URI } from '../../../../engine-worker/entity/value.ts'
import { printSent, readSent } from '../../../../engine-worker/run/engines/sent-entities.ts'
import { anyEntity } from '../../entity/arbitrary.ts'

it('entities come as they went', () => {
  fc.assert(
    fc.property(fc.array(anyEntity, { maxLength: 4 }), (entities) => {
      const before = entities.map(printEntity)
      const sent = readSent(printSent(entities))
      expect(sent.map(printEntity)).toEqual(before)
      expect(sent.map(contentHash)).toEqual(entities.map(contentHash))
      expect(entities.map(printEntity)).toEqual(before)
    }),
  )
})

it('what begins with a mark stays a text, and floats stay what they are', () => {
  const texts = ['~', '~~', '~#1', '~.1', '~rhttp://a/', '~:a:b', '~t2020-01-01']
  const floats = [1, 0, -0, 1e300, Number.POSITIVE_INFINITY, Number.NaN].map((value) => new Float(value))
  const entities = [{ _id: '~a', texts, floats, deep: [{ big: 2n ** 70n, uri: new URI('http://b/') }] }]
  expect(readSent(printSent(entities))).toEqual(entities)
})

it('plain entities are plain JSON, others a marked text', () => {
  const plain: Entity[] = [{ _id: 'a', n: 1, list: [null, true, 'x'] }, { _id: 'b' }]
  expect(printSent(plain)).toBe(JSON.stringify(plain))
  expect(printSent([...plain, { _id: 'c', n: 10n ** 20n }])).toMatch(/^~\[/)
  expect(readSent(printSent([]))).toEqual([])
})
