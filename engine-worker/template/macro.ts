/** Macros, and the body of a `call` block, as functions. */
import { TemplateError, typeError } from './error.ts'
import { evaluateNode } from './evaluate.ts'
import type { Body, MacroParameter } from './nodes.ts'
import { type TemplateFrame, VariableScope } from './scope.ts'
import type { RenderState } from './state.ts'
import { type CallArguments, type JinjaValue, Markup, orElse, PyDict, PyFunction, PyTuple } from './values.ts'

interface MacroNode {
  readonly name: string
  readonly parameters: readonly MacroParameter[]
  readonly body: Body
}

/** Renders a body into a text; given by what carries out statements, of which macros are a part. */
type Capture = (body: Body, frame: TemplateFrame, state: RenderState) => string

/** The function that renders a macro's body with the arguments of a call. */
export function macroFunction(node: MacroNode, frame: TemplateFrame, state: RenderState, capture: Capture): PyFunction {
  const uses = namesIn(node.body)
  const names = node.parameters.map(({ name }) => name)
  const attributes = new Map<string, JinjaValue>([
    ['name', node.name],
    ['arguments', new PyTuple(names)],
    ['catch_kwargs', uses.has('kwargs')],
    ['catch_varargs', uses.has('varargs')],
    ['caller', uses.has('caller')],
  ])
  const call = (args: CallArguments): JinjaValue => {
    const scope = new VariableScope(frame.scope)
    bindMacro(node, uses, args, { ...frame, scope }, state)
    const text = capture(node.body, { ...frame, scope }, state)
    return state.autoescape ? new Markup(text) : text
  }
  return new Macro(node.name, call, attributes)
}

/** Sets the parameters; what is left over goes to `varargs`, `kwargs` and `caller` where the body uses them. */
function bindMacro(
  { name, parameters }: MacroNode,
  uses: ReadonlySet<string>,
  { positional, named }: CallArguments,
  frame: TemplateFrame,
  state: RenderState,
): void {
  const unusedNamed = new Map(named)
  const argumentValues = parameters.map((parameter, index) => {
    if (index < positional.length) {
      if (unusedNamed.has(parameter.name))
        throw typeError(`macro '${name}' got multiple values for '${parameter.name}'`)
      return positional[index]
    }
    const value = unusedNamed.get(parameter.name)
    unusedNamed.delete(parameter.name)
    return value
  })
  for (const [index, parameter] of parameters.entries()) {
    const missingArgument = () => state.undefined(parameter.name, `parameter '${parameter.name}' was not provided`)
    frame.scope.set(parameter.name, orElse(argumentValues[index], missingArgument))
  }
  for (const [index, { name: parameter, otherwise }] of parameters.entries())
    if (argumentValues[index] === undefined && otherwise !== null)
      frame.scope.set(parameter, evaluateNode(otherwise, frame, state))
  const isParameter = (each: string) => parameters.some((parameter) => parameter.name === each)
  if (uses.has('caller') && !isParameter('caller')) {
    frame.scope.set(
      'caller',
      orElse(unusedNamed.get('caller'), () => state.undefined('caller', 'No caller defined')),
    )
    unusedNamed.delete('caller')
  }
  if (uses.has('kwargs')) {
    const dict = new PyDict()
    for (const [key, value] of unusedNamed) dict.set(key, value)
    frame.scope.set('kwargs', dict)
  } else if (unusedNamed.size > 0) {
    const [first = ''] = unusedNamed.keys()
    throw typeError(
      first === 'caller'
        ? `macro '${name}' was invoked with two values for the special caller argument`
        : `macro '${name}' takes no keyword argument '${first}'`,
    )
  }
  const more = positional.slice(parameters.length)
  if (uses.has('varargs')) frame.scope.set('varargs', new PyTuple(more))
  else if (more.length > 0)
    throw new TemplateError('TypeError', `macro '${name}' takes not more than ${parameters.length} argument(s)`)
}

/** The variables that a body reads anywhere. */
function namesIn(body: Body): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each)
    else if (typeof node === 'object' && node !== null) {
      if ('is' in node && node.is === 'name' && 'name' in node && typeof node.name === 'string') names.add(node.name)
      for (const each of Object.values(node)) visit(each)
    }
  }
  visit(body)
  return names
}

class Macro extends PyFunction {
  override describe(): string {
    return `<Macro '${this.name}'>`
  }
}
