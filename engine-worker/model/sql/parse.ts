/** Reads the subset of PostgreSQL's expressions that models use, as a tree. */
import { Fault } from '../../problem.ts'
import { badSql, type SqlToken, tokensOf } from './lex.ts'
import { listOfLiteral, type SelectParts, type Sql, type SqlOrder, withColumnsOf } from './tree.ts'

const MAX_DEPTH = 100
const nullValue: Sql = { is: 'value', value: null }

/** Reads a SQL expression; what is not understood is thrown as a Fault. */
export function parseSql(sql: string): Sql {
  const parser = new Parser(sql, tokensOf(sql))
  const parsed = parser.expression()
  parser.end()
  return parsed
}

class Parser {
  private at = 0
  private depth = 0
  constructor(
    private readonly sql: string,
    private readonly tokens: readonly SqlToken[],
  ) {}

  fail(reason: string): never {
    throw new Fault(badSql({ sql: this.sql.trim(), reason }))
  }

  private get token(): SqlToken {
    return this.tokens[this.at] ?? { kind: 'end', text: '' }
  }

  end(): void {
    if (this.token.kind !== 'end') this.fail(`“${this.token.text}” is not expected`)
  }

  /** Whether these words follow; they are taken. */
  private skipIf(...words: readonly string[]): boolean {
    const follow = words.every((word, index) => {
      const token = this.tokens[this.at + index]
      return token !== undefined && (token.kind === 'name' || token.kind === 'operator') && token.text === word
    })
    if (follow) this.at += words.length
    return follow
  }

  private expect(word: string): void {
    if (!this.skipIf(word)) this.fail(`${word} is expected, not “${this.token.text}”`)
  }

  private call(name: string, ...args: readonly Sql[]): Sql {
    return { is: 'call', name, args, with: {} }
  }

  expression(): Sql {
    if (++this.depth > MAX_DEPTH) this.fail('it is nested too deeply')
    let left = this.conjunction()
    while (this.skipIf('or')) left = this.call('or', left, this.conjunction())
    this.depth--
    return left
  }

  private conjunction(): Sql {
    let left = this.negation()
    while (this.skipIf('and')) left = this.call('and', left, this.negation())
    return left
  }

  private negation(): Sql {
    let negations = 0
    while (this.skipIf('not')) negations++
    const operand = this.comparison()
    return negations % 2 === 1 ? this.call('not', operand) : operand
  }

  private comparison(): Sql {
    let left = this.sum()
    for (;;) {
      const next = this.comparisonWith(left)
      if (next === null) return left
      left = next
    }
  }

  private comparisonWith(left: Sql): Sql | null {
    for (const operator of ['=', '<>', '!=', '<=', '>=', '<', '>', '~*', '~', '!~*', '!~'])
      if (this.skipIf(operator)) return this.quantifiedComparison(operator === '!=' ? '<>' : operator, left)
    if (this.skipIf('?')) return this.call('?', left, this.sum())
    if (this.skipIf('is')) {
      const negated = this.skipIf('not')
      const test = this.isTest(left)
      return negated ? this.call('not', test) : test
    }
    const negated = this.skipIf('not')
    const wrap = (test: Sql): Sql => (negated ? this.call('not', test) : test)
    if (this.skipIf('in')) {
      this.expect('(')
      return wrap(this.call('in', left, ...this.listUntil(')')))
    }
    if (this.skipIf('between')) {
      const low = this.sum()
      this.expect('and')
      return wrap(this.call('and', this.call('>=', left, low), this.call('<=', left, this.sum())))
    }
    if (this.skipIf('like')) return wrap(this.call('like', left, this.sum()))
    if (this.skipIf('ilike')) return wrap(this.call('ilike', left, this.sum()))
    if (negated) this.fail('NOT is not expected there')
    return null
  }

  /** The right side of an operator: a value, or ANY or ALL of a list. */
  private quantifiedComparison(operator: string, left: Sql): Sql {
    const isAny = this.skipIf('any', '(') || this.skipIf('some', '(')
    if (!isAny && !this.skipIf('all', '(')) return this.call(operator, left, this.sum())
    const list = listOfLiteral(this.expression())
    this.expect(')')
    if (operator === '=' && isAny) return this.call('in list', left, list)
    if (operator === '<>' && !isAny) return this.call('not', this.call('in list', left, list))
    return this.fail(`${operator} with ${isAny ? 'ANY' : 'ALL'} is not known`)
  }

  private isTest(left: Sql): Sql {
    if (this.skipIf('null')) return this.call('is null', left)
    if (this.skipIf('true')) return this.call('is true', left)
    if (this.skipIf('false')) return this.call('is false', left)
    if (this.skipIf('distinct', 'from')) return this.call('not', this.call('same', left, this.sum()))
    return this.fail(`IS is followed by “${this.token.text}”`)
  }

  private sum(): Sql {
    let left = this.product()
    for (;;) {
      const operator = ['||', '+', '-'].find((each) => this.skipIf(each))
      if (operator === undefined) return left
      left = this.call(operator, left, this.product())
    }
  }

  private product(): Sql {
    let left = this.power()
    for (;;) {
      const operator = ['*', '/', '%'].find((each) => this.skipIf(each))
      if (operator === undefined) return left
      left = this.call(operator, left, this.power())
    }
  }

  private power(): Sql {
    let left = this.unary()
    while (this.skipIf('^')) left = this.call('power', left, this.unary())
    return left
  }

  private unary(): Sql {
    if (this.skipIf('+')) return this.unary()
    if (this.skipIf('-')) return this.call('-', { is: 'value', value: 0 }, this.unary())
    return this.withSuffixes()
  }

  private withSuffixes(): Sql {
    let value = this.primary()
    for (;;) {
      if (this.skipIf('::')) value = { is: 'cast', to: this.type(), value }
      else if (this.skipIf('->>')) value = this.call('->>', value, this.primary())
      else if (this.skipIf('->')) value = this.call('->', value, this.primary())
      else if (this.skipIf('#>>')) value = this.call('#>>', value, this.primary())
      else if (this.skipIf('#>')) value = this.call('#>', value, this.primary())
      else if (this.skipIf('[')) {
        value = this.call('subscript', value, this.expression())
        this.expect(']')
      } else return value
    }
  }

  private type(): string {
    const words = [this.word('a type')]
    while (['precision', 'varying', 'with', 'without', 'time', 'zone'].includes(this.token.text))
      words.push(this.word(''))
    if (this.skipIf('(')) this.listUntil(')')
    if (this.skipIf('[')) this.expect(']')
    return words.join(' ')
  }

  private word(what: string): string {
    const { kind, text } = this.token
    if (kind !== 'name' && kind !== 'quoted') this.fail(`${what} is expected, not “${text}”`)
    this.at++
    return text
  }

  private listUntil(close: string): Sql[] {
    const list: Sql[] = []
    if (this.skipIf(close)) return list
    do list.push(this.expression())
    while (this.skipIf(','))
    this.expect(close)
    return list
  }

  private primary(): Sql {
    const { kind, text } = this.token
    if (kind === 'text') {
      this.at++
      return { is: 'value', value: text }
    }
    if (kind === 'number') {
      this.at++
      return { is: 'value', value: Number(text) }
    }
    if (this.skipIf('%s')) return { is: 'parameter' }
    if (this.skipIf('(')) return this.parenthesised()
    if (kind === 'name') {
      if (this.skipIf('null')) return nullValue
      if (this.skipIf('true')) return { is: 'value', value: true }
      if (this.skipIf('false')) return { is: 'value', value: false }
      if (this.skipIf('case')) return this.caseExpression()
      if (this.skipIf('array', '[')) return this.call('array', ...this.listUntil(']'))
      if (['select', 'from', 'where', 'when', 'then', 'else', 'end', 'and', 'or'].includes(text))
        this.fail(`“${text}” is not expected there`)
    }
    if (kind === 'name' || kind === 'quoted') return this.columnOrCall()
    return this.fail(kind === 'end' ? 'it ends too early' : `“${text}” is not expected`)
  }

  private parenthesised(): Sql {
    if (this.token.text === 'select' || this.token.text === 'with') return this.select()
    const inner = this.expression()
    this.expect(')')
    return inner
  }

  private columnOrCall(): Sql {
    const quoted = this.token.kind === 'quoted'
    const name = this.word('a name')
    if (!quoted && this.skipIf('(')) return this.function(name)
    if (!quoted && ['date', 'timestamp', 'timestamptz'].includes(name) && this.token.kind === 'text')
      return { is: 'cast', to: name, value: this.primary() }
    if (name === 'current_timestamp') return this.call('now')
    if (name === 'current_date') return { is: 'cast', to: 'date', value: this.call('now') }
    if (this.skipIf('.')) return { is: 'column', table: name, name: this.word('a column') }
    return { is: 'column', table: null, name }
  }

  private function(name: string): Sql {
    if (name === 'cast') {
      const value = this.expression()
      this.expect('as')
      const to = this.type()
      this.expect(')')
      return { is: 'cast', to, value }
    }
    if (name === 'extract') {
      const part = this.word('a part of a date')
      this.expect('from')
      const value = this.expression()
      this.expect(')')
      return this.call('date_part', { is: 'value', value: part }, value)
    }
    if (name === 'position') {
      const part = this.sum()
      if (!this.skipIf('in')) this.expect(',')
      const inside = this.expression()
      this.expect(')')
      return this.call('strpos', inside, part)
    }
    if (name === 'exists' && this.token.text === 'select') return this.call('exists', this.select())
    if (name === 'trim') return this.trimCall()
    const distinct = this.skipIf('distinct')
    const args: Sql[] = []
    if (this.skipIf('*')) args.push({ is: 'value', value: 1 })
    else if (this.token.text !== ')') {
      args.push(this.expression())
      const between = ['from', 'for'].includes(this.token.text) && name === 'substring'
      while (this.skipIf(',') || (between && (this.skipIf('from') || this.skipIf('for')))) args.push(this.expression())
    }
    const order = this.orderBy()
    this.expect(')')
    let filter: Sql | undefined
    if (this.skipIf('filter')) {
      this.expect('(')
      this.expect('where')
      filter = this.expression()
      this.expect(')')
    }
    const options = { ...(distinct ? { distinct } : {}), ...(order.length > 0 ? { order } : {}) }
    return { is: 'call', name, args, with: filter === undefined ? options : { ...options, filter } }
  }

  /** `trim(x)`, `trim(x, characters)`, `trim(leading '0' from x)`. */
  private trimCall(): Sql {
    const side = (['both', 'leading', 'trailing'] as const).find((each) => this.skipIf(each))
    const name = { both: 'btrim', leading: 'ltrim', trailing: 'rtrim' }[side ?? 'both']
    const first = this.skipIf('from') ? null : this.expression()
    const args: Sql[] = []
    if (first === null) args.push(this.expression())
    else if (this.skipIf('from')) args.push(this.expression(), first)
    else args.push(first, ...(this.skipIf(',') ? [this.expression()] : []))
    this.expect(')')
    return this.call(name, ...args)
  }

  private orderBy(): SqlOrder[] {
    if (!this.skipIf('order', 'by')) return []
    const keys: SqlOrder[] = []
    do {
      const by = this.expression()
      const descending = this.skipIf('desc')
      if (!descending) this.skipIf('asc')
      if (this.skipIf('nulls') && !this.skipIf('last')) this.expect('first')
      keys.push({ by, descending })
    } while (this.skipIf(','))
    return keys
  }

  private caseExpression(): Sql {
    const of = this.token.text === 'when' ? null : this.expression()
    const cases: [Sql, Sql][] = []
    while (this.skipIf('when')) {
      const when = this.expression()
      this.expect('then')
      cases.push([when, this.expression()])
    }
    const otherwise = this.skipIf('else') ? this.expression() : nullValue
    this.expect('end')
    return { is: 'choice', of, cases, else: otherwise }
  }

  private select(): Sql {
    const named = new Map<string, SelectParts>()
    if (this.skipIf('with'))
      do {
        const name = this.word('a name')
        this.expect('as')
        this.expect('(')
        named.set(name, this.selectParts(named))
      } while (this.skipIf(','))
    const { columns, ...select } = this.selectParts(named)
    const [only] = columns
    if (columns.length > 1 || only === undefined) this.fail('a subselect gives one value')
    return { is: 'select', select: { value: only.value, ...select } }
  }

  /** `SELECT … FROM …` up to its closing parenthesis; what is selected from a named select is selected from its table. */
  private selectParts(named: ReadonlyMap<string, SelectParts>): SelectParts {
    this.expect('select')
    const columns: { name: string; value: Sql }[] = []
    do {
      const value = this.skipIf('*') ? nullValue : this.expression()
      const isNamed = this.skipIf('as') || (this.token.kind === 'name' && this.token.text !== 'from')
      columns.push({ value, name: isNamed ? this.word('a name') : value.is === 'column' ? value.name : '' })
    } while (this.skipIf(','))
    this.expect('from')
    const table = this.word('a table')
    this.skipIf('as')
    const after = ['where', 'order', 'limit', 'group', 'having', 'join', 'left', 'inner', 'on', 'union']
    const alias = this.token.kind === 'name' && !after.includes(this.token.text) ? this.word('') : table
    const where = this.skipIf('where') ? this.expression() : null
    const order = this.orderBy()
    if (this.skipIf('limit')) this.primary()
    if (!this.skipIf(')')) this.fail(`a subselect has no “${this.token.text}”`)
    const from = named.get(table)
    if (from === undefined) return { columns, table, alias, where, order }
    const withOwnColumns = (sql: Sql): Sql => withColumnsOf(sql, new Set([table, alias]), from.columns)
    const conditions = [from.where, where && withOwnColumns(where)].filter((each) => each !== null)
    return {
      columns: columns.map(({ name, value }) => ({ name, value: withOwnColumns(value) })),
      table: from.table,
      alias: from.alias,
      where: conditions.length === 0 ? null : conditions.reduce((all, each) => this.call('and', all, each)),
      order: [...order.map(({ by, descending }) => ({ by: withOwnColumns(by), descending })), ...from.order],
    }
  }
}
