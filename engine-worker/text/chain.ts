/**
 * The chain form of calls: what happens to a value, told in the order in which it happens. Which argument is the value, and
 * the words for what is done to it, come from the declarations.
 */
import type { FunctionSignature } from '../dtl/signature.ts'
import type { CallableSignature } from '../dtl/tree/functions.ts'
import type { ArgumentNode, CallNode } from '../dtl/tree/node.ts'

/** What sentences need of the declarations; `Catalogue.functions` of protocol.ts fits. */
export type SentenceSignature = CallableSignature &
  Pick<FunctionSignature, 'sentence' | 'chain' | 'gist' | 'variants' | 'joins' | 'gives'>

/** Whether a node is a call of a function. */
export function isCallOf(node: ArgumentNode, name: string): node is CallNode {
  return node.is === 'call' && node.name === name
}

/** Arguments that are no values: steps, joins and words. */
export function isSpoken(node: ArgumentNode): boolean {
  return node.is === 'steps' || node.is === 'hops' || node.is === 'data' || node.is === 'note'
}

/** The words of a function in a chain: its own, or its sentence without the value in front; null where there are none. */
export function chainOf({ chain, sentence = '', takes, gives }: SentenceSignature): string | null {
  if (chain !== undefined) return chain
  const last = takes.at(-1)
  const front = `{${last?.name}} `
  return last?.quantifier === 'one' && gives !== 'boolean' && sentence.startsWith(front)
    ? sentence.slice(front.length)
    : null
}

/** The place of the argument that a chain hands on: the last that its words do not name. */
export function flowOf(signature: SentenceSignature): number | null {
  const words = chainOf(signature)
  if (words === null) return null
  const place = signature.takes.findLastIndex(
    ({ name, quantifier }) => quantifier === 'one' && !words.includes(`{${name}}`),
  )
  return place < 0 ? null : place
}

/** The words of a link whose argument is left out: what connected the two goes, “sorted by …” is “sorted”. */
export function withoutConnection(words: string): string {
  return words
    .replace(
      /,? (?:at|else|by|from|seed|with|where|in|to|named|except|etter|fra|frø|med navn|med|der|i|til|unntatt|ellers|ved)? ?$/u,
      '',
    )
    .trimEnd()
}
