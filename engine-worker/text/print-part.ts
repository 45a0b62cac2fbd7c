/** A new value for a text that is there already, laid out as that text is. */
import { entriesOf } from '../entity/entries.ts'
import { keysOf, printJson, printScalar } from '../entity/json.ts'
import { Float, isObject, type Json } from '../entity/value.ts'
import { formatNested } from './format.ts'
import { formatPortalAt } from './portal.ts'
import type { TextStyle } from './text-style.ts'

/** Where a value is printed. */
export interface PrintPlace {
  /** White space at the beginning of its line. */
  readonly base: string
  /** Characters before it on its line. */
  readonly column: number
  /** Inside DTL, or outside. */
  readonly context: 'config' | 'step'
  /** The key whose value it is. */
  readonly key: string | null
}

/** The text of a value; lines after the first begin with the place's indentation. */
export function printPart(value: Json, place: PrintPlace, style: TextStyle): string {
  const text = printInLayout(value, place, style)
  const escaped = style.ascii ? text.replace(/[\u0080-\uffff]/g, escapeOf) : text
  return style.newline === '\n' ? escaped : escaped.replaceAll('\n', style.newline)
}

function printInLayout(value: Json, place: PrintPlace, style: TextStyle): string {
  const { base, column, context, key } = place
  switch (style.layout) {
    case 'line':
      return printOneLine(value, style)
    case 'expanded':
      return printExpanded(value, base, style)
    case 'portal':
      return reindent(formatPortalAt(value, 0, keysOf), 0, base, style.indent)
    default: {
      const indent = style.indent === '' ? 0 : 2 * Math.round(base.length / style.indent.length)
      const printed = formatNested(value, { indent, column: column - base.length + indent, context, key })
      return reindent(printed, indent, base, style.indent)
    }
  }
}

/** Lines that were printed with two spaces a level below `indent`, with the indentation of the text around them. */
function reindent(text: string, indent: number, base: string, level: string): string {
  const [first = '', ...rest] = text.split('\n')
  const lines = rest.map((line) => {
    const spaces = line.length - line.trimStart().length
    return base + level.repeat(Math.max(0, spaces - indent) / 2) + line.trimStart()
  })
  return [first, ...lines].join('\n')
}

function printOneLine(value: Json, style: TextStyle): string {
  if (Array.isArray(value)) return `[${value.map((item) => printOneLine(item, style)).join(style.comma)}]`
  if (!isObject(value)) return printJson(value)
  const members = entriesOf(value).map(([key, item]) => printJson(key) + style.colon + printOneLine(item, style))
  return `{${members.join(style.comma)}}`
}

function printExpanded(value: Json, base: string, style: TextStyle): string {
  if (typeof value !== 'object' || value === null || value instanceof Float) return printScalar(value)
  const inner = base + style.indent
  const items = Array.isArray(value)
    ? value.map((item) => printExpanded(item, inner, style))
    : entriesOf(value).map(([key, item]) => printJson(key) + style.colon + printExpanded(item, inner, style))
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return items.length === 0
    ? open + close
    : `${open}\n${items.map((item) => inner + item).join(',\n')}\n${base}${close}`
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
