/** Windows of rows. */
import { capability } from './capability.ts'
import type { RowsRequest } from './windows.ts'

/** A window of the rows of a dataset: searched, filtered, sorted. */
export const rows = capability('rows', 'draft', (request: RowsRequest, { host }) =>
  host.current().windows.rows(request),
)
