/** Positions in lists and texts, counted from the beginning or, below 0, from the end. */
import type { Value } from '../../entity/value.ts'

/** A position as JavaScript counts; integers beyond its range lie outside any list anyway. */
export function positionOf(value: number | bigint): number {
  return typeof value === 'number' ? value : Number(value)
}

/** A position that may be counted from the end, held inside 0 and `length`. */
export function clampPosition(at: number, length: number): number {
  return at < 0 ? Math.max(0, length + at) : Math.min(at, length)
}

/** Whether a value is a position, or null for an open end. */
export function isPosition(value: Value): value is number | bigint | null {
  return value === null || typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
}

/** The values from `start` to `end` in steps of `stride`; an open end is null. */
export function slicedValues(
  values: readonly Value[],
  start: number | null,
  end: number | null,
  stride: number,
): Value[] {
  const { length } = values
  if (stride > 0) {
    const from = clampPosition(start ?? 0, length)
    const to = clampPosition(end ?? length, length)
    if (stride === 1) return values.slice(from, to)
    const result: Value[] = []
    for (let i = from; i < to; i += stride) result.push(values[i] ?? null)
    return result
  }
  const result: Value[] = []
  const last = length - 1
  const from = start === null ? last : start < 0 ? length + start : Math.min(start, last)
  const to = end === null ? -1 : end < 0 ? Math.max(-1, length + end) : end
  for (let i = from; i > to; i += stride) result.push(values[i] ?? null)
  return result
}
