/** The daily counts by system, one above the other. */
import type { Usage } from './use-costs.ts'

interface UsageSeries {
  /** Empty for what belongs to no system; null for all others together. */
  readonly system: string | null
  /** Bytes by day. */
  readonly sizes: readonly number[]
  /** Where its area begins and ends, by day. */
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/**
 * The systems that take most on the last day, the largest first and lowest, at most `most` with one for all others. None
 * where the days do not tell systems apart.
 */
export function usageSeries(samples: Usage['samples'], most: number): readonly UsageSeries[] {
  const last = samples.at(-1)?.systems ?? {}
  const names = new Set(samples.flatMap(({ systems }) => Object.keys(systems)))
  const sorted = [...names].toSorted((a, b) => (last[b] ?? 0) - (last[a] ?? 0) || (a < b ? -1 : 1))
  const shown = sorted.length > most ? sorted.slice(0, most - 1) : sorted
  const others = sorted.slice(shown.length)
  const groups = [
    ...shown.map((system) => ({ system, members: [system] })),
    ...(others.length > 0 ? [{ system: null, members: others }] : []),
  ]
  let below = samples.map(() => 0)
  return groups.map(({ system, members }) => {
    const sizes = samples.map(({ systems }) => members.reduce((sum, name) => sum + (systems[name] ?? 0), 0))
    const from = below
    below = below.map((bytes, at) => bytes + (sizes[at] ?? 0))
    return { system, sizes, from, to: below }
  })
}
