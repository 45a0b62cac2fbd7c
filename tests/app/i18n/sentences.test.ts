/** The Norwegian sentences of DTL functions: one for each function, with the same arguments. */
import { describe, expect, it } from 'vitest'
import { nb } from '../../../app/i18n/nb.ts'
import { chains, gists, sentences, variants } from '../../../app/i18n/nb-sentences.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { expressionTokens, vocabulary } from '../../../engine-worker/text/sentence.ts'
import { sentenceText } from '../../../engine-worker/text/token.ts'
import { commonShapes } from '../../engine/text/common-shapes.ts'

const argumentsOf = (sentence: string) => [...sentence.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name).sort()

describe('Norwegian sentences', () => {
  const english = new Map(functions.map(({ kind, name, sentence }) => [`${kind} ${name}`, sentence ?? '']))

  it('are there for every function, and for nothing else', () => {
    const declared = [...english].filter(([, sentence]) => sentence !== '').map(([key]) => key)
    expect(Object.keys(sentences).sort()).toEqual(declared.sort())
  })

  it('say something of the same arguments', () => {
    for (const [key, sentence] of Object.entries(sentences))
      expect([key, argumentsOf(sentence)]).toEqual([key, argumentsOf(english.get(key) ?? '')])
  })

  it('begin with an argument where the English ones do, so that an argument that is left out takes the same words along', () => {
    const others = Object.entries(sentences).filter(
      ([key, sentence]) => sentence.startsWith('{') && !english.get(key)?.startsWith('{'),
    )
    expect(others).toEqual([])
  })

  it('have a chain form, a gist and variants where the English ones do, about the same arguments', () => {
    const expressions = functions.filter(({ kind }) => kind === 'expression')
    const declaredChains = new Map(
      expressions.flatMap(({ name, chain }) => (chain === undefined ? [] : [[name, chain]])),
    )
    expect(Object.keys(chains).sort()).toEqual([...declaredChains.keys()].sort())
    for (const [name, chain] of Object.entries(chains))
      expect([name, argumentsOf(chain)]).toEqual([name, argumentsOf(declaredChains.get(name) ?? '')])
    const withGist = expressions.flatMap(({ name, gist }) => (gist === undefined ? [] : [[name, argumentsOf(gist)]]))
    expect(Object.fromEntries(Object.entries(gists).map(([name, gist]) => [name, argumentsOf(gist)]))).toEqual(
      Object.fromEntries(withGist),
    )
    const own = functions.flatMap(({ name, variants: all }) => (all ? [[name, all.length] as const] : []))
    expect(new Map(Object.entries(variants).map(([name, all]) => [name, all.length]))).toEqual(new Map(own))
  })

  it.each(commonShapes)('tell %j in Norwegian', (dtl, _, told) => {
    const words = vocabulary(
      functions.map((each) => ({ ...each, ...nb.engine.sentences(each) })),
      nb.engine.connectors,
    )
    expect(sentenceText(expressionTokens(dtl, words))).toBe(told)
  })
})
