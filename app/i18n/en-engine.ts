/** What the engine says. Its own words are English, so that here they are taken as they are. */
import { type CataloguedFunction, englishConnectors, type Problem, type SplitPoint } from '../../engine-worker/index.ts'

/** How cards say a function, with arguments in braces. */
type SentenceWords = Pick<CataloguedFunction, 'sentence' | 'chain' | 'gist' | 'variants'>

export const enEngine = {
  /** A text of a declaration: what a function, an argument, a kind or a property is. */
  declared: (text: string) => text,
  /** The name of an argument as the label of its field: `start-index` becomes `Start index`. */
  argument: (name: string) => labelOf(name),
  /** The name of a field of a configuration as its label: `batch_size` becomes `Batch size`. */
  field: (name: string) => labelOf(name),
  /** The sentence, chain form, gist and variants of a function. */
  sentences: ({ sentence, chain, gist, variants }: CataloguedFunction): SentenceWords => ({
    sentence,
    chain,
    gist,
    variants,
  }),
  /** Words between the parts of a join. */
  connectors: englishConnectors,
  message: ({ message }: Problem) => message,
  /** What to do about a problem; empty when there is nothing to say. */
  fix: ({ fix }: Problem) => fix ?? '',
  /** A few words that stand on their own, such as how an output differs from what is expected. */
  phrase: (text: string) => text,
  /** Why a composite pipe needs a part of its own here. */
  cut: ({ words }: SplitPoint) => words,
}

function labelOf(name: string): string {
  const words = name.replace(/[-_$]/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
