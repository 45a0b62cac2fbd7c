/** Cells that a spreadsheet would run as formulas become texts; other cells are unchanged. */
import fc from 'fast-check'
import { parse } from 'papaparse'
import { describe, expect, it } from 'vitest'
import { withoutFormulas } from '../../../app/data/csv-formulas.ts'

describe('CSV for spreadsheets', () => {
  it('has no formulas, keeps numbers, separators and line ends', () => {
    const text = 'a;b\r\n=1+1;-5\r\n@x;+47 12\r\n"=cmd|""/c x""!A1";-1,5\r\n-2+3;plain\r\n'
    expect(withoutFormulas(text)).toBe(
      'a;b\r\n\'=1+1;-5\r\n\'@x;+47 12\r\n"\'=cmd|""/c x""!A1";-1,5\r\n\'-2+3;plain\r\n',
    )
  })

  it('has no cell that begins as a formula, and all others are as they were', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('=A1', '-x', '+', '\t=1', '-12', '@sum', 'a,b', 'x\ny', '"'))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.constant('end')), { minLength: 1 }), (rows) => {
        const text = [
          'head,second,third',
          ...rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')),
        ].join('\n')
        const before = parse<string[]>(text, { delimiter: ',' }).data
        const after = parse<string[]>(withoutFormulas(text), { delimiter: ',' }).data
        expect(after.length).toBe(before.length)
        for (const [index, row] of before.entries()) {
          for (const [column, was] of row.entries()) {
            const is = after[index]?.[column] ?? ''
            expect([was, `'${was}`]).toContain(is)
            expect(is).not.toMatch(/^[=@]/)
          }
        }
      }),
    )
  })
})
