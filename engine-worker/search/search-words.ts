/**
 * Words of a text, as Sesam's search sees them (Elasticsearch's standard analyser): runs of letters and digits in lower
 * case, split at punctuation; a `.` between two letters or two digits stays inside a word. Letters are not folded.
 */

const WORD = /[\p{L}\p{M}\p{N}]+(?:(?:(?<=[\p{L}\p{M}])\.(?=\p{L})|(?<=\p{N})\.(?=\p{N}))[\p{L}\p{M}\p{N}]+)*/gu

/** The words of a text in order. */
export function searchWords(text: string): string[] {
  return (text.match(WORD) ?? []).map(normalized)
}

/** A word and its place in the text. */
interface WordSpan {
  readonly word: string
  readonly from: number
  readonly to: number
}

/** The words of a text in order, with their places. */
export function wordSpans(text: string): WordSpan[] {
  return [...text.matchAll(WORD)].map((found) => {
    return { word: normalized(found[0]), from: found.index, to: found.index + found[0].length }
  })
}

function normalized(word: string): string {
  return word.normalize('NFC').toLowerCase()
}
