/** The tokens of a template with a place to read from. */
import { TemplateError } from './error.ts'
import type { TemplateToken, TemplateTokenType } from './lexer.ts'

/** Parentheses and other expressions inside each other at most. */
const MAX_DEPTH = 150
/** Operators, filters and attributes in a row at most; each one stands around the one before it. */
const MAX_CHAIN = 1000

export class TokenStream {
  private at = 0
  private depth = 0
  /** How many loops are around the statement that is being read; `break` and `continue` need one. */
  loops = 0
  /** Names of blocks, each of which can only be defined once. */
  readonly blocks = new Set<string>()

  constructor(private readonly tokens: readonly TemplateToken[]) {}

  get current(): TemplateToken {
    return this.tokens[this.at] ?? { type: 'eof', value: '', line: 1 }
  }

  get following(): TemplateToken {
    return this.tokens[this.at + 1] ?? { type: 'eof', value: '', line: 1 }
  }

  next(): TemplateToken {
    const token = this.current
    if (token.type !== 'eof') this.at++
    return token
  }

  is(type: TemplateTokenType, value?: string): boolean {
    return this.current.type === type && (value === undefined || this.current.value === value)
  }

  isOperator(value: string): boolean {
    return this.is('operator', value)
  }

  isName(...names: readonly string[]): boolean {
    return this.current.type === 'name' && names.includes(this.current.value)
  }

  skipOperator(value: string): boolean {
    if (!this.isOperator(value)) return false
    this.next()
    return true
  }

  skipName(name: string): boolean {
    if (!this.isName(name)) return false
    this.next()
    return true
  }

  expect(type: TemplateTokenType, value?: string): TemplateToken {
    if (!this.is(type, value)) throw this.unexpected(value ?? describedType(type))
    return this.next()
  }

  /** Reads one level deeper; fails where expressions or blocks stand too deep inside each other. */
  deeper<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw this.error('expressions are nested too deep')
    const result = read()
    this.depth--
    return result
  }

  /** Fails where a chain of operators, filters or attributes has become too long. */
  chained(length: number): void {
    if (length > MAX_CHAIN) throw this.error('expressions are nested too deep')
  }

  unexpected(wanted: string): TemplateError {
    const { type, value } = this.current
    const found = type === 'eof' ? 'end of template' : type === 'end' ? 'end of the statement' : `'${value}'`
    return this.error(`expected ${wanted}, got ${found}`)
  }

  error(message: string): TemplateError {
    return new TemplateError('TemplateSyntaxError', message, this.current.line)
  }
}

function describedType(type: TemplateTokenType): string {
  return { end: 'the end of the statement', name: 'a name', string: 'a text', eof: 'the end' }[type as string] ?? type
}
