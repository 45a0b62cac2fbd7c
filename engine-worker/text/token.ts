/** The parts of a sentence: words and chips, each with the place in the configuration that it stands for. */
import type { Json } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'

export type Token =
  /** Connecting words. */
  | { readonly is: 'text'; readonly text: string }
  /** A property by its path; `variable` is what it starts from (`_S`, `_T`, an alias …), null for a plain name. */
  | { readonly is: 'property'; readonly text: string; readonly variable: string | null; readonly path: JsonPath }
  /** A constant. */
  | { readonly is: 'literal'; readonly text: string; readonly value: Json; readonly path: JsonPath }
  | { readonly is: 'dataset' | 'rule'; readonly text: string; readonly path: JsonPath }
  /** A call with its own sentence inside; `known` is false for a function that is not declared. */
  | CallToken
  /** What happens to a value, one thing after the other: a value, then calls with `then` between them. */
  | { readonly is: 'chain'; readonly tokens: readonly Token[]; readonly path: JsonPath }
  | { readonly is: 'then'; readonly text: string }
  /** A long sentence by its gist; `tokens` are the whole of it. */
  | { readonly is: 'fold'; readonly text: string; readonly tokens: readonly Token[]; readonly path: JsonPath }
  /** Steps inside a step, which are cards of their own. */
  | { readonly is: 'steps'; readonly text: string; readonly path: JsonPath }
  /** JSON as it is written. */
  | { readonly is: 'raw'; readonly text: string; readonly path: JsonPath }

export interface CallToken {
  readonly is: 'call'
  readonly name: string
  readonly known: boolean
  readonly tokens: readonly Token[]
  readonly path: JsonPath
  /** Arguments that the words stand for without showing them: “is empty” for an empty text. */
  readonly says?: readonly JsonPath[]
}

/** A sentence as plain text, for screen readers, tooltips and search; long parts by their gist, or `whole`. */
export function sentenceText(tokens: readonly Token[], whole = false): string {
  return tokens
    .map((token) => {
      if (token.is === 'call' || token.is === 'chain' || (token.is === 'fold' && whole))
        return sentenceText(token.tokens, whole)
      if (token.is === 'then') return `, ${token.text} `
      return token.text
    })
    .join('')
}
