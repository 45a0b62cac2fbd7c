/** Takes the text of a template apart: plain text, and the tokens inside `{{ … }}` and `{% … %}`. */

import { integer } from '../entity/value.ts'
import { TemplateError } from './error.ts'

export type TemplateTokenType =
  | 'data'
  | 'begin'
  | 'end'
  | 'print'
  | 'name'
  | 'string'
  | 'number'
  | 'float'
  | 'operator'
  | 'eof'

/**
 * One token. `begin` opens a statement and `print` an output; both are closed by `end`. A number that is written as a
 * float keeps its text, since `1.0` is no integer.
 */
export interface TemplateToken {
  readonly type: TemplateTokenType
  readonly value: string
  /** Counted from 1. */
  readonly line: number
  readonly number?: number | bigint
}

const opening = /\{(?:\{|%|#)[-+]?/g
const floatPattern = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy
const integerPattern = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy
const namePattern = /[\p{L}\p{Nl}\p{Nd}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy
const stringPattern = /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"/sy
const operatorPattern = /\*\*|\/\/|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y
const whitePattern = /\s+/y
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** The tokens of a template. Line ends become `\n`, and one at the very end is left out, as in Jinja. */
export function tokenize(source: string): TemplateToken[] {
  return new Lexer(source.replace(/\r\n?/g, '\n').replace(/\n$/, '')).tokens()
}

class Lexer {
  private readonly found: TemplateToken[] = []
  private at = 0
  private line = 1
  private counted = 0

  constructor(private readonly source: string) {}

  tokens(): TemplateToken[] {
    while (this.at < this.source.length) this.next()
    this.push('eof', '')
    return this.found
  }

  /** The text up to the next opening, and what it opens. */
  private next(): void {
    opening.lastIndex = this.at
    const match = opening.exec(this.source)
    if (!match) {
      this.text(this.source.slice(this.at))
      this.at = this.source.length
      return
    }
    const open = match[0]
    const before = this.source.slice(this.at, match.index)
    const raw = open.startsWith('{%')
      ? matchAt(/\{%[-+]?\s*raw\s*(?:-%\}\s*|%\}|\+%\})/y, this.source, match.index)
      : null
    this.text(open.endsWith('-') ? before.trimEnd() : before)
    this.at = match.index
    if (raw !== null) this.raw(raw)
    else if (open.startsWith('{#')) this.comment()
    else this.expression(open)
  }

  private raw(begin: string): void {
    const start = this.at + begin.length
    const close = /\{%([-+]?)\s*endraw\s*(?:-%\}\s*|\+?%\})/g
    close.lastIndex = start
    const match = close.exec(this.source)
    if (!match) throw this.error('Missing end of raw directive')
    const body = this.source.slice(start, match.index)
    this.at = start
    this.text(match[1] === '-' ? body.trimEnd() : body)
    this.at = match.index + match[0].length
  }

  private comment(): void {
    const close = /(?:\+|-)?#\}/g
    close.lastIndex = this.at + 2
    const match = close.exec(this.source)
    if (!match) throw this.error('Missing end of comment tag')
    this.at = match.index + match[0].length
    if (match[0].startsWith('-')) this.skipWhite()
  }

  /** The tokens of a statement or an output up to its end; brackets keep `}}` from ending it. */
  private expression(open: string): void {
    const statement = open.startsWith('{%')
    this.push(statement ? 'begin' : 'print', open)
    this.at += open.length
    const close = statement ? /-%\}|\+?%\}/y : /-?\}\}/y
    const brackets: string[] = []
    while (this.at < this.source.length) {
      const end = brackets.length === 0 ? matchAt(close, this.source, this.at) : null
      if (end !== null) {
        this.push('end', end)
        this.at += end.length
        if (end.startsWith('-')) this.skipWhite()
        return
      }
      this.token(brackets)
    }
    this.push('eof', '')
  }

  private token(brackets: string[]): void {
    const take = (pattern: RegExp) => matchAt(pattern, this.source, this.at)
    const white = take(whitePattern)
    if (white !== null) {
      this.at += white.length
      return
    }
    const float = this.source[this.at - 1] === '.' ? null : take(floatPattern)
    const whole = float === null ? take(integerPattern) : null
    const name = float === null && whole === null ? take(namePattern) : null
    const text = take(stringPattern)
    const sign = take(operatorPattern)
    if (float !== null) this.push('float', float, Number(float.replaceAll('_', '')))
    else if (whole !== null)
      this.push('number', whole, integer(BigInt(whole.replaceAll('_', '').replace(/^0+(?=0)/, ''))))
    else if (name !== null) this.push('name', name)
    else if (text !== null) this.push('string', unescaped(text.slice(1, -1)))
    else if (sign !== null) {
      if ('([{'.includes(sign)) brackets.push(sign)
      else if (sign in pairs && brackets.pop() !== pairs[sign]) throw this.error(`unexpected '${sign}'`)
      this.push('operator', sign)
    } else throw this.error(`unexpected char '${this.source[this.at]}' at ${this.at}`)
    this.at += (float ?? whole ?? name ?? text ?? sign ?? ' ').length
  }

  private text(text: string): void {
    if (text !== '') this.push('data', text)
  }

  private skipWhite(): void {
    this.at += matchAt(whitePattern, this.source, this.at)?.length ?? 0
  }

  private push(type: TemplateTokenType, value: string, number?: number | bigint): void {
    this.found.push({ type, value, line: this.lineHere(), ...(number === undefined ? {} : { number }) })
  }

  private lineHere(): number {
    for (; this.counted < this.at; this.counted++) if (this.source[this.counted] === '\n') this.line++
    return this.line
  }

  private error(message: string): TemplateError {
    return new TemplateError('TemplateSyntaxError', message, this.lineHere())
  }
}

function matchAt(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? null
}

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
}
const escaping = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g

/** A text with Python's escapes resolved. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(escaping, (whole, x, u, long, octal, sign: string | undefined) => {
    const code = x ?? u ?? long
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
    if (code !== undefined) {
      const number = Number.parseInt(code, 16)
      if (number > 0x10ffff) throw new TemplateError('TemplateSyntaxError', 'illegal Unicode character')
      return String.fromCodePoint(number)
    }
    if (sign !== undefined && 'xuUN'.includes(sign))
      throw new TemplateError('TemplateSyntaxError', `truncated \\${sign} escape`)
    return simple[sign ?? ''] ?? whole
  })
}
