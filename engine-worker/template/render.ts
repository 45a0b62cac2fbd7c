/**
 * Jinja templates, by Jinja 3.1 with strict undefined values, loop controls and no automatic escaping
 * (https://jinja.palletsprojects.com/en/stable/templates/), walked as a tree: no code is generated. Names that begin
 * with two underscores are refused, and the steps and the memory of a template are limited.
 */
import { readItem } from './access.ts'
import { truth } from './compare.ts'
import { conditions } from './conditions.ts'
import { TemplateError } from './error.ts'
import { execute } from './execute.ts'
import { jwtFilters } from './filters/jwt.ts'
import { listFilters } from './filters/lists.ts'
import { sesamFilters } from './filters/sesam.ts'
import { textFilters } from './filters/texts.ts'
import { valueFilters } from './filters/values.ts'
import { globalFunctions } from './globals.ts'
import type { Body, Expression, Statement } from './nodes.ts'
import { SecretText } from './objects.ts'
import { parse } from './parse.ts'
import { invokeRoutine, routinesByName } from './routine.ts'
import { OutputBuffer, type TemplateFrame, VariableScope } from './scope.ts'
import { type Registry, type RenderOptions, RenderState } from './state.ts'
import { fromValue, type JinjaValue, PyFunction, PyObject, stringOf } from './values.ts'

const filters = routinesByName([...listFilters, ...textFilters, ...valueFilters, ...sesamFilters, ...jwtFilters])
const tests = routinesByName(conditions)

const registry: Registry = {
  filter: (state, name, value, args) => {
    const filter = filters.get(name)
    if (!filter) throw new TemplateError('TemplateRuntimeError', `No filter named '${name}'.`)
    return invokeRoutine(filter, state, value, args)
  },
  test: (state, name, value, args) => {
    const test = tests.get(name)
    if (!test) throw new TemplateError('TemplateRuntimeError', `No test named '${name}'.`)
    return truth(invokeRoutine(test, state, value, args))
  },
  read: (state, value, key, order) => readItem(value, key, state, order),
  hasFilter: (name) => filters.has(name),
  hasTest: (name) => tests.has(name),
}

/** A template that was read. */
export interface Program {
  readonly body: Body
}

/** Reads a template; throws a TemplateError with its line. */
export function compileTemplate(source: string): Program {
  const body = parse(source)
  for (const statement of body) checkNames(statement, false)
  return { body }
}

/** Fails for filters and tests that do not exist, unless they stand where a condition may keep them from being used. */
function checkNames(node: Statement | Expression | unknown, conditional: boolean): void {
  if (Array.isArray(node)) {
    for (const each of node) checkNames(each, conditional)
    return
  }
  if (typeof node !== 'object' || node === null || !('is' in node)) {
    if (typeof node === 'object' && node !== null) for (const each of Object.values(node)) checkNames(each, conditional)
    return
  }
  if ((node.is === 'filter' || node.is === 'test') && 'name' in node && !conditional) {
    const known = node.is === 'filter' ? filters : tests
    const name = String(node.name)
    const line = 'line' in node ? Number(node.line) : 1
    if (!known.has(name)) throw new TemplateError('TemplateSyntaxError', `No ${node.is} named '${name}'.`, line)
  }
  const inner = conditional || node.is === 'if' || node.is === 'choice'
  for (const each of Object.values(node)) checkNames(each, inner)
}

/** `self`: the blocks of the template by name, as functions that render them. */
class TemplateBlocks extends PyObject {
  readonly type = 'TemplateReference'
  constructor(
    private readonly body: Body,
    private readonly frame: TemplateFrame,
    private readonly state: RenderState,
  ) {
    super()
  }
  override attribute(name: string): JinjaValue | undefined {
    const block = this.body.find((statement) => statement.is === 'block' && statement.name === name)
    if (!block) return undefined
    return new PyFunction(name, () => {
      const out = new OutputBuffer()
      this.state.nested(() => execute([block], this.frame, this.state, out))
      return out.text()
    })
  }
}

/** Fills a template in. Values are those of entities or plain JavaScript; `secrets` gives the function `secret`. */
export function renderProgram(
  program: Program,
  values: Readonly<Record<string, unknown>>,
  options: RenderOptions = {},
): string {
  const state = new RenderState(registry, options)
  const root = new VariableScope(null)
  const readVariables = new Map<string, JinjaValue>()
  const variableNamed = (name: string): JinjaValue | undefined => {
    if (!Object.hasOwn(values, name) || values[name] === undefined) return undefined
    const known = readVariables.get(name)
    if (known !== undefined) return known
    const value = givenValue(name, values[name])
    readVariables.set(name, value)
    return value
  }
  const out = new OutputBuffer()
  let functions: ReadonlyMap<string, JinjaValue> | null = null
  const globalNamed = (name: string): JinjaValue | undefined => {
    functions ??= new Map([...globalFunctions(state), ['self', new TemplateBlocks(program.body, frame, state)]])
    return functions.get(name)
  }
  const frame: TemplateFrame = { scope: root, root, given: variableNamed, globals: globalNamed }
  execute(program.body, frame, state, out)
  return out.text()
}

/** The function `secret` gives a text that only names the secret; other functions are not given to templates. */
function givenValue(name: string, value: unknown): JinjaValue {
  if (typeof value !== 'function') return fromValue(value)
  return new PyFunction(name, ({ positional: [first = null] }) => {
    const result: unknown = value(stringOf(first) ?? '')
    const secret = typeof result === 'string' ? /^\$SECRET\(([^()]*)\)$/.exec(result)?.[1] : undefined
    return secret === undefined ? fromValue(result) : new SecretText(secret)
  })
}
