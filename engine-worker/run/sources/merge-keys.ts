/** The keys by which a merge source links entities, read off its equality rules. */
import type { DatasetsSource } from '../../connectors/runtime.ts'
import type { JoinIndex } from '../../dtl/evaluation.ts'
import { EQUALITY, isLiteral } from '../../dtl/syntax.ts'
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import type { Json } from '../../entity/value.ts'
import type { KeyIndex } from '../../storage/index/key-index.ts'

/** Expressions whose values are the same kind of key; an entity is linked to entities of other datasets through it. */
export interface KeySet {
  readonly sides: { readonly place: number; readonly definition: JoinIndex; index: KeyIndex | null }[]
}

interface KeySide {
  readonly place: number
  readonly expression: Json
}

/**
 * The equality rules: each `eq` links its two sides, each equality set all of its expressions. Sets that share an
 * expression are one, as documented.
 */
export function keySetsOf(config: DatasetsSource['config'], aliases: readonly string[]): KeySide[][] {
  const sets: Map<string, KeySide>[] = []
  const equalitySets = get(config, 'equality_sets')
  for (const set of Array.isArray(equalitySets) ? equalitySets : []) {
    let sides = new Map<string, KeySide>()
    for (const expression of Array.isArray(set) ? set : []) {
      const place = aliases.indexOf(aliasOf(expression, aliases))
      if (place >= 0) sides.set(printJson(expression), { place, expression })
    }
    for (let at = sets.length - 1; at >= 0; at--) {
      const other = sets[at]
      if (!other || ![...sides.keys()].some((key) => other.has(key))) continue
      sides = new Map([...other, ...sides])
      sets.splice(at, 1)
    }
    sets.push(sides)
  }
  const equality = get(config, 'equality')
  for (const rule of Array.isArray(equality) ? equality : []) {
    const sides = new Map<string, KeySide>()
    for (const expression of Array.isArray(rule) && rule[0] === EQUALITY ? rule.slice(1) : []) {
      const place = aliases.indexOf(aliasOf(expression, aliases))
      if (place >= 0) sides.set(printJson(expression), { place, expression })
    }
    sets.push(sides)
  }
  return sets.map((sides) => [...sides.values()])
}

/** The one alias whose paths occur in an expression. */
function aliasOf(expression: Json, aliases: readonly string[]): string {
  if (typeof expression === 'string') return aliases.find((alias) => expression.startsWith(`${alias}.`)) ?? ''
  if (!Array.isArray(expression) || isLiteral(expression)) return ''
  for (const item of expression.slice(1)) {
    const found = aliasOf(item, aliases)
    if (found) return found
  }
  return ''
}
