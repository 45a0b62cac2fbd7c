/** The canonical text of a whole configuration file. */

import type { Json } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import { formatComponent } from './format.ts'
import { parsedForEditing } from './read-file.ts'

/**
 * The canonical text (or that of another printer, such as portal.ts): no byte order mark, one newline at the end. A file that is no JSON has none, and neither has one
 * with a key that occurs twice in an object, because formatting would remove the first one.
 */
export function formatFile(
  text: string,
  print: (value: Json) => string = formatComponent,
): { readonly text: string } | { readonly problem: Problem } {
  const read = parsedForEditing(text)
  if ('problem' in read) return read
  const [twice] = read.notices
  return twice ? { problem: twice } : { text: print(read.value) }
}
