/** The declared functions, for sentences, pickers and forms. */
import { useMemo } from 'react'
import { type CataloguedFunction, type Vocabulary, vocabulary } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { useCatalogue } from '../store/catalogue.ts'

const noFunctions: readonly CataloguedFunction[] = []

/** All declared functions, in the chosen language. */
export function useFunctions(): readonly CataloguedFunction[] {
  return useCatalogue()?.functions ?? noFunctions
}

/** The words of the declared functions, for sentences, in the chosen language. */
export function useVocabulary(): Vocabulary {
  const functions = useFunctions()
  const { connectors } = useWords().engine
  return useMemo(() => vocabulary(functions, connectors), [functions, connectors])
}

/** The declaration of a function, as a transform or as an expression. */
export function declarationOf(
  functions: readonly CataloguedFunction[],
  kind: 'expression' | 'transform',
  name: string,
): CataloguedFunction | undefined {
  return functions.find((each) => each.kind === kind && each.name === name)
}

/** What real pipes use most comes first. */
export function rankOf({ common }: CataloguedFunction): number {
  return common ?? Number.MAX_SAFE_INTEGER
}
