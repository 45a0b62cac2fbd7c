/** Texts whose JSON needs no care. */
import { maybeSpecial } from './special-numbers.ts'

/** Whether `JSON.parse` reads JSON in a text as transit means it. False where that is not sure. */
export function isPlainJson(text: string): boolean {
  return !hasTag(text) && !text.includes('\\u007') && !maybeSpecial(text)
}

/** Whether a string begins with a tilde. Quotes are frequent and tildes are not, so that looking for them first is faster. */
function hasTag(text: string): boolean {
  return text.includes('~') && text.includes('"~')
}
