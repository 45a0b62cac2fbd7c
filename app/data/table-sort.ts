/** By which columns a table is sorted, the first counting most. */

/** One of them. */
export interface Sort {
  readonly by: string
  readonly descending: boolean
}

/** A click on a head: ascending, then descending, then not at all; `isFurther` leaves the other columns sorted, too. */
export function nextSorts(sorts: readonly Sort[], by: string, isFurther: boolean): readonly Sort[] {
  const known = sorts.find((each) => each.by === by)
  const next = known === undefined ? [{ by, descending: false }] : known.descending ? [] : [{ by, descending: true }]
  if (!isFurther) return next
  if (known === undefined) return [...sorts, ...next]
  return sorts.flatMap((each) => (each.by === by ? next : [each]))
}

/** Sorts by a column in a direction, alone or after the others. */
export function withSort(sorts: readonly Sort[], sort: Sort, isFurther: boolean): readonly Sort[] {
  return isFurther ? [...sorts.filter(({ by }) => by !== sort.by), sort] : [sort]
}
