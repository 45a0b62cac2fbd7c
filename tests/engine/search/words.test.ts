/** Words of an index: compared without strings, with the words and the order of searchWords and a sort of strings. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortedWords } from '../../../engine-worker/search/index/sorted-words.ts'
import { WordNumbers } from '../../../engine-worker/search/index/word-numbers.ts'
import { searchWords } from '../../../engine-worker/search/search-words.ts'

const letters = fc.constantFrom('a', 'B', 'z', '1', '9', '.', '.', ' ', '-', '@', '_', 'ø', 'Ω', '😀', '\u0301', '\0')
const text = fc.string({ unit: letters, maxLength: 24 })

describe('WordNumbers', () => {
  it('read the words that searchWords gives, each with one number', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), (texts) => {
        const numbers = new WordNumbers()
        const read: number[] = []
        for (const each of texts)
          expect(numbers.read(each, (number) => read.push(number))).toBe(searchWords(each).length)
        const words = numbers.words()
        expect(read.map((number) => words[number])).toEqual(texts.flatMap(searchWords))
        expect(new Set(words).size).toBe(words.length)
      }),
    )
  })

  it('keep apart very many and very long words', () => {
    const numbers = new WordNumbers()
    const all = Array.from({ length: 20_000 }, (_, at) => `w${at}`)
    const long = 'x'.repeat(10_000)
    numbers.read([...all, long, ...all].join(' '), () => {})
    expect(numbers.words()).toEqual([...all, long])
  })
})

describe('sortedWords', () => {
  it('are in the order of their code units', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: letters, minLength: 1, maxLength: 9 })), (words) => {
        const sorted = sortedWords(words)
        expect(sorted.words).toEqual(words.toSorted())
        expect(Array.from(sorted.order, (place) => sorted.words[place])).toEqual(words)
      }),
    )
  })
})
