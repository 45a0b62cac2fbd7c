/** How long texts may become, and what working on them costs. */
import { Fault, problem } from '../problem.ts'
import type { Context } from './evaluation.ts'

/** Texts longer than this are refused, long before the machine gives up. */
export const LONGEST_TEXT = 1 << 26

const textTooLong = problem<{ limit: number }>({
  code: 'dtl-text-too-long',
  severity: 'error',
  says: (f) => `A text would become longer than ${f.limit} characters.`,
  fix: () => 'Look for a width that is far too large, or for texts that are joined again and again.',
})

/** Throws a located problem where a text of this length must not be made. */
export function checkLength(length: number): void {
  if (length > LONGEST_TEXT) throw new Fault(textTooLong({ limit: LONGEST_TEXT }))
}

/** Texts up to this length cost nothing of an entity's budget, longer ones a unit for each sixteen characters. */
const MAX_FREE_LENGTH = 1000

/** A text that was made, counted as work, so that loops cannot fill the memory with long texts. */
export function paid(text: string, ctx: Context): string {
  if (text.length > MAX_FREE_LENGTH) {
    checkLength(text.length)
    ctx.spend(text.length >> 4)
  }
  return text
}
