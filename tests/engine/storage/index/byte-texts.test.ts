/** Texts that are kept as bytes equal those of a list, across chunks, with any characters, long and empty ones. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteTexts } from '../../../../engine-worker/storage/index/byte-texts.ts'

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 12 }), fc.constant(''))
const longText = fc.integer({ min: 60_000, max: 70_000 }).map((length) => 'å'.repeat(length))

it('gives and compares what a list does', () => {
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 30 }),
      fc.option(longText),
      fc.nat(2500),
      (some, large, count) => {
        const list = Array.from({ length: count + 1 }, (_, at) => `${some[at % some.length]}${at % 7}`)
        if (large !== null) list[Math.floor(count / 2)] = large
        const texts = new ByteTexts()
        for (const each of list) texts.push(each)
        expect([texts.length, texts.characters]).toEqual([list.length, list.join('').length])
        for (const [at, each] of list.entries()) {
          expect(texts.at(at)).toBe(each)
          expect([texts.is(at, each), texts.is(at, `${each}x`), texts.is(at, each.slice(1))]).toEqual([
            true,
            false,
            false,
          ])
          expect(texts.is(at, each.slice(1), 1)).toBe(true)
        }
      },
    ),
    { numRuns: 20 },
  )
})
