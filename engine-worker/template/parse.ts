/** Reads whole templates: text, outputs and statements. */
import { TemplateError } from './error.ts'
import { tokenize } from './lexer.ts'
import type { AssignmentTarget, Body, MacroParameter, Statement } from './nodes.ts'
import { parseFilter, parseTarget, parseTemplateExpression, parseTuple } from './parse-expression.ts'
import { TokenStream } from './token-stream.ts'

/** The statements of a template; throws a TemplateError with its line where it cannot be read. */
export function parse(source: string): Body {
  const stream = new TokenStream(tokenize(source))
  const body = parseBody(stream, [])
  if (!stream.is('eof')) throw stream.error(`unexpected '${stream.current.value}'`)
  return body
}

/** Statements up to one of the given names, which is the next token then. */
function parseBody(stream: TokenStream, ends: readonly string[]): Body {
  const body: Statement[] = []
  while (!stream.is('eof')) {
    if (stream.is('data')) body.push({ is: 'text', text: stream.next().value })
    else if (stream.is('print')) {
      stream.next()
      body.push({ is: 'output', value: parseTuple(stream) })
      stream.expect('end')
    } else {
      stream.expect('begin')
      if (stream.isName(...ends)) return body
      body.push(...parseStatement(stream))
      stream.expect('end')
    }
  }
  if (ends.length > 0) throw stream.error(`the template ends before ${ends.join(' or ')}`)
  return body
}

/** The body of a statement, up to and with the name that ends it. */
function parseBlock(stream: TokenStream, ...ends: readonly string[]): Body {
  stream.skipOperator(':')
  stream.expect('end')
  return stream.deeper(() => parseBody(stream, ends))
}

/** A body that is called: loops around it are not its own. */
function parseFunction(stream: TokenStream, end: string): Body {
  const { loops } = stream
  stream.loops = 0
  const body = parseBlock(stream, end)
  stream.loops = loops
  return body
}

function parseLoopControl(stream: TokenStream, is: 'break' | 'continue'): readonly Statement[] {
  if (stream.loops === 0) throw stream.error(`'${is}' outside loop`)
  return [{ is }]
}

type StatementParser = (stream: TokenStream) => readonly Statement[]

const refuseTemplateLoading: StatementParser = (stream) => {
  throw new TemplateError(
    'TemplateNotFound',
    'include, import and extends need other templates, which configuration does not have',
    stream.current.line,
  )
}

const statements: Readonly<Record<string, StatementParser>> = {
  for: parseFor,
  if: parseIf,
  set: parseSet,
  with: parseWith,
  macro: parseMacro,
  call: parseCallBlock,
  filter: parseFilterBlock,
  autoescape: parseAutoescape,
  block: parseNamedBlock,
  print: parsePrint,
  break: (stream) => parseLoopControl(stream, 'break'),
  continue: (stream) => parseLoopControl(stream, 'continue'),
  include: refuseTemplateLoading,
  import: refuseTemplateLoading,
  from: refuseTemplateLoading,
  extends: refuseTemplateLoading,
}

function parseStatement(stream: TokenStream): readonly Statement[] {
  const { type, value } = stream.current
  if (type !== 'name') throw stream.unexpected('the name of a statement')
  const parser = Object.hasOwn(statements, value) ? statements[value] : undefined
  if (!parser) throw stream.error(`Encountered unknown tag '${value}'`)
  stream.next()
  return parser(stream)
}

function parseFor(stream: TokenStream): readonly Statement[] {
  const target = parseTarget(stream, false, ['in'])
  refuseLoopName(stream, target)
  stream.expect('name', 'in')
  const over = parseTuple(stream, { conditional: false, endNames: ['recursive'] })
  const condition = stream.skipName('if') ? parseTemplateExpression(stream) : null
  const recursive = stream.skipName('recursive')
  stream.loops++
  const body = parseBlock(stream, 'endfor', 'else')
  stream.loops--
  const otherwise = stream.next().value === 'else' ? parseBlock(stream, 'endfor') : null
  if (otherwise !== null) stream.next()
  return [{ is: 'for', target, over, condition, recursive, body, otherwise: otherwise ?? [] }]
}

/** Refuses a target that would hide the variable `loop`. */
function refuseLoopName(stream: TokenStream, target: AssignmentTarget): void {
  if (target.is === 'name' && target.name === 'loop')
    throw stream.error("Can't assign to special loop variable in for-loop target")
  if (target.is === 'tuple') for (const item of target.items) refuseLoopName(stream, item)
}

function parseIf(stream: TokenStream): readonly Statement[] {
  const branches = []
  for (;;) {
    const condition = parseTuple(stream, { conditional: false })
    branches.push({ condition, body: parseBlock(stream, 'elif', 'else', 'endif') })
    const { value } = stream.next()
    if (value === 'elif') continue
    const otherwise = value === 'else' ? parseBlock(stream, 'endif') : null
    if (otherwise !== null) stream.next()
    return [{ is: 'if', branches, otherwise: otherwise ?? [] }]
  }
}

function parseSet(stream: TokenStream): readonly Statement[] {
  const target = parseTarget(stream, true)
  if (stream.loops > 0) refuseLoopName(stream, target)
  if (stream.skipOperator('=')) return [{ is: 'set', target, value: parseTuple(stream) }]
  let filter = parseFilterChain(stream)
  filter ??= { is: 'body' }
  const body = parseBlock(stream, 'endset')
  stream.next()
  return [{ is: 'setBlock', target, body, filter }]
}

/** `| upper | trim`, applied to a body; null where there is none. */
function parseFilterChain(stream: TokenStream) {
  let filter = null
  while (stream.skipOperator('|')) filter = parseFilter(stream, filter ?? { is: 'body' })
  return filter
}

function parseWith(stream: TokenStream): readonly Statement[] {
  const targets = []
  while (!stream.is('end')) {
    if (targets.length > 0) stream.expect('operator', ',')
    const target = parseTarget(stream, false)
    stream.expect('operator', '=')
    targets.push({ target, value: parseTemplateExpression(stream) })
  }
  const body = parseBlock(stream, 'endwith')
  stream.next()
  return [{ is: 'with', targets, body }]
}

function parseParameters(stream: TokenStream): MacroParameter[] {
  const parameters: MacroParameter[] = []
  stream.expect('operator', '(')
  while (!stream.isOperator(')')) {
    if (parameters.length > 0) stream.expect('operator', ',')
    const name = stream.expect('name').value
    if (parameters.some((each) => each.name === name)) throw stream.error(`duplicate argument '${name}'`)
    const otherwise = stream.skipOperator('=') ? parseTemplateExpression(stream) : null
    if (otherwise === null && parameters.some((each) => each.otherwise !== null))
      throw stream.error('non-default argument follows default argument')
    parameters.push({ name, otherwise })
  }
  stream.next()
  return parameters
}

function parseMacro(stream: TokenStream): readonly Statement[] {
  const name = stream.expect('name').value
  const parameters = parseParameters(stream)
  const body = parseFunction(stream, 'endmacro')
  stream.next()
  return [{ is: 'macro', name, parameters, body }]
}

function parseCallBlock(stream: TokenStream): readonly Statement[] {
  const parameters = stream.isOperator('(') ? parseParameters(stream) : []
  const call = parseTemplateExpression(stream)
  if (call.is !== 'call') throw stream.error('expected call')
  const body = parseFunction(stream, 'endcall')
  stream.next()
  return [{ is: 'callBlock', parameters, of: call.of, args: call.args, body }]
}

function parseFilterBlock(stream: TokenStream): readonly Statement[] {
  let filter = parseFilter(stream, { is: 'body' })
  while (stream.skipOperator('|')) filter = parseFilter(stream, filter)
  const body = parseBlock(stream, 'endfilter')
  stream.next()
  return [{ is: 'filterBlock', filter, body }]
}

function parseAutoescape(stream: TokenStream): readonly Statement[] {
  const value = parseTemplateExpression(stream)
  const body = parseBlock(stream, 'endautoescape')
  stream.next()
  return [{ is: 'autoescape', value, body }]
}

/** A block of a template that nothing extends is simply rendered. */
function parseNamedBlock(stream: TokenStream): readonly Statement[] {
  const name = stream.expect('name').value
  const scoped = stream.skipName('scoped')
  if (stream.skipName('required')) throw stream.error('required blocks need a template that extends this one')
  if (stream.blocks.has(name)) throw stream.error(`block '${name}' defined twice`)
  stream.blocks.add(name)
  const body = parseFunction(stream, 'endblock')
  stream.next()
  stream.skipName(name)
  return [{ is: 'block', name, scoped, body }]
}

function parsePrint(stream: TokenStream): readonly Statement[] {
  const outputs: Statement[] = []
  while (!stream.is('end')) {
    if (outputs.length > 0) stream.expect('operator', ',')
    outputs.push({ is: 'output', value: parseTemplateExpression(stream) })
  }
  return outputs
}
