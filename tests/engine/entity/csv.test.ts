import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvReader, guessDelimiter } from '../../../engine-worker/entity/csv.ts'
import { plainCsvRows } from '../../support/csv-rows.ts'

function rowsOf(text: string, piece: number, delimiter = ';') {
  const reader = new CsvReader(delimiter)
  const rows: string[][] = []
  for (let at = 0; at < text.length; at += piece) rows.push(...reader.push(text.slice(at, at + piece), false))
  rows.push(...reader.push('', true))
  return { rows, isOpen: reader.endsInQuotes }
}

const csvText = fc.string({
  unit: fc.constantFrom('a', '"', '"', ';', ' ', '\n', '\r\n', '\r', 'ø', '""', ';"', '";', '"\r\n"'),
  maxLength: 40,
})

describe('CSV', () => {
  it('of any characters, in pieces of any size, has the rows that reading character by character gives', () => {
    fc.assert(
      fc.property(csvText, fc.integer({ min: 1, max: 12 }), (text, piece) => {
        const wanted = plainCsvRows(text, ';')
        expect(rowsOf(text, 1000).rows).toEqual(wanted)
        expect(rowsOf(text, piece).rows).toEqual(wanted)
      }),
      { numRuns: 3000 },
    )
  })

  it('may mix line ends, in rows and in quoted fields', () => {
    const { rows } = rowsOf('id;n\r\n1;a\n2;"b\nb"\r\n3;"c\r\nc"\n4;d\r5;e', 1000)
    expect(rows).toEqual([
      ['id', 'n'],
      ['1', 'a'],
      ['2', 'b\nb'],
      ['3', 'c\r\nc'],
      ['4', 'd'],
      ['5', 'e'],
    ])
  })

  it('keeps what stands behind a closing quote, and goes on with the next row', () => {
    expect(rowsOf('1;"5" pipe\n2;"6" ;x\n3;y', 1000).rows).toEqual([
      ['1', '5 pipe'],
      ['2', '6', 'x'],
      ['3', 'y'],
    ])
  })

  it('says when a quote is never closed', () => {
    expect(rowsOf('1;a\n2;"b\n3;c', 4)).toEqual({
      rows: [
        ['1', 'a'],
        ['2', 'b\n3;c'],
      ],
      isOpen: true,
    })
    expect(rowsOf('1;a\n2;"b"', 4).isOpen).toBe(false)
  })

  it('has delimiters of several characters, and never one that ends rows', () => {
    expect(rowsOf('a||b|c\nd', 2, '||').rows).toEqual([['a', 'b|c'], ['d']])
    expect(rowsOf('a,b\nc', 2, '\n').rows).toEqual([['a', 'b'], ['c']])
    expect(guessDelimiter('a;b;c\r\n1;2,5;3\n')).toBe(';')
    expect(guessDelimiter('id\tn\n1\t"a\tb"\n')).toBe('\t')
    expect(guessDelimiter('id;n\r\n1;2\r\n\r\n')).toBe(';')
  })
})
