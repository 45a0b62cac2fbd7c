/**
 * Environment variables in configuration: `$ENV(name)` in texts, and `$conditional_properties` blocks that choose
 * properties by one. See documentation/service-configuration/environment-variables. `$SECRET(name)` stays as written:
 * secrets are put in at the moment of use only ({@link revealSecrets}), so that no captured output shows one.
 */
import { get, has, put } from '../../entity/dict.ts'
import { Float, isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { type Problem, problem } from '../../problem.ts'

const unknownVariable = problem<{ name: string }>({
  code: 'unknown-variable',
  severity: 'warning',
  says: ({ name }) => `The environment variable ${name} has no value.`,
  fix: ({ name }) => `Give ${name} a value in the environment's variables (test-env.json).`,
})

const unknownAlternative = problem<{ condition: string; known: string }>({
  code: 'unknown-alternative',
  severity: 'error',
  says: ({ condition, known }) => `There is no alternative for the condition ${condition}; there are: ${known}.`,
  fix: () => 'Add the alternative or set the environment variable to one that exists.',
})

const brokenConditional = problem<{ missing: string }>({
  code: 'broken-conditional',
  severity: 'error',
  says: ({ missing }) => `A conditional needs ${missing}.`,
})

/** Looks variables up and collects what is wrong on the way. */
export interface Substitution {
  readonly variables: ReadonlyMap<string, Json>
  readonly report: (problem: Problem) => void
}

/**
 * The value with every `$ENV(name)` replaced. A text that is nothing but one variable becomes its value with its type;
 * inside a longer text the variable becomes text. What has no variable inside is returned as it is.
 */
export function substitute(json: Json, to: Substitution, path: JsonPath = []): Json {
  if (typeof json === 'string') return json.includes('$ENV(') ? substituteText(json, to, path) : json
  if (Array.isArray(json)) {
    let copy: Json[] | null = null
    for (let index = 0; index < json.length; index++) {
      const item = json[index] ?? null
      const now = typeof item === 'object' || typeof item === 'string' ? substitute(item, to, [...path, index]) : item
      if (now !== item) copy ??= json.slice()
      if (copy) copy[index] = now
    }
    return copy ?? json
  }
  return isObject(json) ? substituteObject(json, to, path) : json
}

function substituteObject(json: JsonObject, to: Substitution, path: JsonPath): JsonObject {
  let copy: JsonObject | null = null
  for (const key of Object.keys(json)) {
    const item = get(json, key) ?? null
    const now = typeof item === 'object' || typeof item === 'string' ? substitute(item, to, [...path, key]) : item
    if (now === item) continue
    copy ??= { ...json }
    put(copy, key, now)
  }
  return copy ?? json
}

const WHOLE_VARIABLE = /^\$ENV\(([^()]*)\)$/
const VARIABLE_INSIDE = /\$ENV\(([^()]*)\)/g

function substituteText(text: string, to: Substitution, path: JsonPath): Json {
  const whole = WHOLE_VARIABLE.exec(text)
  const lookUpVariable = (name: string) => {
    const value = to.variables.get(name.trim())
    if (value === undefined) to.report(unknownVariable({ name: name.trim() }, { path }))
    return value
  }
  if (whole) return lookUpVariable(whole[1] ?? '') ?? text
  return text.replace(VARIABLE_INSIDE, (written, name: string) => {
    const value = lookUpVariable(name)
    return value === undefined ? written : variableText(value)
  })
}

/** How a variable reads inside a longer text, and as the key of an alternative. */
export function variableText(value: Json): string {
  if (typeof value === 'string') return value
  if (value instanceof Float) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value)
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}

/** A chosen part of the configuration and where it stands. */
interface ChosenAlternative {
  readonly config: Json
  readonly path: JsonPath
}

/**
 * Follows `{"type": "conditional", "condition", "alternatives"}` to the alternative that the condition selects, also
 * through nested ones. Null where none can be chosen; the reason is reported.
 */
export function chooseAlternative(config: Json, to: Substitution, path: JsonPath): ChosenAlternative | null {
  let chosen: ChosenAlternative = { config, path }
  for (let depth = 0; depth < 100; depth++) {
    const at = chosen.config
    if (!isObject(at) || get(at, 'type') !== 'conditional') return chosen
    const key = conditionOf(at, to, chosen.path)
    const alternatives = get(at, 'alternatives')
    if (key === null) return null
    if (!isObject(alternatives)) {
      to.report(brokenConditional({ missing: 'an object of alternatives' }, { path: chosen.path }))
      return null
    }
    const name = alternativeName(alternatives, key)
    if (name === null) {
      to.report(
        unknownAlternative(
          { condition: variableText(key), known: Object.keys(alternatives).join(', ') },
          { path: [...chosen.path, 'condition'] },
        ),
      )
      return null
    }
    chosen = { config: get(alternatives, name) ?? null, path: [...chosen.path, 'alternatives', name] }
  }
  return null
}

function conditionOf(conditional: JsonObject, to: Substitution, path: JsonPath): Json {
  const condition = get(conditional, 'condition')
  if (condition === undefined || condition === null) {
    to.report(brokenConditional({ missing: 'a condition' }, { path }))
    return null
  }
  return substitute(condition, to, [...path, 'condition'])
}

/** The alternative named by a condition; `true` also finds `True`, as other tools write it. */
function alternativeName(alternatives: JsonObject, condition: Json): string | null {
  const key = variableText(condition)
  if (has(alternatives, key)) return key
  if (typeof condition !== 'boolean') return null
  const capitalised = condition ? 'True' : 'False'
  return has(alternatives, capitalised) ? capitalised : null
}

const CONDITIONAL = '$conditional_properties'

/**
 * Puts the chosen alternative of each `$conditional_properties` block in the place of the properties beside it. Data of
 * embedded sources and transforms are left alone, as documented.
 */
export function conditionalProperties(json: Json, to: Substitution, path: JsonPath = []): Json {
  if (Array.isArray(json)) {
    const items = json.map((item, index) => conditionalProperties(item, to, [...path, index]))
    return items.some((item, index) => item !== json[index]) ? items : json
  }
  if (!isObject(json)) return json
  const block = get(json, CONDITIONAL)
  const here = block === undefined ? json : withAlternative(json, block, to, path)
  let copy: JsonObject | null = here === json ? null : here
  for (const key of Object.keys(here)) {
    if (key === 'entities' || (key === 'transform' && path.length === 0)) continue
    const item = get(here, key) ?? null
    if (typeof item !== 'object' || item === null) continue
    const now = conditionalProperties(item, to, [...path, key])
    if (now === item) continue
    copy ??= { ...here }
    put(copy, key, now)
  }
  return copy ?? here
}

function withAlternative(json: JsonObject, block: Json, to: Substitution, path: JsonPath): JsonObject {
  const result = { ...json }
  delete result[CONDITIONAL]
  const config = isObject(block) ? { ...block, type: 'conditional' } : { type: 'conditional' }
  const chosen = chooseAlternative(config, to, [...path, CONDITIONAL])
  if (!chosen || !isObject(chosen.config)) return result
  const properties = conditionalProperties(chosen.config, to, chosen.path)
  if (isObject(properties)) {
    for (const key of Object.keys(properties)) {
      if (path.length === 0 && (key === '_id' || key === 'type')) continue
      put(result, key, get(properties, key) ?? null)
    }
  }
  return result
}

/** The text with each `$SECRET(name)` replaced by the secret's value; unknown ones stay as written. */
export function revealSecrets(text: string, secret: (name: string) => string | null): string {
  return text.includes('$SECRET(')
    ? text.replace(/\$SECRET\(([^()]*)\)/g, (written, name: string) => secret(name.trim()) ?? written)
    : text
}
