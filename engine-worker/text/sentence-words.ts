/** The words of sentences besides those of functions: in English here; the app adds other languages. */

/** Words of gists, in the language of the sentences. */
export interface GistWords {
  /** What conditions are about: `type, status and 2 more`. */
  readonly about: (names: readonly string[], more: number) => string
  /** From how many systems (namespaces of properties) values come. */
  readonly systems: (count: number) => string
  /** Conditions of a join beyond the first. */
  readonly moreConditions: (count: number) => string
}

/** Words between the parts of a join. */
export interface Connectors extends GistWords {
  readonly where: string
  readonly and: string
  readonly or: string
  readonly giving: string
  /** Between one thing that happens to a value and the next. */
  readonly next: string
  /** Cases: the word in front, between a value and what it is compared with, and before what holds for everything else. */
  readonly cases: { readonly case: string; readonly is: string; readonly otherwise: string }
  /** Whole entities, by the variable that stands for them. */
  readonly whole: Readonly<Record<string, string>>
  readonly steps: (count: number) => string
  /** All properties: the pattern `*`. */
  readonly everything: string
}

export const englishConnectors: Connectors = {
  where: 'where',
  and: 'and',
  or: 'or',
  giving: 'giving',
  next: 'then',
  cases: { case: 'case', is: 'is', otherwise: 'otherwise' },
  whole: { _S: 'the source', _T: 'the target', _: 'it', _P: 'the parent', _R: 'the root', _B: 'the parameters' },
  steps: (count) => (count === 1 ? '1 step' : `${count} steps`),
  about: (names, more) => `about ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  systems: (count) => `from ${count} systems`,
  everything: 'everything',
  moreConditions: (count) => `${count} more ${count === 1 ? 'condition' : 'conditions'}`,
}
