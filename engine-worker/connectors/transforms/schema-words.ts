/**
 * What a JSON schema finds wrong, in the words of the validator that Sesam's node uses (Python's jsonschema), which the
 * documentation shows: `'born' is a required property`. Values are written as Python writes them.
 */
import type { OutputUnit } from '@cfworker/json-schema' // the validator of json-schema.ts

/** Errors of these only tell that something below is wrong. */
const WRAPPERS = new Set(['properties', 'patternProperties', 'items', 'prefixItems', 'allOf', '$ref', 'then', 'else'])
/** Errors below these are tries that failed; the error itself says all. */
const CHOICES = new Set(['anyOf', 'oneOf', 'not', 'contains'])

/** The errors worth telling, in order, without those that say the same again. */
export function schemaErrors(units: readonly OutputUnit[], schema: unknown, value: unknown): string[] {
  const choices = units.filter(({ keyword }) => CHOICES.has(keyword)).map(({ keywordLocation }) => keywordLocation)
  return units
    .filter((unit) => !WRAPPERS.has(unit.keyword) || !hasDetails(unit, units))
    .filter(({ keywordLocation }) => !choices.some((choice) => keywordLocation.startsWith(`${choice}/`)))
    .filter(({ keyword, keywordLocation }) => keyword !== 'false' || !keywordLocation.includes('/additionalProperties'))
    .map((unit) =>
      errorWords(unit, valueAtPointer(schema, unit.keywordLocation), valueAtPointer(value, unit.instanceLocation)),
    )
}

function hasDetails({ keywordLocation }: OutputUnit, units: readonly OutputUnit[]): boolean {
  return units.some((other) => other.keywordLocation.startsWith(`${keywordLocation}/`))
}

function errorWords({ keyword, error, instanceLocation }: OutputUnit, keywordValue: unknown, value: unknown): string {
  const found = pythonText(value)
  switch (keyword) {
    case 'required': {
      const missing = /required property "([^"]*)"/.exec(error)?.[1]
      return missing === undefined ? error : `${pythonText(missing)} is a required property`
    }
    case 'additionalProperties': {
      const extra = /^Property "([^"]*)"/.exec(error)?.[1]
      return keywordValue !== false || extra === undefined
        ? error
        : `Additional properties are not allowed (${pythonText(extra)} was unexpected)`
    }
    case 'false':
      return `False schema does not allow ${found}`
    case 'type':
      return `${found} is not of type ${(Array.isArray(keywordValue) ? keywordValue : [keywordValue]).map(pythonText).join(', ')}`
    case 'enum':
      return `${found} is not one of ${pythonText(keywordValue)}`
    case 'const':
      return `${pythonText(keywordValue)} was expected`
    case 'minimum':
      return `${found} is less than the minimum of ${pythonText(keywordValue)}`
    case 'maximum':
      return `${found} is greater than the maximum of ${pythonText(keywordValue)}`
    case 'exclusiveMinimum':
      return `${found} is less than or equal to the minimum of ${pythonText(keywordValue)}`
    case 'exclusiveMaximum':
      return `${found} is greater than or equal to the maximum of ${pythonText(keywordValue)}`
    case 'multipleOf':
      return `${found} is not a multiple of ${pythonText(keywordValue)}`
    case 'minLength':
    case 'minItems':
      return `${found} is too short`
    case 'maxLength':
    case 'maxItems':
      return `${found} is too long`
    case 'uniqueItems':
      return `${found} has non-unique elements`
    case 'pattern':
      return `${found} does not match ${pythonText(keywordValue)}`
    case 'format':
      return `${found} is not a ${pythonText(keywordValue)}`
    case 'anyOf':
    case 'oneOf':
      return `${found} is not valid under any of the given schemas`
    default: {
      const place = instanceLocation.replace(/^#\/?/, '')
      return place === '' ? error : `${place}: ${error}`
    }
  }
}

/** What a JSON pointer (`#/a/0`) leads to. */
function valueAtPointer(value: unknown, pointer: string): unknown {
  let found = value
  for (const part of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as { readonly [key: string]: unknown })[key]
    if (key === '$ref' && typeof found === 'string' && found.startsWith('#') && found !== pointer)
      found = valueAtPointer(value, found)
  }
  return found
}

function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') {
    const text = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')
    return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`
  }
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`
  if (typeof value !== 'object') return String(value)
  return `{${Object.entries(value)
    .map(([key, each]) => `${pythonText(key)}: ${pythonText(each)}`)
    .join(', ')}}`
}
