/** Reads the subset of PostgreSQL's expressions that models use, as a tree. */
import { Fault } from '../../problem.ts'
import { badSql, type SqlToken, tokensOf } from './lex.ts'
import { listOfLiteral, type SelectParts, type Sql, type SqlOrder, withColumnsOf } from './tree.ts'

const MOST_DEPTH = 100
const nothing: Sql = { is: 'value', value: null }

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
  private take(...words: readonly string[]): boolean {
    const follow = words.every((word, index) => {
      const token = this.tokens[this.at + index]
      return token !== undefined && (token.kind === 'name' || token.kind === 'operator') && token.text === word
    })
    if (follow) this.at += words.length
    return follow
  }

  private need(word: string): void {
    if (!this.take(word)) this.fail(`${word} is expected, not “${this.token.text}”`)
  }

  private call(name: string, ...args: readonly Sql[]): Sql {
    return { is: 'call', name, args, with: {} }
  }

  expression(): Sql {
    if (++this.depth > MOST_DEPTH) this.fail('it is nested too deeply')
    let left = this.conjunction()
    while (this.take('or')) left = this.call('or', left, this.conjunction())
    this.depth--
    return left
  }

  private conjunction(): Sql {
    let left = this.negation()
    while (this.take('and')) left = this.call('and', left, this.negation())
    return left
  }

  private negation(): Sql {
    let negations = 0
    while (this.take('not')) negations++
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
      if (this.take(operator)) return this.compared(operator === '!=' ? '<>' : operator, left)
    if (this.take('?')) return this.call('?', left, this.sum())
    if (this.take('is')) {
      const negated = this.take('not')
      const test = this.tested(left)
      return negated ? this.call('not', test) : test
    }
    const negated = this.take('not')
    const wrap = (test: Sql): Sql => (negated ? this.call('not', test) : test)
    if (this.take('in')) {
      this.need('(')
      return wrap(this.call('in', left, ...this.listUntil(')')))
    }
    if (this.take('between')) {
      const low = this.sum()
      this.need('and')
      return wrap(this.call('and', this.call('>=', left, low), this.call('<=', left, this.sum())))
    }
    if (this.take('like')) return wrap(this.call('like', left, this.sum()))
    if (this.take('ilike')) return wrap(this.call('ilike', left, this.sum()))
    if (negated) this.fail('NOT is not expected there')
    return null
  }

  /** The right side of an operator: a value, or ANY or ALL of a list. */
  private compared(operator: string, left: Sql): Sql {
    const some = this.take('any', '(') || this.take('some', '(')
    if (!some && !this.take('all', '(')) return this.call(operator, left, this.sum())
    const list = listOfLiteral(this.expression())
    this.need(')')
    if (operator === '=' && some) return this.call('in list', left, list)
    if (operator === '<>' && !some) return this.call('not', this.call('in list', left, list))
    return this.fail(`${operator} with ${some ? 'ANY' : 'ALL'} is not known`)
  }

  private tested(left: Sql): Sql {
    if (this.take('null')) return this.call('is null', left)
    if (this.take('true')) return this.call('is true', left)
    if (this.take('false')) return this.call('is false', left)
    if (this.take('distinct', 'from')) return this.call('not', this.call('same', left, this.sum()))
    return this.fail(`IS is followed by “${this.token.text}”`)
  }

  private sum(): Sql {
    let left = this.product()
    for (;;) {
      const operator = ['||', '+', '-'].find((each) => this.take(each))
      if (operator === undefined) return left
      left = this.call(operator, left, this.product())
    }
  }

  private product(): Sql {
    let left = this.power()
    for (;;) {
      const operator = ['*', '/', '%'].find((each) => this.take(each))
      if (operator === undefined) return left
      left = this.call(operator, left, this.power())
    }
  }

  private power(): Sql {
    let left = this.unary()
    while (this.take('^')) left = this.call('power', left, this.unary())
    return left
  }

  private unary(): Sql {
    if (this.take('+')) return this.unary()
    if (this.take('-')) return this.call('-', { is: 'value', value: 0 }, this.unary())
    return this.suffixed()
  }

  private suffixed(): Sql {
    let value = this.primary()
    for (;;) {
      if (this.take('::')) value = { is: 'cast', to: this.type(), value }
      else if (this.take('->>')) value = this.call('->>', value, this.primary())
      else if (this.take('->')) value = this.call('->', value, this.primary())
      else if (this.take('#>>')) value = this.call('#>>', value, this.primary())
      else if (this.take('#>')) value = this.call('#>', value, this.primary())
      else if (this.take('[')) {
        value = this.call('subscript', value, this.expression())
        this.need(']')
      } else return value
    }
  }

  private type(): string {
    const words = [this.word('a type')]
    while (['precision', 'varying', 'with', 'without', 'time', 'zone'].includes(this.token.text))
      words.push(this.word(''))
    if (this.take('(')) this.listUntil(')')
    if (this.take('[')) this.need(']')
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
    if (this.take(close)) return list
    do list.push(this.expression())
    while (this.take(','))
    this.need(close)
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
    if (this.take('%s')) return { is: 'parameter' }
    if (this.take('(')) return this.inParentheses()
    if (kind === 'name') {
      if (this.take('null')) return nothing
      if (this.take('true')) return { is: 'value', value: true }
      if (this.take('false')) return { is: 'value', value: false }
      if (this.take('case')) return this.choice()
      if (this.take('array', '[')) return this.call('array', ...this.listUntil(']'))
      if (['select', 'from', 'where', 'when', 'then', 'else', 'end', 'and', 'or'].includes(text))
        this.fail(`“${text}” is not expected there`)
    }
    if (kind === 'name' || kind === 'quoted') return this.named()
    return this.fail(kind === 'end' ? 'it ends too early' : `“${text}” is not expected`)
  }

  private inParentheses(): Sql {
    if (this.token.text === 'select' || this.token.text === 'with') return this.select()
    const inner = this.expression()
    this.need(')')
    return inner
  }

  private named(): Sql {
    const quoted = this.token.kind === 'quoted'
    const name = this.word('a name')
    if (!quoted && this.take('(')) return this.function(name)
    if (!quoted && ['date', 'timestamp', 'timestamptz'].includes(name) && this.token.kind === 'text')
      return { is: 'cast', to: name, value: this.primary() }
    if (name === 'current_timestamp') return this.call('now')
    if (name === 'current_date') return { is: 'cast', to: 'date', value: this.call('now') }
    if (this.take('.')) return { is: 'column', table: name, name: this.word('a column') }
    return { is: 'column', table: null, name }
  }

  private function(name: string): Sql {
    if (name === 'cast') {
      const value = this.expression()
      this.need('as')
      const to = this.type()
      this.need(')')
      return { is: 'cast', to, value }
    }
    if (name === 'extract') {
      const part = this.word('a part of a date')
      this.need('from')
      const value = this.expression()
      this.need(')')
      return this.call('date_part', { is: 'value', value: part }, value)
    }
    if (name === 'position') {
      const part = this.sum()
      if (!this.take('in')) this.need(',')
      const inside = this.expression()
      this.need(')')
      return this.call('strpos', inside, part)
    }
    if (name === 'exists' && this.token.text === 'select') return this.call('exists', this.select())
    if (name === 'trim') return this.trimmed()
    const distinct = this.take('distinct')
    const args: Sql[] = []
    if (this.take('*')) args.push({ is: 'value', value: 1 })
    else if (this.token.text !== ')') {
      args.push(this.expression())
      const between = ['from', 'for'].includes(this.token.text) && name === 'substring'
      while (this.take(',') || (between && (this.take('from') || this.take('for')))) args.push(this.expression())
    }
    const order = this.order()
    this.need(')')
    let filter: Sql | undefined
    if (this.take('filter')) {
      this.need('(')
      this.need('where')
      filter = this.expression()
      this.need(')')
    }
    const options = { ...(distinct ? { distinct } : {}), ...(order.length > 0 ? { order } : {}) }
    return { is: 'call', name, args, with: filter === undefined ? options : { ...options, filter } }
  }

  /** `trim(x)`, `trim(x, characters)`, `trim(leading '0' from x)`. */
  private trimmed(): Sql {
    const side = (['both', 'leading', 'trailing'] as const).find((each) => this.take(each))
    const name = { both: 'btrim', leading: 'ltrim', trailing: 'rtrim' }[side ?? 'both']
    const first = this.take('from') ? null : this.expression()
    const args: Sql[] = []
    if (first === null) args.push(this.expression())
    else if (this.take('from')) args.push(this.expression(), first)
    else args.push(first, ...(this.take(',') ? [this.expression()] : []))
    this.need(')')
    return this.call(name, ...args)
  }

  private order(): SqlOrder[] {
    if (!this.take('order', 'by')) return []
    const keys: SqlOrder[] = []
    do {
      const by = this.expression()
      const descending = this.take('desc')
      if (!descending) this.take('asc')
      if (this.take('nulls') && !this.take('last')) this.need('first')
      keys.push({ by, descending })
    } while (this.take(','))
    return keys
  }

  private choice(): Sql {
    const of = this.token.text === 'when' ? null : this.expression()
    const cases: [Sql, Sql][] = []
    while (this.take('when')) {
      const when = this.expression()
      this.need('then')
      cases.push([when, this.expression()])
    }
    const otherwise = this.take('else') ? this.expression() : nothing
    this.need('end')
    return { is: 'choice', of, cases, else: otherwise }
  }

  private select(): Sql {
    const named = new Map<string, SelectParts>()
    if (this.take('with'))
      do {
        const name = this.word('a name')
        this.need('as')
        this.need('(')
        named.set(name, this.selectParts(named))
      } while (this.take(','))
    const { columns, ...select } = this.selectParts(named)
    const [only] = columns
    if (columns.length > 1 || only === undefined) this.fail('a subselect gives one value')
    return { is: 'select', select: { value: only.value, ...select } }
  }

  /** `SELECT … FROM …` up to its closing parenthesis; what is selected from a named select is selected from its table. */
  private selectParts(named: ReadonlyMap<string, SelectParts>): SelectParts {
    this.need('select')
    const columns: { name: string; value: Sql }[] = []
    do {
      const value = this.take('*') ? nothing : this.expression()
      const isNamed = this.take('as') || (this.token.kind === 'name' && this.token.text !== 'from')
      columns.push({ value, name: isNamed ? this.word('a name') : value.is === 'column' ? value.name : '' })
    } while (this.take(','))
    this.need('from')
    const table = this.word('a table')
    this.take('as')
    const after = ['where', 'order', 'limit', 'group', 'having', 'join', 'left', 'inner', 'on', 'union']
    const alias = this.token.kind === 'name' && !after.includes(this.token.text) ? this.word('') : table
    const where = this.take('where') ? this.expression() : null
    const order = this.order()
    if (this.take('limit')) this.primary()
    if (!this.take(')')) this.fail(`a subselect has no “${this.token.text}”`)
    const from = named.get(table)
    if (from === undefined) return { columns, table, alias, where, order }
    const inner = (sql: Sql): Sql => withColumnsOf(sql, new Set([table, alias]), from.columns)
    const conditions = [from.where, where && inner(where)].filter((each) => each !== null)
    return {
      columns: columns.map(({ name, value }) => ({ name, value: inner(value) })),
      table: from.table,
      alias: from.alias,
      where: conditions.length === 0 ? null : conditions.reduce((all, each) => this.call('and', all, each)),
      order: [...order.map(({ by, descending }) => ({ by: inner(by), descending })), ...from.order],
    }
  }
}
