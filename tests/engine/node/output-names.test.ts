import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outputNames } from '../../../engine-worker/node/output-names.ts'

const codes = (names: readonly string[]) => outputNames('d', names).problems.map(({ code }) => code)
const paths = (names: readonly string[]) => [...outputNames('d', names).paths.values()].sort()

describe('names of output files', () => {
  it('gives names with slashes a file of their own, and says so', () => {
    expect(paths(['a\\b', 'a/b', 'a_b'])).toEqual(['d/a_b', 'd/a_b-2', 'd/a_b-3'])
    expect(outputNames('d', ['a\\b', 'a_b']).paths.get('a_b')).toBe('d/a_b')
    expect(codes(['a\\b', 'a_b'])).toEqual(['name-written-otherwise'])
    expect(paths(['Å', 'å', 'A\u030a'])).toEqual(['d/A\u030a-3', 'd/Å', 'd/å-2'])
  })

  it('names what cannot be a file', () => {
    expect(
      codes(['', 'a\0b', 'a\nb', '\ud800', 'x'.repeat(250), 'ø'.repeat(101), 'x'.repeat(200), '..', 'a b']),
    ).toEqual(Array(6).fill('name-not-a-file'))
  })

  it('never gives two names one file, and loses none without a word', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'A', '_', '/', '\\', '.', '-', '\0'), maxLength: 4 })),
        (names) => {
          const { paths, problems } = outputNames('d', names)
          const folded = new Set([...paths.values()].map((path) => path.toLowerCase()))
          expect(folded.size).toBe(paths.size)
          expect(problems.filter(({ severity }) => severity === 'error').length).toBe(names.length - paths.size)
          for (const path of paths.values()) expect(path.split('/').length).toBe(2)
        },
      ),
    )
  })
})
