/** The declared functions, for sentences, pickers and forms. */
import { useMemo } from 'react'
import { type Vocabulary, vocabulary } from '../../../engine-worker/index.ts'
import type { CataloguedFunction } from '../../../engine-worker/protocol.ts'
import { useEngine } from '../../store/engine.ts'

const none: readonly CataloguedFunction[] = []

/** All declared functions. */
export function useFunctions(): readonly CataloguedFunction[] {
  return useEngine((state) => state.catalogue?.functions ?? none)
}

/** The words of the declared functions, for sentences. */
export function useVocabulary(): Vocabulary {
  const functions = useFunctions()
  return useMemo(() => vocabulary(functions), [functions])
}

/** The declaration of a function, as a transform or as an expression. */
export function declared(
  functions: readonly CataloguedFunction[],
  kind: 'expression' | 'transform',
  name: string,
): CataloguedFunction | undefined {
  return functions.find((each) => each.kind === kind && each.name === name)
}
