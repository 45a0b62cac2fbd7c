/**
 * Jinja templates in configuration: addresses, headers, payloads, messages, ids. Mistakes in them become problems that
 * name the template. A variable that does not exist is a mistake, as in Sesam since 2023 (changelog.rst, 2023-01-03).
 */

import { fromNanos } from '../entity/datetime.ts'
import type { DateTime } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { Fault, type Problem, problem, type Where } from '../problem.ts'
import { TemplateError } from '../template/error.ts'
import { compileTemplate, type Program, renderProgram } from '../template/render.ts'
import type { RenderOptions } from '../template/state.ts'

const brokenTemplate = problem<{ template: string; reason: string }>({
  code: 'broken-template',
  severity: 'error',
  says: ({ template, reason }) => `The template ${template} cannot be rendered: ${reason}.`,
})

const unknownVariable = problem<{ name: string; template: string }>({
  code: 'unknown-template-variable',
  severity: 'error',
  says: ({ name, template }) => `The template ${template} uses ${name}, which does not exist.`,
  fix: ({ name }) => `Add it to the data, or give it a default such as {{ ${name} | default('') }}.`,
})

const limitExceeded = problem<{ template: string; reason: string }>({
  code: 'template-limit',
  severity: 'error',
  says: ({ template, reason }) => `The template ${template} was stopped: ${reason}.`,
  fix: () => 'Let it go through less data, or do the work in DTL.',
})

/** What a template is called in problems, and where it stands. */
export interface TemplatePlace {
  readonly name: string
  readonly where?: Where
}

/** A template that is ready to be filled in. */
type Template = (values: Readonly<Record<string, unknown>>, options?: RenderOptions) => string

const programs = new Map<string, Program>()

/** Reads a template; the same text is read once. Throws Faults, now and when it is filled in. */
export function template(text: string, place?: TemplatePlace): Template {
  if (!/\{[{%#]/.test(text)) return () => text
  const named: TemplatePlace = place ?? { name: text.length > 80 ? `${text.slice(0, 80)}…` : text }
  const program = withTemplateFaults(named, () => programOf(text))
  return (values, options) => withTemplateFaults(named, () => renderProgram(program, values, options))
}

function programOf(text: string): Program {
  const known = programs.get(text)
  if (known) return known
  const program = compileTemplate(text)
  if (programs.size > 1000) programs.clear()
  programs.set(text, program)
  return program
}

/** The problem of a template that cannot be read, or null. */
export function templateProblem(text: string, place: TemplatePlace): Problem | null {
  try {
    template(text, place)
    return null
  } catch (error) {
    if (error instanceof Fault) return error.problem
    throw error
  }
}

/** A Fault whose template lacks an attribute, and not a whole variable: the data is otherwise than the template expects. */
export function lacksAttribute(error: unknown): boolean {
  return (
    error instanceof Fault && error.problem.code === unknownVariable.code && error.problem.facts.isVariable === false
  )
}

function withTemplateFaults<T>(place: TemplatePlace, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TemplateError) throw new Fault(problemOf(error, place))
    // Expressions that are nested so deep that reading them takes all of the stack.
    if (error instanceof RangeError)
      throw new Fault(limitExceeded({ template: place.name, reason: error.message }, place.where))
    throw error
  }
}

function problemOf({ kind, message, line, missing }: TemplateError, { name, where = {} }: TemplatePlace): Problem {
  if (kind === 'LimitError') return limitExceeded({ template: name, reason: message }, where)
  if (missing && kind === 'UndefinedError') {
    const facts = { name: missing.name, template: name, isVariable: missing.isVariable }
    return unknownVariable(facts, where)
  }
  const reason = line === undefined || line === 1 ? message : `${message} (line ${line})`
  return brokenTemplate({ template: name, reason: reason.replace(/\.$/, '') }, where)
}

/** Clock and chance of a run, for templates. */
export function templateOptions(environment: Environment): RenderOptions {
  return { now: () => timeOf(environment), random: () => environment.random() }
}

function timeOf(environment: Environment): DateTime {
  const now = fromNanos(environment.now())
  if (now === null) throw new TemplateError('OverflowError', 'the clock is wrong')
  return now
}
