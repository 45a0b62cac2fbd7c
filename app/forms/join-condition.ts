/** What a condition of a join compares. */
import type { Json } from '../../engine-worker/index.ts'
import { aboutSource, aliasOf } from './aliases.ts'
import { sidesOf } from './PairField.tsx'

interface JoinCondition {
  readonly left: string
  readonly right: string
  readonly pair: readonly [Json, Json]
}

/** The two sides of an `eq` with what each is about, the source or the earlier dataset first; null for anything else. */
export function joinOf(condition: Json, aliases: readonly string[]): JoinCondition | null {
  const [a, b] = sidesOf(condition, 1) ?? []
  if (a === undefined || b === undefined) return null
  const all = ['_S', ...aliases]
  const [from, to] = [aliasOf(a, all), aliasOf(b, all)]
  if (from === null || to === null || from === to) return null
  const turned = all.indexOf(from) > all.indexOf(to)
  const [left, right] = turned ? [to, from] : [from, to]
  const pair = [aboutSource(turned ? b : a, left), aboutSource(turned ? a : b, right)] as const
  return pair[0] === null || pair[1] === null ? null : { left, right, pair: [pair[0], pair[1]] }
}
