/** Ways to rewrite one text: what each of them gives. */
import { describe, expect, it } from 'vitest'
import { answers, pieces, rewritings, wordExchanges } from '../../../engine-worker/api/rewritings.ts'
import { compileAlone } from '../../../engine-worker/dtl/compile/compile.ts'
import { makeContext } from '../../../engine-worker/dtl/context.ts'
import { printValue } from '../../../engine-worker/entity/transit.ts'
import type { Json } from '../../../engine-worker/entity/value.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'

const namespaces = { enabled: false, identity: '', property: '', expansions: new Map<string, string>() }

/** What the expressions give for a text, as transit text. */
function resultsOf(make: (value: Json, text: string) => Iterable<Json>, text: string): readonly string[] {
  return [...make('_S.text', text)].map((dtl) => {
    const { expression, problems } = compileAlone(dtl, { namespaces })
    expect(problems).toEqual([])
    return printValue(expression.evaluate({ text }, makeContext({ environment: machine, namespaces }), {}))
  })
}

const withWanted = (make: typeof rewritings, wanted: string) => (value: Json, text: string) => make(value, text, wanted)

describe('a rewritten text', () => {
  it.each([
    ['12-34/5', '12345'],
    ['Ola_Nordmann', 'Ola Nordmann'],
    ['Tromsø.By', 'tromsøby'],
    ['kari', 'Kari'],
  ])('of %s is %s', (text, wanted) => {
    expect(resultsOf(withWanted(rewritings, wanted), text)).toContain(JSON.stringify(wanted))
  })

  it.each([
    ['kr 1 234,50', '"~f1234.50"'],
    ['1.234,5 NOK', '"~f1234.5"'],
    ['- 12 stk', '-12'],
  ])('of %s may be the number %s', (text, number) => {
    expect(resultsOf(withWanted(rewritings, ''), text)).toContain(number)
  })

  it('is no number where a zero in front says that it is a code', () => {
    expect(resultsOf(withWanted(rewritings, ''), '0150 Oslo')).toEqual(['"0150 oslo"'])
  })

  it('loses words that stand beside what is wanted', () => {
    expect(resultsOf(withWanted(wordExchanges, '12'), '12 kg')).toEqual(['"12"'])
    expect(resultsOf(withWanted(wordExchanges, '13'), '12 kg')).toEqual([])
  })
})

describe('a piece of a text', () => {
  it('stands at an end or between signs', () => {
    expect(resultsOf(pieces, 'a, b-c')).toEqual(['"a"', '"b-c"', '"a, b"', '"c"'])
    expect(resultsOf(pieces, 'a.b.c')).toContain('"b"')
  })
})

describe('an answer', () => {
  it('is true for the word that says yes, in any capitals', () => {
    expect(resultsOf(withWanted(answers, 'true'), 'Ja')).toEqual(['true'])
    expect(resultsOf(withWanted(answers, 'false'), 'NEI')).toEqual(['false'])
    expect(resultsOf(withWanted(answers, 'ja'), 'Ja')).toEqual([])
  })

  it('has the zeros of a code again', () => {
    expect(resultsOf(withWanted(answers, '0301'), '301')).toEqual(['"0301"'])
  })
})
