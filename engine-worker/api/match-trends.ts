/** How well merges and joins have matched over the last runs. */
import type { RunRecord } from '../run/history.ts'
import type { MatchRate } from '../run/progress.ts'

/** The rates of one merge or join over the last runs in which it took part, oldest first, each between 0 and 1. */
export interface MatchTrend extends Pick<MatchRate, 'is' | 'name'> {
  readonly pipe: string
  readonly rates: readonly number[]
}

/** Runs in which the trend of a rate is looked for. */
const TREND_RUNS = 8
/** The rates of each merge and join; `runs`: the newest first. */
export function matchTrends(runs: readonly RunRecord[]): readonly MatchTrend[] {
  const trends = new Map<string, { pipe: string; is: MatchRate['is']; name: string; rates: number[] }>()
  for (const { spans } of runs) {
    for (const { pipe, matches } of spans) {
      for (const { is, name, matched, of } of matches) {
        const key = JSON.stringify([pipe, is, name])
        const trend = trends.get(key) ?? { pipe, is, name, rates: [] }
        trends.set(key, trend)
        if (trend.rates.length < TREND_RUNS && of > 0) trend.rates.unshift(matched / of)
      }
    }
  }
  return [...trends.values()].filter(({ rates }) => rates.length > 0)
}
