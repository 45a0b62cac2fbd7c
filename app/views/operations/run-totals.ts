/** Sums over the spans of a run. */
import type { Operations, RunSpan } from '../../../engine-worker/index.ts'

/** What became of the entities of a run. */
interface EntityTotals {
  readonly read: number
  readonly unchanged: number
  readonly filtered: number
  readonly written: number
  readonly deleted: number
}

/** What the spans of a run have read and written. */
export function totalsOf(spans: readonly RunSpan[]): EntityTotals {
  return {
    read: sumOf(spans, ({ read, reprocessed }) => read + reprocessed),
    unchanged: sumOf(spans, ({ unchanged }) => unchanged),
    filtered: sumOf(spans, ({ filtered }) => filtered),
    written: sumOf(spans, ({ written }) => written),
    deleted: sumOf(spans, ({ deleted }) => deleted),
  }
}

/** The share of what the engines could have done in the time of a run that they did (0 to 1). */
export function utilisation(spans: readonly RunSpan[], milliseconds: number, engines: number): number {
  const busy = sumOf(spans, (span) => span.milliseconds)
  return milliseconds === 0 ? 0 : Math.min(1, busy / (milliseconds * engines))
}

/** The share of the time of a run that its engines spent on transforms (0 to 1). */
export function transformShare({ engines, milliseconds }: NonNullable<Operations['run']>): number {
  const spent = sumOf(engines, (one) => one)
  return milliseconds === 0 ? 0 : Math.min(1, spent / (milliseconds * engines.length))
}

/** The sum of a figure over items. */
export function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

/** When the first span began, in milliseconds since the run began. */
export function beginOfSpans(spans: readonly RunSpan[]): number {
  return Math.min(...spans.map(({ from }) => from))
}

/** When the last span ended, in milliseconds since the run began. */
export function endOfSpans(spans: readonly RunSpan[]): number {
  return Math.max(...spans.map(({ from, milliseconds }) => from + milliseconds))
}
