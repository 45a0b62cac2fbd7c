/** Ways to rewrite one text that people ask for by example and that no single call gives, as an amount or one of its pieces. */
import { rewriteCalls as call, equalityCall } from '../dtl/syntax.ts'
import type { Json } from '../entity/value.ts'

const yesAndNo = [
  ['ja', 'nei'],
  ['yes', 'no'],
  ['sant', 'usant'],
  ['j', 'n'],
  ['y', 'n'],
] as const

/** Whether a text that says yes or no says yes, and a number with the zeros in front that it had. */
export function* answers(value: Json, text: string, wanted: string): Generator<Json> {
  const answer = text.trim().toLowerCase()
  const pair = yesAndNo.find(([yes, no]) => answer === yes || answer === no)
  if (pair && /^(true|false)$/.test(wanted)) yield equalityCall(call.lower(value), pair[0])
  if (/^0\d+$/.test(wanted) && wanted.endsWith(answer)) yield call.padded(wanted.length, value)
}

/** Expressions that rewrite a text; `value` gives the text, `wanted` is what was typed. */
export function* rewritings(value: Json, text: string, wanted: string): Generator<Json> {
  for (const [before, told] of [
    [text, value],
    [text.toLowerCase(), call.lower(value)],
  ] as const)
    yield* exchanges(told, before, wanted, /[^\p{L}\d]/gu)
  yield* amounts(value, text)
  if (text.length > 1) yield call.capitalised(value)
}

/** Words of a text that are taken away with its signs: currencies and units, which stand in most values alike. */
export function wordExchanges(value: Json, text: string, wanted: string): Generator<Json> {
  return exchanges(value, text, wanted, /\p{L}+|[^\p{L}\d]/gu)
}

/** Pieces of a text between signs that are in it. */
export function* pieces(value: Json, text: string): Generator<Json> {
  for (const sign of new Set(text.match(/, |[^\p{L}\d]/gu) ?? [])) {
    yield call.piece('first', sign, value)
    yield call.piece('last', sign, value)
    const parts = text.split(sign).length
    for (let at = 1; at < Math.min(parts - 1, 4); at++) yield call.piece(at, sign, value)
  }
}

/** Numbers with a currency, thousand separators and a decimal sign of their own. */
function* amounts(value: Json, text: string): Generator<Json> {
  const number = /\d(?:[\d\s.,']*\d)?/.exec(text)?.[0]
  if (number === undefined) return
  const decimal = /[.,](?=\d{1,2}$)/.exec(number)?.[0] ?? ''
  const swaps = new Map<string, string>()
  for (const sign of new Set(text.match(/\p{L}+|[^\p{L}\d]/gu) ?? [])) {
    if (sign !== decimal) {
      if (!(/^[+-]$/.test(sign) && text.startsWith(sign))) swaps.set(sign, '')
    } else if (sign === ',') swaps.set(sign, '.')
  }
  // Words are units: kr, NOK, stk. A number with a zero in front is a code.
  if (swaps.size === 0 || /^0\d/.test(number) || [...swaps.keys()].some((sign) => sign.length > 3)) return
  // Other entities may have thousands, or hundredths, where this one has none.
  const more = new Map([...(decimal === '' ? [[',', '.'] as const] : []), ...swaps, [' ', '']])
  for (const each of [swaps, more]) {
    if (decimal === '') yield call.integer(call.replaced(each, value))
    yield call.decimal(call.replaced(each, value))
  }
}

/** Signs that are taken away, or one sign that becomes another. */
function* exchanges(value: Json, text: string, wanted: string, signs: RegExp): Generator<Json> {
  const signsOf = (of: string) => new Set(of.match(signs) ?? [])
  const kept = signsOf(wanted)
  const gone = [...signsOf(text)].filter((sign) => !kept.has(sign))
  const without = gone.reduce((rest, sign) => rest.replaceAll(sign, ''), text)
  if (gone.length > 0 && without === wanted) yield call.replaced(new Map(gone.map((sign) => [sign, ''])), value)
  const [one, ...others] = gone
  const [other, ...more] = [...kept].filter((sign) => !signsOf(text).has(sign))
  if (one === undefined || other === undefined || others.length + more.length > 0) return
  if (/\p{L}/u.test(one + other)) return
  if (text.replaceAll(one, other) === wanted) yield call.replaced(new Map([[one, other]]), value)
}
