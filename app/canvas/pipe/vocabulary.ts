/** The declared functions, for sentences, pickers and forms. */
import { useMemo } from 'react'
import { type Vocabulary, vocabulary } from '../../../engine-worker/index.ts'
import type { CataloguedFunction } from '../../../engine-worker/protocol.ts'
import { useEngine } from '../../store/engine.ts'
import { connectors, sentences } from '../../words/nb-sentences.ts'
import { useLanguage } from '../../words/words.ts'

const none: readonly CataloguedFunction[] = []

/** All declared functions. */
export function useFunctions(): readonly CataloguedFunction[] {
  return useEngine((state) => state.catalogue?.functions ?? none)
}

/** The words of the declared functions, for sentences, in the chosen language. */
export function useVocabulary(): Vocabulary {
  const functions = useFunctions()
  const language = useLanguage()
  return useMemo(
    () => (language === 'nb' ? vocabulary(functions.map(inNorwegian), connectors) : vocabulary(functions)),
    [functions, language],
  )
}

function inNorwegian(declared: CataloguedFunction): CataloguedFunction {
  const sentence = sentences[`${declared.kind} ${declared.name}`]
  return sentence === undefined ? declared : { ...declared, sentence }
}

/** The declaration of a function, as a transform or as an expression. */
export function declared(
  functions: readonly CataloguedFunction[],
  kind: 'expression' | 'transform',
  name: string,
): CataloguedFunction | undefined {
  return functions.find((each) => each.kind === kind && each.name === name)
}
