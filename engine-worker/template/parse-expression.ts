/** Reads expressions, by the precedence that Jinja documents. */
import { float } from '../entity/value.ts'
import type { BinaryOperator } from './arithmetic.ts'
import type { AssignmentTarget, CallArgumentsNode, CompareOperator, Expression } from './nodes.ts'
import type { TokenStream } from './token-stream.ts'

/** Whether `a if b else c` may stand there; names that end a list of expressions without brackets. */
interface TupleOptions {
  readonly conditional?: boolean
  readonly endNames?: readonly string[]
  readonly parenthesized?: boolean
}

/** One expression. */
export function parseTemplateExpression(stream: TokenStream, conditional = true): Expression {
  return stream.deeper(() => (conditional ? parseChoice(stream) : parseOr(stream)))
}

/** Items with commas between them; one comma, also at the end, makes them a tuple. */
function parseCommaList<Item>(stream: TokenStream, endNames: readonly string[], parseItem: () => Item) {
  const items: Item[] = []
  let isTuple = false
  for (;;) {
    if (items.length > 0) {
      stream.expect('operator', ',')
      isTuple = true
    }
    if (stream.is('end') || stream.isOperator(')') || stream.isName(...endNames)) break
    items.push(parseItem())
    if (!stream.isOperator(',')) break
  }
  return { items, isTuple }
}

/** One expression, or several with commas between them, which are a tuple. */
export function parseTuple(stream: TokenStream, options: TupleOptions = {}): Expression {
  const { conditional = true, endNames = [], parenthesized = false } = options
  const { items, isTuple } = parseCommaList(stream, endNames, () => parseTemplateExpression(stream, conditional))
  const [only] = items
  if (!isTuple && only) return only
  if (!isTuple && !parenthesized) throw stream.unexpected('an expression')
  return { is: 'tuple', items }
}

function parseChoice(stream: TokenStream): Expression {
  let value = parseOr(stream)
  while (stream.skipName('if')) {
    const condition = parseOr(stream)
    const otherwise = stream.skipName('else') ? stream.deeper(() => parseChoice(stream)) : null
    value = { is: 'choice', condition, value, otherwise }
  }
  return value
}

function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream)
  while (stream.skipName('or')) left = { is: 'or', left, right: parseAnd(stream) }
  return left
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream)
  while (stream.skipName('and')) left = { is: 'and', left, right: parseNot(stream) }
  return left
}

function parseNot(stream: TokenStream): Expression {
  if (!stream.skipName('not')) return parseCompare(stream)
  return { is: 'unary', operator: 'not', of: stream.deeper(() => parseNot(stream)) }
}

const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>=']

function parseCompare(stream: TokenStream): Expression {
  const left = parseSum(stream)
  const rest: { readonly operator: CompareOperator; readonly value: Expression }[] = []
  for (;;) {
    const operator = compareOperator(stream)
    if (operator === null) break
    rest.push({ operator, value: parseSum(stream) })
  }
  return rest.length === 0 ? left : { is: 'compare', left, rest }
}

function compareOperator(stream: TokenStream): CompareOperator | null {
  const { type, value } = stream.current
  if (type === 'operator' && comparisons.includes(value)) {
    stream.next()
    return value as CompareOperator
  }
  if (stream.skipName('in')) return 'in'
  if (!stream.isName('not') || stream.following.type !== 'name' || stream.following.value !== 'in') return null
  stream.next()
  stream.next()
  return 'not in'
}

/** Operators of one rank between operands of the next. */
function parseBinary(
  stream: TokenStream,
  operators: readonly BinaryOperator[],
  operand: (stream: TokenStream) => Expression,
): Expression {
  let left = operand(stream)
  for (let length = 1; ; length++) {
    stream.chained(length)
    const operator = operators.find((each) => stream.isOperator(each))
    if (operator === undefined) return left
    stream.next()
    left = { is: 'binary', operator, left, right: operand(stream) }
  }
}

function parseSum(stream: TokenStream): Expression {
  return parseBinary(stream, ['+', '-'], parseJoin)
}

function parseJoin(stream: TokenStream): Expression {
  const first = parseProduct(stream)
  const parts = [first]
  while (stream.skipOperator('~')) parts.push(parseProduct(stream))
  return parts.length === 1 ? first : { is: 'join', parts }
}

function parseProduct(stream: TokenStream): Expression {
  return parseBinary(stream, ['*', '/', '//', '%'], parsePower)
}

function parsePower(stream: TokenStream): Expression {
  return withSignOutside(parseBinary(stream, ['**'], (each) => parseUnary(each, true)))
}

/**
 * Jinja hands a negative number to Python without parentheses, where the sign comes after the power: `(-3) ** n` is
 * `-(3 ** n)`, unless both are constants.
 */
function withSignOutside(node: Expression): Expression {
  if (node.is !== 'binary' || node.operator !== '**') return node
  const { left, right } = node
  const isNumber = left.is === 'unary' && left.operator === '-' && left.of.is === 'constant'
  if (isNumber && hasName(right)) return { is: 'unary', operator: '-', of: { ...node, left: left.of } }
  return { ...node, left: withSignOutside(left) }
}

function hasName(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  return ('is' in node && node.is === 'name') || Object.values(node).some(hasName)
}

function parseUnary(stream: TokenStream, withFilters: boolean): Expression {
  let value: Expression
  if (stream.isOperator('-') || stream.isOperator('+')) {
    const operator = stream.next().value === '-' ? '-' : '+'
    value = { is: 'unary', operator, of: stream.deeper(() => parseUnary(stream, false)) }
  } else value = parsePrimary(stream)
  value = parsePostfix(stream, value)
  return withFilters ? parseFilters(stream, value) : value
}

function parsePrimary(stream: TokenStream): Expression {
  const token = stream.current
  switch (token.type) {
    case 'name':
      stream.next()
      return constantOrName(token.value)
    case 'string': {
      let text = ''
      while (stream.is('string')) text += stream.next().value
      return { is: 'constant', value: text }
    }
    case 'number':
      stream.next()
      return { is: 'constant', value: token.number ?? 0 }
    case 'float':
      stream.next()
      return { is: 'constant', value: float(Number(token.number)) }
    default:
  }
  if (stream.skipOperator('(')) {
    const value = stream.deeper(() => parseTuple(stream, { parenthesized: true }))
    stream.expect('operator', ')')
    return value
  }
  if (stream.skipOperator('[')) return { is: 'list', items: parseItems(stream, ']', parseTemplateExpression) }
  if (!stream.skipOperator('{')) throw stream.unexpected('an expression')
  const pairs = parseItems(stream, '}', (each) => {
    const key = parseTemplateExpression(each)
    each.expect('operator', ':')
    return [key, parseTemplateExpression(each)] as const
  })
  return { is: 'dict', pairs }
}

function constantOrName(name: string): Expression {
  if (name === 'true' || name === 'True') return { is: 'constant', value: true }
  if (name === 'false' || name === 'False') return { is: 'constant', value: false }
  return name === 'none' || name === 'None' ? { is: 'constant', value: null } : { is: 'name', name }
}

/** What stands between commas up to a bracket. */
function parseItems<T>(stream: TokenStream, close: string, parse: (stream: TokenStream) => T): T[] {
  const items: T[] = []
  while (!stream.isOperator(close)) {
    if (items.length > 0) stream.expect('operator', ',')
    if (stream.isOperator(close)) break
    items.push(stream.deeper(() => parse(stream)))
  }
  stream.expect('operator', close)
  return items
}

function parsePostfix(stream: TokenStream, start: Expression): Expression {
  let value = start
  for (let length = 0; ; length++) {
    stream.chained(length)
    if (stream.skipOperator('.')) value = parseAttribute(stream, value)
    else if (stream.skipOperator('[')) value = parseSubscript(stream, value)
    else if (stream.isOperator('(')) value = { is: 'call', of: value, args: parseArguments(stream) }
    else return value
  }
}

function parseAttribute(stream: TokenStream, of: Expression): Expression {
  const token = stream.next()
  if (token.type === 'name') return { is: 'attribute', of, name: token.value }
  if (token.type !== 'number') throw stream.error('expected name or number')
  return { is: 'item', of, key: { is: 'constant', value: token.number ?? 0 } }
}

function parseSubscript(stream: TokenStream, of: Expression): Expression {
  const parts = parseItems(stream, ']', parseSubscripted)
  const [only] = parts
  if (only === undefined || parts.length > 1) {
    const keys = parts.map((part) => ('key' in part ? part.key : { is: 'constant' as const, value: null }))
    return { is: 'item', of, key: { is: 'tuple', items: keys } }
  }
  return 'key' in only ? { is: 'item', of, key: only.key } : { is: 'slice', of, bounds: only.bounds }
}

function parseSubscripted(stream: TokenStream): { key: Expression } | { bounds: (Expression | null)[] } {
  const bounds: (Expression | null)[] = []
  if (!stream.isOperator(':')) {
    const key = parseTemplateExpression(stream)
    if (!stream.isOperator(':')) return { key }
    bounds.push(key)
  } else bounds.push(null)
  while (bounds.length < 3 && stream.skipOperator(':')) {
    const empty = [':', ']', ','].some((sign) => stream.isOperator(sign))
    bounds.push(empty ? null : parseTemplateExpression(stream))
  }
  return { bounds }
}

const noCallArguments: CallArgumentsNode = { positional: [], named: [], spread: null, spreadNamed: null }

/** Arguments in parentheses. */
function parseArguments(stream: TokenStream): CallArgumentsNode {
  stream.expect('operator', '(')
  const positional: Expression[] = []
  const named: { name: string; value: Expression }[] = []
  let spread: Expression | null = null
  let spreadNamed: Expression | null = null
  const expectSyntax = (fine: boolean) => {
    if (!fine) throw stream.error('invalid syntax for function call expression')
  }
  let first = true
  while (!stream.isOperator(')')) {
    if (!first) stream.expect('operator', ',')
    first = false
    if (stream.isOperator(')')) break
    if (stream.skipOperator('*')) {
      expectSyntax(spread === null && spreadNamed === null)
      spread = parseTemplateExpression(stream)
    } else if (stream.skipOperator('**')) {
      expectSyntax(spreadNamed === null)
      spreadNamed = parseTemplateExpression(stream)
    } else if (stream.is('name') && stream.following.type === 'operator' && stream.following.value === '=') {
      expectSyntax(spreadNamed === null)
      const name = stream.next().value
      if (named.some((each) => each.name === name)) throw stream.error(`keyword argument repeated: ${name}`)
      stream.next()
      named.push({ name, value: parseTemplateExpression(stream) })
    } else {
      expectSyntax(spread === null && spreadNamed === null && named.length === 0)
      positional.push(parseTemplateExpression(stream))
    }
  }
  stream.expect('operator', ')')
  return { positional, named, spread, spreadNamed }
}

function parseFilters(stream: TokenStream, start: Expression): Expression {
  let value = start
  for (let length = 0; ; length++) {
    stream.chained(length)
    if (stream.skipOperator('|')) value = parseFilter(stream, value)
    else if (stream.isName('is')) value = parseTest(stream, value)
    else if (stream.isOperator('(')) value = { is: 'call', of: value, args: parseArguments(stream) }
    else return value
  }
}

/** A filter by name with its arguments, without the `|` before it. */
export function parseFilter(stream: TokenStream, of: Expression): Expression {
  const { line } = stream.current
  const name = dottedName(stream)
  return { is: 'filter', of, name, args: stream.isOperator('(') ? parseArguments(stream) : noCallArguments, line }
}

function dottedName(stream: TokenStream): string {
  let name = stream.expect('name').value
  while (stream.skipOperator('.')) name += `.${stream.expect('name').value}`
  return name
}

function parseTest(stream: TokenStream, of: Expression): Expression {
  const { line } = stream.next()
  const negated = stream.skipName('not')
  const name = dottedName(stream)
  const test: Expression = { is: 'test', of, name, args: testArguments(stream), line }
  return negated ? { is: 'unary', operator: 'not', of: test } : test
}

/** Arguments of a test: in parentheses, or one value without them. */
function testArguments(stream: TokenStream): CallArgumentsNode {
  if (stream.isOperator('(')) return parseArguments(stream)
  const begins =
    stream.is('name') ||
    stream.is('string') ||
    stream.is('number') ||
    stream.is('float') ||
    stream.isOperator('[') ||
    stream.isOperator('{')
  if (!begins || stream.isName('else', 'or', 'and')) return noCallArguments
  if (stream.isName('is')) throw stream.error('You cannot chain multiple tests with is')
  return { ...noCallArguments, positional: [parsePostfix(stream, parsePrimary(stream))] }
}

/** What may be assigned to. `namespaces` allows attributes, `endNames` end a list of targets. */
export function parseTarget(
  stream: TokenStream,
  namespaces: boolean,
  endNames: readonly string[] = [],
): AssignmentTarget {
  const { items, isTuple } = parseCommaList(stream, endNames, () => parseOneTarget(stream, namespaces))
  const [only] = items
  if (only === undefined) throw stream.unexpected('a name')
  return isTuple ? { is: 'tuple', items } : only
}

const notAssignable = ['true', 'false', 'none', 'True', 'False', 'None']

function parseOneTarget(stream: TokenStream, namespaces: boolean): AssignmentTarget {
  if (stream.skipOperator('(')) {
    const target = stream.deeper(() => parseTarget(stream, namespaces))
    stream.expect('operator', ')')
    return target
  }
  const name = stream.expect('name').value
  if (notAssignable.includes(name)) throw stream.error(`can't assign to '${name}'`)
  if (namespaces && stream.skipOperator('.')) return { is: 'attribute', of: name, name: stream.expect('name').value }
  return { is: 'name', name }
}
