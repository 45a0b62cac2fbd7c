/**
 * An interpreter that walks DTL for every entity, written plainly: what one gets without compilation. It knows the
 * functions of the measured transform.
 */
import { dateOf, daysOf } from '../../../entity/datetime.ts'
import { type Dict, isDict, type Json, type Value } from '../../../entity/value.ts'

interface Variables {
  readonly source: Value
  readonly target: Dict
  readonly item: Value
}

/** Runs the transforms over a source entity; null when it is filtered. */
export function interpret(transforms: Json, source: Dict): Dict | null {
  const target: Dict = { _id: source._id ?? null }
  return apply(transforms as Json[], { source, target, item: null }) ? target : null
}

function apply(transforms: readonly Json[], variables: Variables): boolean {
  for (const transform of transforms) if (!step(transform as Json[], variables)) return false
  return true
}

function step(call: readonly Json[], variables: Variables): boolean {
  const { target } = variables
  const [name, first = null, second = null, third = null] = call
  switch (name) {
    case 'filter':
      return truthy(evaluate(first, variables))
    case 'copy': {
      const included = patterns(first)
      const excluded = patterns(second)
      if (!isDict(variables.source)) return true
      for (const key of Object.keys(variables.source))
        if (included.some((pattern) => pattern.test(key)) && !excluded.some((pattern) => pattern.test(key)))
          target[key] = variables.source[key] ?? null
      return true
    }
    case 'add':
      target[String(evaluate(first, variables))] = evaluate(second, variables)
      return true
    case 'rename': {
      const value = isDict(variables.source) ? variables.source[String(first)] : undefined
      if (value !== undefined) target[String(second)] = value
      return true
    }
    case 'if': {
      const branch = truthy(evaluate(first, variables)) ? second : third
      return branch === null || step(branch as Json[], variables)
    }
    default:
      throw new Error(`the interpreter does not know ${String(name)}`)
  }
}

function patterns(argument: Json): RegExp[] {
  const list = Array.isArray(argument) ? argument.slice(1) : argument === null ? [] : [argument]
  return list.map((each) => new RegExp(`^${String(each).replaceAll('*', '.*').replaceAll('?', '.')}$`))
}

function truthy(value: Value): boolean {
  return value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
}

function evaluate(dtl: Json, variables: Variables): Value {
  if (typeof dtl === 'string') return path(dtl, variables)
  if (!Array.isArray(dtl)) return dtl as Value
  const [name, ...args] = dtl
  if (name === 'map') {
    const list = evaluate(args[1] ?? null, variables)
    const each = (item: Value) => evaluate(args[0] ?? null, { ...variables, item })
    return Array.isArray(list) ? list.map(each) : [each(list)]
  }
  return call(
    String(name),
    args.map((each) => evaluate(each, variables)),
  )
}

function path(text: string, variables: Variables): Value {
  const [root, ...segments] = text.split('.')
  let value: Value | undefined
  if (root === '_S') value = variables.source
  else if (root === '_T') value = variables.target
  else if (root === '_') value = variables.item
  else return text
  for (const segment of segments) {
    if (segment === '') continue
    value = Array.isArray(value)
      ? value.flatMap((each) => (isDict(each) ? [each[segment] ?? null] : []))
      : isDict(value)
        ? value[segment]
        : undefined
  }
  return value ?? null
}

function call(name: string, args: readonly Value[]): Value {
  const [a = null, b = null] = args
  switch (name) {
    case 'eq':
      return JSON.stringify(a) === JSON.stringify(b)
    case 'gte':
      return Number(a) >= Number(b)
    case 'upper':
      return String(a).toUpperCase()
    case 'concat':
      return args
        .flat()
        .filter((each) => typeof each === 'string')
        .join('')
    case 'sum':
      return (a as number[]).reduce((total, each) => total + each, 0)
    case '*':
      return Number(a) * Number(b)
    case 'datetime-parse':
      return parseTime(String(a), String(b))
    case 'datetime-format':
      return formatDay(String(a), Number(b))
    default:
      throw new Error(`the interpreter does not know ${name}`)
  }
}

/** Seconds since 1970 of a text in a format. */
function parseTime(format: string, text: string): number {
  const parts: Record<string, number> = { d: 1, m: 1, Y: 1970, H: 0, M: 0 }
  let at = 0
  for (let i = 0; i < format.length; i++) {
    if (format[i] !== '%') at++
    else {
      const token = format[++i] ?? ''
      const width = token === 'Y' ? 4 : 2
      parts[token] = Number(text.slice(at, at + width))
      at += width
    }
  }
  return daysOf(parts.Y ?? 0, parts.m ?? 0, parts.d ?? 0) * 86_400 + (parts.H ?? 0) * 3_600 + (parts.M ?? 0) * 60
}

function formatDay(format: string, seconds: number): string {
  const { year, month, day } = dateOf(Math.floor(seconds / 86_400))
  return format.replace(/%(.)/g, (_all, token: string) => {
    if (token === 'Y') return String(year).padStart(4, '0')
    return String(token === 'm' ? month : day).padStart(2, '0')
  })
}
