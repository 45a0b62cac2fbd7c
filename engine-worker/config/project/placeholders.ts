/**
 * `.jinja_vars`: values that Sesam's client puts into the configuration when it uploads it, in the place of
 * `{{@ name @}}`. A placeholder may stand outside quotes, so a file need not be JSON before that.
 */
import { readJson } from '../../entity/json.ts'
import { isObject, type Json } from '../../entity/value.ts'
import { Fault, type Problem, problem } from '../../problem.ts'
import { withoutMark } from './read.ts'
import { variableText } from './variables.ts'

const noValue = problem<{ name: string }>({
  code: 'placeholder-without-value',
  severity: 'warning',
  says: ({ name }) => `The placeholder {{@ ${name} @}} stays as it is: .jinja_vars has no value for it.`,
  fix: ({ name }) => `Add a line ${name}=… to .jinja_vars.`,
})

const placeholder = /\{\{@\s*([\w.-]+)\s*@\}\}/g

/** The values of `.jinja_vars`: a JSON object, or lines `name=value` (or `name: value`) with comments. */
export function placeholderValues(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined) return new Map()
  const json = jsonIn(text)
  if (isObject(json)) return new Map(Object.entries(json).map(([name, value]) => [name, variableText(value)]))
  const values = new Map<string, string>()
  for (const line of withoutMark(text).split(/\r?\n/)) {
    const [, name, value] = /^\s*([^#;[=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) values.set(name, value)
  }
  return values
}

function jsonIn(text: string): Json {
  try {
    return readJson(text)
  } catch (error) {
    if (error instanceof Fault) return null // lines of names and values
    throw error
  }
}

/** A text with the values in the place of its placeholders; those without a value stay. */
export function withValues(text: string, values: ReadonlyMap<string, string>): string {
  return text.includes('{{@') ? text.replace(placeholder, (all, name: string) => values.get(name) ?? all) : text
}

/** A problem for each name without a value. */
export function missingValues(text: string, file: string, values: ReadonlyMap<string, string>): Problem[] {
  if (!text.includes('{{@')) return []
  const names = new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))
  return [...names].filter((name) => !values.has(name)).map((name) => noValue({ name }, { file }))
}

/** Whether a text that is not JSON is JSON as soon as its placeholders have values. */
export function isJsonWithPlaceholders(text: string): boolean {
  if (!text.includes('{{@')) return false
  return jsonIn(text.replace(placeholder, '0')) !== null
}
