/** The canonical text of a whole configuration file. */
import { formatComponent } from './format.ts'
import { parsed } from './read-file.ts'

/** The canonical text: no byte order mark, one newline at the end; null where the file is no JSON. */
export function formatFile(text: string): string | null {
  const read = parsed(text)
  return 'problem' in read ? null : formatComponent(read.value)
}
