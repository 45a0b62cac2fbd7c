/** What the engine says, in Norwegian: its declarations, problems and sentences. */
import type { CataloguedFunction } from '../../engine-worker/index.ts'
import type { enEngine as english } from './en-engine.ts'
import { args, argumentNames } from './nb-arguments.ts'
import { fieldNames } from './nb-fields.ts'
import { nbFunctions } from './nb-functions.ts'
import { phrase } from './nb-phrases.ts'
import { pipes } from './nb-pipes.ts'
import { problems } from './nb-problems.ts'
import { restTemplates } from './nb-rest-templates.ts'
import { chains, gists, sentences, variants as variantWords } from './nb-sentences.ts'
import { sources } from './nb-sources.ts'
import { systems } from './nb-systems.ts'
import { targets } from './nb-targets.ts'
import { countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

const declaredTranslations = new Map(
  Object.entries({ ...nbFunctions, ...args, ...pipes, ...sources, ...targets, ...restTemplates, ...systems }),
)

export const nbEngine: Widened<typeof english> = {
  declared: (text) => declaredTranslations.get(text) ?? text,
  argument: (name) => argumentNames.get(name) ?? name,
  field: (name) => fieldNames.get(name) ?? name,
  sentences: ({ kind, name, sentence, chain, gist, variants }: CataloguedFunction) => ({
    sentence: sentences[`${kind} ${name}`] ?? sentence,
    chain: chain === undefined || kind === 'transform' ? chain : (chains[name] ?? chain),
    gist: gist === undefined ? gist : (gists[name] ?? gist),
    variants: variants?.map((variant, at) => ({ ...variant, ...variantWords[name]?.[at] })),
  }),
  connectors: {
    where: 'der',
    and: 'og',
    or: 'eller',
    giving: 'som gir',
    next: 'så',
    cases: { case: 'når', is: 'er', otherwise: 'ellers' },
    whole: { _S: 'kilden', _T: 'målet', _: 'den', _P: 'forelderen', _R: 'roten', _B: 'parametrene' },
    steps: (of) => counted(of, 'steg', 'steg'),
    about: (names, more) => `om ${names.join(', ')}${more > 0 ? ` og ${more} til` : ''}`,
    systems: (of) => `fra ${of} systemer`,
    everything: 'alt',
    moreConditions: (of) => `${of} betingelser til`,
  },
  message: ({ code, message, facts }) => problems[code]?.says(facts) ?? message,
  fix: ({ code, fix, facts }) => (fix === undefined ? '' : (problems[code]?.fix?.(facts) ?? fix)),
  phrase,
  cut: ({ reason, about }) => splitReasons[reason](about),
}

const splitReasons = {
  'source-not-tracked': (type: string) =>
    `Sesam følger endringer i datasett det hoppes til, bare når kilden er et datasett; her er den ${type || 'en annen kilde'}.`,
  'namespaces-added': () =>
    'Sesam slår opp entitetene det hoppes fra, i kildedatasettet slik det er, før navnerom legges til.',
  'children-before': () =>
    'Sesam finner slettede barn bare når emit_children har en egen pipe som leser foreldrene fra et datasett.',
  'children-after': () => 'Sesam finner slettede barn bare når emit_children er alene i pipen sin.',
  declared: (name: string) => `Det som kommer før, er en egen pipe etter de dokumenterte mønstrene: ${name}.`,
  'key-changed': (key: string) =>
    `Sesam leter etter entitetene som skal behandles igjen, i kildedatasettet, der ${key || 'nøkkelen'} kan være en annen enn den dette steget hopper med.`,
}
