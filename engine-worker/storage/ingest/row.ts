/** What the readers of supplied text have in common. */
import type { Entity } from '../../entity/value.ts'
import { problem } from '../../problem.ts'

export const suppliedBroken = problem<{ reason: string }>({
  code: 'supplied-row-broken',
  severity: 'error',
  says: ({ reason }) => `This row cannot be read: ${reason}.`,
  fix: () => 'Correct the row in the file and supply it again.',
})

/** One row as it was found, with the line it begins on. */
export interface SuppliedRow {
  readonly line: number
  /** Throws a Fault when the row cannot be read. */
  readonly read: () => Entity
}

/** What reads rows out of a text that comes in pieces. */
export interface RowReader {
  /** Rows completed by another piece of text; `last` when no more will come. */
  push(text: string, last: boolean): Iterable<SuppliedRow>
}
