/** How points of a month reduce the fee of an environment (hub/legal-sla.rst). */

/** Points of a month up to `points` reduce the environment's fee by `percent` (hub/legal-sla.rst). */
const penalties: readonly { readonly points: number; readonly percent: number }[] = [
  { points: 10, percent: 0 },
  { points: 20, percent: 5 },
  { points: 30, percent: 10 },
  { points: 40, percent: 15 },
  { points: 50, percent: 20 },
  { points: 60, percent: 25 },
  { points: Number.POSITIVE_INFINITY, percent: 40 },
]

/** The percentage by which the points of a month reduce the fee of an environment. */
export function reductionOf(points: number): number {
  return penalties.find((each) => points <= each.points)?.percent ?? 0
}
