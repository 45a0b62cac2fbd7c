/** The methods of markup that other texts do not have. */
import { stripTags, unescapeHtml } from '../html.ts'
import { type Routine, routine } from '../routine.ts'
import { stringOf } from '../values.ts'

export const markupMethods: readonly Routine[] = [
  routine({ name: 'striptags', takes: {}, run: (_, value) => stripTags(stringOf(value) ?? '') }),
  routine({ name: 'unescape', takes: {}, run: (_, value) => unescapeHtml(stringOf(value) ?? '') }),
]
