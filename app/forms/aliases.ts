/** Expressions about one alias of a join or merge. */
import type { Json } from '../../engine-worker/index.ts'

/** An expression about one alias with `_S` in its place; null where it reads anything else. */
export function aboutSource(expression: Json, alias: string): Json | null {
  if (typeof expression === 'string') {
    const [, variable] = /^(_[A-Z]?|[A-Za-z][\w-]*)\./.exec(expression) ?? []
    if (variable === undefined) return expression
    return variable === alias ? `_S${expression.slice(alias.length)}` : null
  }
  if (!Array.isArray(expression)) return typeof expression === 'object' && expression !== null ? null : expression
  const parts: Json[] = []
  for (const each of expression) {
    const part = aboutSource(each, alias)
    if (part === null && each !== null) return null
    parts.push(part)
  }
  return parts
}

/** The alias that an expression is about; null where it is about none or several. */
export function aliasOf(expression: Json, aliases: readonly string[]): string | null {
  const found = new Set<string>()
  const visit = (json: Json): void => {
    if (typeof json === 'string') {
      const name = aliases.find((alias) => json.startsWith(`${alias}.`))
      if (name !== undefined) found.add(name)
    } else if (Array.isArray(json)) for (const each of json) visit(each)
  }
  visit(expression)
  const [only, more] = found
  return more === undefined ? (only ?? null) : null
}
