/** Filters on texts. */
import { truth } from '../compare.ts'
import { TemplateError, typeError } from '../error.ts'
import { escapeHtml, escapeText, stripTags } from '../html.ts'
import { itemsOf, iterate, sizeOf } from '../iterate.ts'
import { anyText, indexOr, likeText, needText, optionalText } from '../methods/arguments.ts'
import { replaceText } from '../methods/text.ts'
import { asIndex } from '../numbers.ts'
import { formatPercent } from '../percent-format.ts'
import { print } from '../print.ts'
import { type Routine, requiredArgument, routine } from '../routine.ts'
import type { RenderState } from '../state.ts'
import { capitalized, charactersOf, lengthOf, linesOf, strip, subText, wordsOf } from '../text.ts'
import { toJson } from '../to-json.ts'
import { linked } from '../urlize.ts'
import { type JinjaValue, Markup, PyDict, PyObject, PyTuple, stringOf, Undefined } from '../values.ts'
import { wrapLine } from '../wrap.ts'

/** A filter that changes the text of any value. */
function textFilter(name: string, change: (text: string, state: RenderState) => string): Routine {
  return routine({
    name,
    takes: {},
    run: (state, value) => likeText(value, change(anyText(value, state), state), state),
  })
}

const WORD_START = /([-\s({[<]+)/

function titleText(text: string): string {
  return text
    .split(WORD_START)
    .filter((part) => part !== '')
    .map((part) => {
      const [first = '', ...rest] = charactersOf(part)
      return first.toUpperCase() + rest.join('').toLowerCase()
    })
    .join('')
}

/** Percent encoding of everything but letters, digits and `_.-~`. */
function percentEncode(value: JinjaValue, state: RenderState, query: boolean): string {
  const encoded = encodeURIComponent(anyText(value, state).replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  state.spendText(encoded.length)
  return query ? encoded.replaceAll('%20', '+') : encoded.replaceAll('%2F', '/')
}

function urlEncode(value: JinjaValue, state: RenderState): string {
  const isList = value instanceof PyObject && stringOf(value) === undefined && value.iterate() !== null
  if (value instanceof Undefined) value.fail()
  if (!isList) return percentEncode(value, state, false)
  const pairs = value instanceof PyDict ? value.pairs() : [...iterate(value, state)].map((pair) => itemsOf(pair, state))
  return pairs
    .map((pair) => {
      const [key, item] = pair
      if (key === undefined || item === undefined || pair.length !== 2)
        throw typeError('pairs of key and value are needed')
      return `${percentEncode(key, state, true)}=${percentEncode(item, state, true)}`
    })
    .join('&')
}

function indentText(
  value: JinjaValue,
  state: RenderState,
  width: JinjaValue,
  first: JinjaValue,
  blank: JinjaValue,
): string {
  const space = stringOf(width) ?? ' '.repeat(Math.max(0, Math.min(asIndex(width), 1_000_000)))
  const lines = linesOf(`${needText(value)}\n`)
  state.spendText(needText(value).length + space.length * lines.length)
  const [head = '', ...rest] = lines
  const indented = rest.map((line) => (line !== '' || truth(blank) ? space + line : line))
  return (truth(first) ? space : '') + [head, ...indented].join('\n')
}

interface Truncation {
  readonly length: number
  /** How much longer a text may be without being cut. */
  readonly leeway: number
}

function checkTruncation({ length, leeway }: Truncation, end: number): void {
  if (length < end) throw new TemplateError('TemplateRuntimeError', `expected length >= ${end}, got ${length}`)
  if (leeway < 0) throw new TemplateError('TemplateRuntimeError', `expected leeway >= 0, got ${leeway}`)
}

/** The beginning of a text, up to a whole word unless words may be cut. */
function truncateText(text: string, length: number, killWords: boolean): string {
  const cut = subText(text, 0, length)
  const at = killWords ? -1 : cut.lastIndexOf(' ')
  return at < 0 ? cut : cut.slice(0, at)
}

export const textFilters: readonly Routine[] = [
  textFilter('upper', (text) => text.toUpperCase()),
  textFilter('lower', (text) => text.toLowerCase()),
  textFilter('capitalize', capitalized),
  routine({ name: 'title', takes: {}, run: (state, value) => titleText(anyText(value, state)) }),
  routine({
    name: 'trim',
    takes: { chars: null },
    run: (state, value, chars = null) =>
      likeText(value, strip(anyText(value, state), optionalText(chars), 'both'), state),
  }),
  routine({
    name: 'center',
    takes: { width: 80 },
    run: (state, value, width = 80) => {
      const text = anyText(value, state)
      const missing = Math.max(0, asIndex(width) - lengthOf(text))
      state.spendText(missing)
      const left = Math.floor(missing / 2) + (missing & asIndex(width) & 1)
      return likeText(value, ' '.repeat(left) + text + ' '.repeat(missing - left), state)
    },
  }),
  routine({
    name: 'replace',
    takes: { old: requiredArgument, new: requiredArgument, count: null },
    run: (state, value, old = '', by = '', count = null) =>
      replaceText(print(value, state), print(old, state), print(by, state), indexOr(count, -1), state),
  }),
  routine({
    name: 'truncate',
    takes: { length: 255, killwords: false, end: '...', leeway: null },
    run: (state, value, length = 255, killWords = false, end = '...', leeway = null) => {
      const text = stringOf(value)
      const most = { length: asIndex(length), leeway: indexOr(leeway, 5) }
      const tail = needText(end)
      checkTruncation(most, lengthOf(tail))
      if (sizeOf(value) <= most.length + most.leeway) return value
      return likeText(
        value,
        truncateText(text ?? needText(value), most.length - lengthOf(tail), truth(killWords)) + tail,
        state,
      )
    },
  }),
  routine({
    name: 'wordwrap',
    takes: { width: 79, break_long_words: true, wrapstring: null, break_on_hyphens: true },
    run: (state, value, width = 79, long = true, wrapstring = null, hyphens = true) => {
      const between = optionalText(wrapstring) ?? '\n'
      const options = { width: asIndex(width), breakLong: truth(long), breakHyphens: truth(hyphens) }
      const lines = linesOf(needText(value)).map((line) => wrapLine(line, options, state).join(between))
      const text = lines.join(between)
      state.spendText(text.length)
      return text
    },
  }),
  routine({
    name: 'wordcount',
    takes: {},
    run: (state, value) => anyText(value, state).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0,
  }),
  routine({
    name: 'indent',
    takes: { width: 4, first: false, blank: false },
    run: (state, value, width = 4, first = false, blank = false) =>
      likeText(value, indentText(value, state, width, first, blank), state),
  }),
  routine({
    name: 'format',
    variadic: (state, value, { positional, named }) => {
      if (positional.length > 0 && named.size > 0)
        throw new TemplateError(
          'TemplateRuntimeError',
          "can't handle positional and keyword arguments at the same time",
        )
      const values = named.size === 0 ? new PyTuple(positional) : new PyDict()
      if (values instanceof PyDict) for (const [name, item] of named) values.set(name, item)
      const escaping = value instanceof Markup ? escapeHtml : undefined
      return likeText(value, formatPercent(anyText(value, state), values, state, escaping), state)
    },
  }),
  routine({ name: 'urlencode', takes: {}, run: (state, value) => urlEncode(value, state) }),
  routine({
    name: 'urlize',
    takes: { trim_url_limit: null, nofollow: false, target: null, rel: null, extra_schemes: null },
    run: (state, value, limit = null, nofollow = false, target = null, rel = null, schemes = null) => {
      const text = linked(escapeHtml(value, state), {
        limit: limit === null ? null : asIndex(limit),
        rel: relOf(optionalText(rel) ?? '', truth(nofollow)),
        target: optionalText(target) ?? '',
        schemes: schemes === null ? [] : itemsOf(schemes, state).map((scheme) => needText(scheme)),
        escaping: (each) => escapeText(each, state),
      })
      return state.autoescape ? new Markup(text) : text
    },
  }),
  routine({
    name: 'escape',
    alias: ['e'],
    takes: {},
    run: (state, value) => (value instanceof Markup ? value : new Markup(escapeHtml(value, state))),
  }),
  routine({
    name: 'forceescape',
    takes: {},
    run: (state, value) => new Markup(escapeText(print(value, state), state)),
  }),
  routine({ name: 'safe', takes: {}, run: (state, value) => new Markup(print(value, state)) }),
  routine({ name: 'striptags', takes: {}, run: (state, value) => stripTags(print(value, state)) }),
  routine({
    name: 'tojson',
    takes: { indent: null },
    run: (state, value, by = null) => new Markup(toJson(value, by, state)),
  }),
]

function relOf(rel: string, nofollow: boolean): string {
  return [...new Set([...wordsOf(rel), ...(nofollow ? ['nofollow'] : []), 'noopener'])].sort().join(' ')
}
