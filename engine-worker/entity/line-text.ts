/** A piece of a text file, with what can be said of it where it is decoded, be it in another thread. */
import { maybeSpecial } from './special-numbers.ts'

/** So many whole lines (the last one of a file may lack its end), or a part of a very long one. */
export interface TextPiece {
  readonly text: string
  /** Line breaks in it. */
  readonly lines: number
  /** Whether JSON in it means what `JSON.parse` says: nothing that transit marks, no numbers to be careful with. */
  readonly isPlainJson: boolean
}

/** Looks through a text once. */
export function textPiece(text: string): TextPiece {
  return { text, lines: lineBreaks(text), isPlainJson: isPlainJson(text) }
}

/** Whether `JSON.parse` reads JSON in a text as transit means it. False where that is not sure. */
export function isPlainJson(text: string): boolean {
  return !text.includes('"~') && !text.includes('\\u007') && !maybeSpecial(text)
}

function lineBreaks(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
