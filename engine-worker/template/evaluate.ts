/** Evaluates expressions. */

import { calculate, negative, positive } from './arithmetic.ts'
import { compareValues, equalValues, holds, truth } from './compare.ts'
import { typeError } from './error.ts'
import { escapeHtml } from './html.ts'
import { itemsOf } from './iterate.ts'
import type { CallArgumentsNode, CompareOperator, Expression } from './nodes.ts'
import { print } from './print.ts'
import type { TemplateFrame } from './scope.ts'
import { slice } from './slice.ts'
import type { RenderState } from './state.ts'
import {
  type CallArguments,
  type JinjaValue,
  Markup,
  PyDict,
  PyFunction,
  PyList,
  PyTuple,
  stringOf,
  typeName,
  Undefined,
} from './values.ts'

/** The value of an expression. `body` is what stands for the body of a filter block. */
export function evaluateNode(
  node: Expression,
  frame: TemplateFrame,
  state: RenderState,
  body: JinjaValue = null,
): JinjaValue {
  state.spend(1)
  const evaluateInner = (inner: Expression) => evaluateNode(inner, frame, state, body)
  switch (node.is) {
    case 'constant':
      return node.value
    case 'name':
      return lookUp(node.name, frame, state)
    case 'list':
      return new PyList(node.items.map(evaluateInner))
    case 'tuple':
      return new PyTuple(node.items.map(evaluateInner))
    case 'dict': {
      const dict = new PyDict()
      for (const [key, item] of node.pairs) dict.set(evaluateInner(key), evaluateInner(item))
      return dict
    }
    case 'attribute':
      return state.registry.read(state, evaluateInner(node.of), node.name, 'attribute')
    case 'item':
      return state.registry.read(state, evaluateInner(node.of), evaluateInner(node.key), 'item')
    case 'slice': {
      const [from = null, to = null, by = null] = node.bounds.map((bound) =>
        bound === null ? null : evaluateInner(bound),
      )
      return slice(evaluateInner(node.of), from, to, by, state)
    }
    case 'call':
      return callValue(evaluateInner(node.of), callArguments(node.args, frame, state, body), state)
    case 'filter':
      return state.registry.filter(
        state,
        node.name,
        evaluateInner(node.of),
        callArguments(node.args, frame, state, body),
      )
    case 'test':
      return state.registry.test(state, node.name, evaluateInner(node.of), callArguments(node.args, frame, state, body))
    case 'unary': {
      const operand = evaluateInner(node.of)
      return node.operator === 'not' ? !truth(operand) : node.operator === '-' ? negative(operand) : positive(operand)
    }
    case 'binary':
      return calculate(node.operator, evaluateInner(node.left), evaluateInner(node.right), state)
    case 'and': {
      const left = evaluateInner(node.left)
      return truth(left) ? evaluateInner(node.right) : left
    }
    case 'or': {
      const left = evaluateInner(node.left)
      return truth(left) ? left : evaluateInner(node.right)
    }
    case 'compare':
      return compareChain(node, frame, state, body)
    case 'join': {
      const parts = node.parts.map(evaluateInner)
      const safe = state.autoescape && parts.some((part) => part instanceof Markup)
      const text = parts.map((part) => (safe ? escapeHtml(part, state) : print(part, state))).join('')
      state.spendText(text.length)
      return safe ? new Markup(text) : text
    }
    case 'choice':
      if (truth(evaluateInner(node.condition))) return evaluateInner(node.value)
      return node.otherwise === null
        ? new Undefined('the condition has no else', 'lenient', '')
        : evaluateInner(node.otherwise)
    case 'body':
      return body
  }
}

/** A variable: of the blocks around it, of what was given to the template, or a function that all templates know. */
function lookUp(name: string, frame: TemplateFrame, state: RenderState): JinjaValue {
  let value = frame.scope.get(name)
  if (value === undefined) value = frame.given(name)
  if (value === undefined) value = frame.globals(name)
  return value === undefined ? state.undefinedVariable(name) : value
}

function compareChain(
  node: Expression & { readonly is: 'compare' },
  frame: TemplateFrame,
  state: RenderState,
  body: JinjaValue,
): boolean {
  let left = evaluateNode(node.left, frame, state, body)
  for (const { operator, value } of node.rest) {
    const right = evaluateNode(value, frame, state, body)
    if (!applyComparison(operator, left, right, state)) return false
    left = right
  }
  return true
}

function applyComparison(operator: CompareOperator, left: JinjaValue, right: JinjaValue, state: RenderState): boolean {
  switch (operator) {
    case '==':
      return equalValues(left, right, state)
    case '!=':
      return !equalValues(left, right, state)
    case '<':
      return compareValues(left, right, state, operator) < 0
    case '<=':
      return compareValues(left, right, state, operator) <= 0
    case '>':
      return compareValues(left, right, state, operator) > 0
    case '>=':
      return compareValues(left, right, state, operator) >= 0
    case 'in':
      return holds(right, left, state)
    case 'not in':
      return !holds(right, left, state)
  }
}

/** Calls a value; fails where it is nothing that can be called. */
export function callValue(called: JinjaValue, args: CallArguments, state: RenderState): JinjaValue {
  if (called instanceof Undefined) called.fail()
  if (!(called instanceof PyFunction)) throw typeError(`'${typeName(called)}' object is not callable`)
  return state.nested(() => called.call(args))
}

/** The arguments of a call as values. */
export function callArguments(
  node: CallArgumentsNode,
  frame: TemplateFrame,
  state: RenderState,
  body: JinjaValue = null,
): CallArguments {
  const positional = node.positional.map((each) => evaluateNode(each, frame, state, body))
  if (node.spread !== null)
    for (const item of itemsOf(evaluateNode(node.spread, frame, state, body), state)) positional.push(item)
  const named = new Map(node.named.map(({ name, value }) => [name, evaluateNode(value, frame, state, body)]))
  if (node.spreadNamed !== null) {
    const more = evaluateNode(node.spreadNamed, frame, state, body)
    if (more instanceof Undefined) more.fail()
    if (!(more instanceof PyDict)) throw typeError(`argument after ** must be a mapping, not ${typeName(more)}`)
    for (const [key, value] of more.pairs()) {
      const name = stringOf(key)
      if (name === undefined) throw typeError('keywords must be strings')
      if (named.has(name)) throw typeError(`got multiple values for keyword argument '${name}'`)
      named.set(name, value)
    }
  }
  return { positional, named }
}
