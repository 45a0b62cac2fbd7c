/** What previews and walks say of a text that they cannot follow. */
import { problem } from '../problem.ts'

export const notAPipe = problem<Record<string, never>>({
  code: 'preview-not-a-pipe',
  severity: 'error',
  says: () => 'This is not a pipe: a pipe is a JSON object with a string "_id".',
})
