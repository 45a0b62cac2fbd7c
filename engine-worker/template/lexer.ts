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

const openingPattern = /\{(?:\{|%|#)[-+]?/g
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
  private readonly foundTokens: TemplateToken[] = []
  private at = 0
  private line = 1
  private countedTo = 0

  constructor(private readonly source: string) {}

  tokens(): TemplateToken[] {
    while (this.at < this.source.length) this.readNext()
    this.pushToken('eof', '')
    return this.foundTokens
  }

  /** The text up to the next opening, and what it opens. */
  private readNext(): void {
    openingPattern.lastIndex = this.at
    const match = openingPattern.exec(this.source)
    if (!match) {
      this.pushText(this.source.slice(this.at))
      this.at = this.source.length
      return
    }
    const open = match[0]
    const before = this.source.slice(this.at, match.index)
    const raw = open.startsWith('{%')
      ? matchAt(/\{%[-+]?\s*raw\s*(?:-%\}\s*|%\}|\+%\})/y, this.source, match.index)
      : null
    this.pushText(open.endsWith('-') ? before.trimEnd() : before)
    this.at = match.index
    if (raw !== null) this.readRaw(raw)
    else if (open.startsWith('{#')) this.skipComment()
    else this.readExpression(open)
  }

  private readRaw(begin: string): void {
    const start = this.at + begin.length
    const close = /\{%([-+]?)\s*endraw\s*(?:-%\}\s*|\+?%\})/g
    close.lastIndex = start
    const match = close.exec(this.source)
    if (!match) throw this.syntaxError('Missing end of raw directive')
    const body = this.source.slice(start, match.index)
    this.at = start
    this.pushText(match[1] === '-' ? body.trimEnd() : body)
    this.at = match.index + match[0].length
  }

  private skipComment(): void {
    const close = /(?:\+|-)?#\}/g
    close.lastIndex = this.at + 2
    const match = close.exec(this.source)
    if (!match) throw this.syntaxError('Missing end of comment tag')
    this.at = match.index + match[0].length
    if (match[0].startsWith('-')) this.skipWhite()
  }

  /** The tokens of a statement or an output up to its end; brackets keep `}}` from ending it. */
  private readExpression(open: string): void {
    const statement = open.startsWith('{%')
    this.pushToken(statement ? 'begin' : 'print', open)
    this.at += open.length
    const close = statement ? /-%\}|\+?%\}/y : /-?\}\}/y
    const brackets: string[] = []
    while (this.at < this.source.length) {
      const end = brackets.length === 0 ? matchAt(close, this.source, this.at) : null
      if (end !== null) {
        this.pushToken('end', end)
        this.at += end.length
        if (end.startsWith('-')) this.skipWhite()
        return
      }
      this.readToken(brackets)
    }
    this.pushToken('eof', '')
  }

  private readToken(brackets: string[]): void {
    const matchHere = (pattern: RegExp) => matchAt(pattern, this.source, this.at)
    const white = matchHere(whitePattern)
    if (white !== null) {
      this.at += white.length
      return
    }
    const float = this.source[this.at - 1] === '.' ? null : matchHere(floatPattern)
    const whole = float === null ? matchHere(integerPattern) : null
    const name = float === null && whole === null ? matchHere(namePattern) : null
    const text = matchHere(stringPattern)
    const sign = matchHere(operatorPattern)
    if (float !== null) this.pushToken('float', float, Number(float.replaceAll('_', '')))
    else if (whole !== null)
      this.pushToken('number', whole, integer(BigInt(whole.replaceAll('_', '').replace(/^0+(?=0)/, ''))))
    else if (name !== null) this.pushToken('name', name)
    else if (text !== null) this.pushToken('string', unescapeText(text.slice(1, -1)))
    else if (sign !== null) {
      if ('([{'.includes(sign)) brackets.push(sign)
      else if (sign in pairs && brackets.pop() !== pairs[sign]) throw this.syntaxError(`unexpected '${sign}'`)
      this.pushToken('operator', sign)
    } else throw this.syntaxError(`unexpected char '${this.source[this.at]}' at ${this.at}`)
    this.at += (float ?? whole ?? name ?? text ?? sign ?? ' ').length
  }

  private pushText(text: string): void {
    if (text !== '') this.pushToken('data', text)
  }

  private skipWhite(): void {
    this.at += matchAt(whitePattern, this.source, this.at)?.length ?? 0
  }

  private pushToken(type: TemplateTokenType, value: string, number?: number | bigint): void {
    this.foundTokens.push({ type, value, line: this.lineHere(), ...(number === undefined ? {} : { number }) })
  }

  private lineHere(): number {
    for (; this.countedTo < this.at; this.countedTo++) if (this.source[this.countedTo] === '\n') this.line++
    return this.line
  }

  private syntaxError(message: string): TemplateError {
    return new TemplateError('TemplateSyntaxError', message, this.lineHere())
  }
}

function matchAt(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? null
}

const simpleEscapes: Readonly<Record<string, string>> = {
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
const escapePattern = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g

/** A text with Python's escapes resolved. */
function unescapeText(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(escapePattern, (whole, x, u, long, octal, sign: string | undefined) => {
    const code = x ?? u ?? long
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
    if (code !== undefined) {
      const number = Number.parseInt(code, 16)
      if (number > 0x10ffff) throw new TemplateError('TemplateSyntaxError', 'illegal Unicode character')
      return String.fromCodePoint(number)
    }
    if (sign !== undefined && 'xuUN'.includes(sign))
      throw new TemplateError('TemplateSyntaxError', `truncated \\${sign} escape`)
    return simpleEscapes[sign ?? ''] ?? whole
  })
}
