/**
 * Jinja templates in configuration: addresses, headers, payloads, mails, ids. Variables that are unknown render as
 * nothing, or as the caller says. Sesam's own filters that need no key are there (documentation/jinja_filters.rst).
 */
// @huggingface/jinja: a Jinja that walks the parsed template. Other ports compile templates with new Function, which a
// strict content security policy forbids.
import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja'
import { encodeBase64 } from '../entity/base64.ts'
import { Fault, problem } from '../problem.ts'

const brokenTemplate = problem<{ template: string; reason: string }>({
  code: 'broken-template',
  severity: 'error',
  says: ({ template, reason }) => `The template ${template} cannot be rendered: ${reason}.`,
})

/** A template that is ready to be filled in. */
export type Template = (values: Readonly<Record<string, unknown>>) => string

const cache = new Map<string, Template>()

/** Parses a template; the same text is parsed once. */
export function template(text: string): Template {
  if (!/\{[{%#]/.test(text)) return () => text
  const before = cache.get(text)
  if (before) return before
  const program = attempt(text, () => withFilters(parse(tokenize(text))))
  const render: Template = (values) =>
    attempt(text, () => String(new Interpreter(environment(values)).run(program).value))
  if (cache.size > 1000) cache.clear()
  cache.set(text, render)
  return render
}

function attempt<T>(text: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Fault(brokenTemplate({ template: text.length > 80 ? `${text.slice(0, 80)}…` : text, reason }))
  }
}

function environment(values: Readonly<Record<string, unknown>>): Environment {
  const scope = new Environment()
  scope.set('true', true)
  scope.set('false', false)
  scope.set('none', null)
  scope.set('True', true)
  scope.set('False', false)
  scope.set('None', null)
  scope.set('range', (from: number, to?: number) =>
    Array.from({ length: (to ?? from) - (to ? from : 0) }, (_, i) => i + (to ? from : 0)),
  )
  for (const [name, run] of Object.entries(filters)) scope.set(FILTER + name, run)
  for (const [name, value] of Object.entries(values)) if (value !== undefined) scope.set(name, value)
  return scope
}

const FILTER = '__filter_'

/** Filters that the library lacks, as functions of the filtered value and the arguments. */
const filters: Readonly<Record<string, (value: unknown, ...args: unknown[]) => unknown>> = {
  urlencode: (value) => encodeURIComponent(text(value)).replaceAll('%2F', '/'),
  base64_encode: (value) => encodeBase64(new TextEncoder().encode(text(value))),
  base64_decode: (value) => new TextDecoder().decode(Uint8Array.from(atob(text(value)), (sign) => sign.charCodeAt(0))),
  bytes: (value) => text(value),
  round: (value, digits) => Number(Number(value).toFixed(typeof digits === 'number' ? digits : 0)),
  escape: (value) => escaped(text(value)),
  e: (value) => escaped(text(value)),
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

function escaped(value: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }
  return value.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}

/** Replaces uses of our filters by calls, in the tree as the library parsed it. */
function withFilters<T>(node: T): T {
  if (typeof node !== 'object' || node === null) return node
  if (node instanceof Map) return node
  for (const [key, value] of Object.entries(node)) Object.assign(node, { [key]: withFilters(value) })
  return asCall(node) ?? node
}

function asCall<T extends object>(node: T): T | null {
  if (!('type' in node) || node.type !== 'FilterExpression' || !('operand' in node) || !('filter' in node)) return null
  const filter = node.filter
  if (typeof filter !== 'object' || filter === null) return null
  const callee = 'callee' in filter ? filter.callee : filter
  const args = 'args' in filter && Array.isArray(filter.args) ? filter.args : []
  const name = typeof callee === 'object' && callee !== null && 'value' in callee ? String(callee.value) : ''
  if (!Object.hasOwn(filters, name)) return null
  const call = {
    type: 'CallExpression',
    callee: { type: 'Identifier', value: FILTER + name },
    args: [node.operand, ...args],
  }
  return call as unknown as T
}
