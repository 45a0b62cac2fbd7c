/** Measuring contenders in one process, in rounds that alternate between them, so that noise meets all of them alike. */

/** A way to do the same work; the number keeps the work from being optimised away. */
export type Contender = () => number

/** Milliseconds of each contender by round, after rounds of warming up. The order turns with every round. */
export async function rounds<K extends string>(
  contenders: Readonly<Record<K, Contender>>,
  count: number,
  warming = 3,
): Promise<Record<K, number[]>> {
  const names = Object.keys(contenders) as K[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  let kept = 0
  for (let round = 0; round < count + warming; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] as K
      const start = performance.now()
      kept += contenders[name]()
      const took = performance.now() - start
      if (round >= warming) times[name].push(took)
    }
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  if (Number.isNaN(kept)) throw new Error('a contender did no work')
  return times
}

/** The median of how many times faster `ours` was than `theirs`, round by round. */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((time, round) => (theirs[round] ?? Number.NaN) / time))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
