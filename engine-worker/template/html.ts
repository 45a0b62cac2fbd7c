/** HTML escaping and its reverse. */
import { print } from './print.ts'
import type { RenderState } from './state.ts'
import { wordsOf } from './text.ts'
import { type JinjaValue, Markup } from './values.ts'

const escapedSigns: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}

/** The text of a value with the five characters of HTML escaped; what is marked as safe stays. */
export function escapeHtml(value: JinjaValue, state: RenderState): string {
  return value instanceof Markup ? value.text : escapeText(print(value, state), state)
}

/** The text with the five characters of HTML escaped. */
export function escapeText(text: string, state: RenderState): string {
  const escaped = text.replace(/[&<>"']/g, (sign) => escapedSigns[sign] ?? sign)
  state.spendText(escaped.length)
  return escaped
}

/** Names of the characters from U+00A0 on, in their order. */
const latinEntities =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave ' +
  'Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc ' +
  'Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc ' +
  'iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'

const namedEntities = new Map<string, string>([
  ...latinEntities.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    hellip: '…',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
  }),
  ...Object.entries({ rsquo: '’', ldquo: '“', rdquo: '”', bull: '•', euro: '€', trade: '™', larr: '←', rarr: '→' }),
  ...Object.entries({
    sbquo: '‚',
    bdquo: '„',
    dagger: '†',
    Dagger: '‡',
    permil: '‰',
    lsaquo: '‹',
    rsaquo: '›',
    minus: '−',
  }),
  ...Object.entries({
    ensp: '\u2002',
    emsp: '\u2003',
    thinsp: '\u2009',
    zwnj: '\u200c',
    zwj: '\u200d',
    le: '≤',
    ge: '≥',
  }),
  ...Object.entries({
    ne: '≠',
    infin: '∞',
    prime: '′',
    Prime: '″',
    uarr: '↑',
    darr: '↓',
    harr: '↔',
    alpha: 'α',
    beta: 'β',
  }),
  ...Object.entries({ gamma: 'γ', delta: 'δ', pi: 'π', sigma: 'σ', omega: 'ω', Omega: 'Ω', Delta: 'Δ', Sigma: 'Σ' }),
])

/** Characters in the place of HTML's names and numbers for them. */
export function unescapeHtml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,7});?|#([0-9]{1,8});?|([A-Za-z][A-Za-z0-9]{1,31});)/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return namedEntities.get(name) ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      if (code === 0 || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return '\ufffd'
      return String.fromCodePoint(code)
    },
  )
}

export function stripTags(text: string): string {
  const withoutMarked = (open: string, close: string, from: string): string => {
    let result = ''
    let at = 0
    for (;;) {
      const start = from.indexOf(open, at)
      const end = start < 0 ? -1 : from.indexOf(close, start)
      if (end < 0) return result + from.slice(at)
      result += from.slice(at, start)
      at = end + close.length
    }
  }
  return unescapeHtml(wordsOf(withoutMarked('<', '>', withoutMarked('<!--', '-->', text))).join(' '))
}
