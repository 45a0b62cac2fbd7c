/** Carries out the statements of a template. */
import { truth } from './compare.ts'
import { TemplateError, typeError, valueError } from './error.ts'
import { callArguments, callValue, evaluateNode } from './evaluate.ts'
import { escapeHtml } from './html.ts'
import { itemsOf, iterate } from './iterate.ts'
import { Loop } from './loop.ts'
import { macroFunction } from './macro.ts'
import type { AssignmentTarget, Body, Statement } from './nodes.ts'
import { PyNamespace } from './objects.ts'
import { print } from './print.ts'
import { OutputBuffer, type TemplateFrame, VariableScope } from './scope.ts'
import type { RenderState } from './state.ts'
import { type JinjaValue, Markup, stringOf, typeName } from './values.ts'

/** How a body ends: at its end, or by leaving or going on with the loop around it. */
type BodyResult = 'end' | 'break' | 'continue'

/** Carries out statements one after another. */
export function execute(body: Body, frame: TemplateFrame, state: RenderState, out: OutputBuffer): BodyResult {
  for (const statement of body) {
    state.spend(1)
    const ending = executeOne(statement, frame, state, out)
    if (ending !== 'end') return ending
  }
  return 'end'
}

function executeOne(node: Statement, frame: TemplateFrame, state: RenderState, out: OutputBuffer): BodyResult {
  switch (node.is) {
    case 'text':
      state.spendText(node.text.length)
      out.write(node.text)
      return 'end'
    case 'output': {
      const value = evaluateNode(node.value, frame, state)
      const text = state.autoescape ? escapeHtml(value, state) : print(value, state)
      state.spendText(text.length)
      out.write(text)
      return 'end'
    }
    case 'for':
      return forLoop(node, frame, state, out, evaluateNode(node.over, frame, state), 0)
    case 'if': {
      const branch = node.branches.find(({ condition }) => truth(evaluateNode(condition, frame, state)))
      return execute(branch?.body ?? node.otherwise, frame, state, out)
    }
    case 'set':
      assign(node.target, evaluateNode(node.value, frame, state), frame, state)
      return 'end'
    case 'setBlock': {
      const text = captureBody(node.body, innerFrame(frame), state)
      assign(node.target, evaluateNode(node.filter, frame, state, markupIfEscaping(text, state)), frame, state)
      return 'end'
    }
    case 'with': {
      const scoped = innerFrame(frame)
      const values = node.targets.map(({ value }) => evaluateNode(value, frame, state))
      for (const [index, { target }] of node.targets.entries()) assign(target, values[index] ?? null, scoped, state)
      return execute(node.body, scoped, state, out)
    }
    case 'macro':
      frame.scope.set(node.name, macroFunction(node, frame, state, captureBody))
      return 'end'
    case 'callBlock': {
      const caller = macroFunction({ ...node, name: 'caller' }, frame, state, captureBody)
      const args = callArguments(node.args, frame, state)
      const named = new Map([...args.named, ['caller', caller] as const])
      out.write(print(callValue(evaluateNode(node.of, frame, state), { ...args, named }, state), state))
      return 'end'
    }
    case 'filterBlock': {
      const text = captureBody(node.body, innerFrame(frame), state)
      const filtered = evaluateNode(node.filter, frame, state, markupIfEscaping(text, state))
      if (stringOf(filtered) === undefined) throw typeError(`expected str instance, ${typeName(filtered)} found`)
      out.write(print(filtered, state))
      return 'end'
    }
    case 'autoescape': {
      const before = state.autoescape
      state.autoescape = truth(evaluateNode(node.value, frame, state))
      try {
        return execute(node.body, innerFrame(frame), state, out)
      } finally {
        state.autoescape = before
      }
    }
    case 'block': {
      const scope = new VariableScope(node.scoped ? frame.scope : frame.root)
      return execute(node.body, { ...frame, scope }, state, out)
    }
    case 'break':
    case 'continue':
      return node.is
  }
}

function innerFrame(frame: TemplateFrame): TemplateFrame {
  return { ...frame, scope: new VariableScope(frame.scope) }
}

/** What a body prints, as a text. */
function captureBody(body: Body, frame: TemplateFrame, state: RenderState): string {
  const out = new OutputBuffer()
  state.nested(() => execute(body, frame, state, out))
  return out.text()
}

/** What was printed is safe already where escaping is on. */
function markupIfEscaping(text: string, state: RenderState): JinjaValue {
  return state.autoescape ? new Markup(text) : text
}

type ForNode = Statement & { readonly is: 'for' }

function forLoop(
  node: ForNode,
  frame: TemplateFrame,
  state: RenderState,
  out: OutputBuffer,
  over: JinjaValue,
  depth: number,
): BodyResult {
  const all = [...iterate(over, state)]
  const items = node.condition === null ? all : all.filter((item) => passesFilter(node, item, frame, state))
  if (items.length === 0) return execute(node.otherwise, innerFrame(frame), state, out)
  const loopDeeper = (inside: JinjaValue): JinjaValue => {
    const part = new OutputBuffer()
    state.nested(() => forLoop(node, frame, state, part, inside, depth + 1))
    return markupIfEscaping(part.text(), state)
  }
  const loop = new Loop(state, { items, index: 0, depth }, node.recursive ? loopDeeper : null)
  for (const [index, item] of items.entries()) {
    loop.position = { items, index, depth }
    const scoped = innerFrame(frame)
    scoped.scope.set('loop', loop)
    assign(node.target, item, scoped, state)
    if (execute(node.body, scoped, state, out) === 'break') break
  }
  return 'end'
}

function passesFilter(node: ForNode, item: JinjaValue, frame: TemplateFrame, state: RenderState): boolean {
  const scoped = innerFrame(frame)
  assign(node.target, item, scoped, state)
  return node.condition === null || truth(evaluateNode(node.condition, scoped, state))
}

/** Sets a variable, an attribute of a namespace, or several variables at once. */
function assign(target: AssignmentTarget, value: JinjaValue, frame: TemplateFrame, state: RenderState): void {
  if (target.is === 'name') {
    frame.scope.set(target.name, value)
    return
  }
  if (target.is === 'attribute') {
    const namespace = frame.scope.get(target.of)
    if (!(namespace instanceof PyNamespace))
      throw new TemplateError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object')
    namespace.attributes.set(target.name, value)
    return
  }
  const items = itemsOf(value, state)
  if (items.length !== target.items.length)
    throw valueError(`${target.items.length} values are needed to unpack, got ${items.length}`)
  for (const [index, each] of target.items.entries()) assign(each, items[index] ?? null, frame, state)
}
