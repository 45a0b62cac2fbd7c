/** The canonical text of a whole configuration file. */
import type { Problem } from '../problem.ts'
import { formatComponent } from './format.ts'
import { parsed } from './read-file.ts'

/**
 * The canonical text: no byte order mark, one newline at the end. A file that is no JSON has none, and neither has one
 * with a key that occurs twice in an object, because formatting would remove the first one.
 */
export function formatFile(text: string): { readonly text: string } | { readonly problem: Problem } {
  const read = parsed(text)
  if ('problem' in read) return read
  const [twice] = read.notices
  return twice ? { problem: twice } : { text: formatComponent(read.value) }
}
