/** Sixty plain words in two languages, some with a slip of the finger, lead to the function that does what is meant. */
import { expect, test } from 'vitest'
import { findIntents, isSlip } from '../../../app/forms/find-intent.ts'
import { en } from '../../../app/i18n/en.ts'
import { intentWords, recipeWords } from '../../../app/i18n/intents.ts'
import { nb } from '../../../app/i18n/nb.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'

const rows = functions
  .filter(({ deprecated }) => deprecated === undefined)
  .map(({ kind, name, says, group }) => ({
    id: `${kind} ${name}`,
    label: name,
    says,
    aside: group,
    keywords: intentWords[`${kind} ${name}`] ?? '',
  }))

/** Words, and the functions of which one must be among the first five. */
const meant: readonly (readonly [string, string])[] = [
  ['join', 'hops'],
  ['koble', 'hops'],
  ['look up', 'hops'],
  ['lookup', 'hops'],
  ['slå opp', 'hops'],
  ['enrich', 'hops'],
  ['phone', 'phonenumber-parse'],
  ['telefon', 'phonenumber-parse'],
  ['mobile', 'phonenumber-parse'],
  ['phnoe', 'phonenumber-parse'],
  ['date', 'datetime-parse'],
  ['dato', 'datetime-parse'],
  ['les dato', 'datetime-parse'],
  ['datoo', 'datetime-parse'],
  ['trim', 'strip'],
  ['mellomrom', 'strip'],
  ['clean', 'strip'],
  ['vask', 'strip'],
  ['whitespace', 'strip'],
  ['unique', 'distinct'],
  ['unik', 'distinct'],
  ['deduplicate', 'distinct'],
  ['duplikater', 'distinct'],
  ['dedupliacte', 'distinct'],
  ['default', 'default'],
  ['fallback', 'coalesce'],
  ['standardverdi', 'default'],
  ['average', 'divide'],
  ['gjennomsnitt', 'divide'],
  ['today', 'now'],
  ['i dag', 'now'],
  ['regex', 'matches'],
  ['mønster', 'matches'],
  ['regulært uttrykk', 'matches'],
  ['lowercase', 'lower'],
  ['små bokstaver', 'lower'],
  ['lower case', 'lower'],
  ['lowercas', 'lower'],
  ['uppercase', 'upper'],
  ['store bokstaver', 'upper'],
  ['sum', 'sum'],
  ['summer', 'sum'],
  ['total', 'sum'],
  ['keep only', 'filter'],
  ['behold bare', 'filter'],
  ['where', 'filter'],
  ['amount', 'decimal'],
  ['beløp', 'decimal'],
  ['number', 'decimal'],
  ['replace', 'replace'],
  ['erstatt', 'replace'],
  ['substitute', 'replace'],
  ['split', 'split'],
  ['children', 'create-child'],
  ['barn', 'create-child'],
  ['explode', 'create-child'],
  ['pivot', 'group-by'],
  ['flatten', 'flatten'],
  ['unnest', 'flatten'],
  ['delete', 'remove'],
  ['slett', 'remove'],
  ['hide', 'remove'],
  ['how many', 'count'],
  ['antall', 'count'],
  ['newest', 'max'],
  ['nyeste', 'max'],
  ['foreign key', 'make-ni'],
  ['full name', 'concat'],
  ['age', 'datetime-diff'],
  ['hvis', 'if'],
  ['otherwise', 'if'],
]

test('there are at least sixty', () => expect(meant.length).toBeGreaterThanOrEqual(60))

test.each(meant)('“%s” finds %s', (typed, name) => {
  expect(
    findIntents(rows, typed)
      .slice(0, 5)
      .map(({ label }) => label),
  ).toContain(name)
})

/** Plain words for each recipe: in English, in Norwegian, and with a slip of the finger. */
const recipes: Readonly<Record<keyof typeof recipeWords, readonly string[]>> = {
  phone: ['clean a phone number', 'phone', 'vask telefonnummer', 'mobil', 'phnoe', 'telfon'],
  'organisation-number': ['organisation number', 'company', 'orgnr', 'organisasjonsnummer', 'organistion'],
  'decimal-comma': ['parse an amount', 'price', 'money', 'beløp', 'pris', 'desimalkomma', 'amuont'],
  'decimal-point': ['price', 'parse an amount', 'beløp', 'pris', 'bleøp'],
  integer: ['whole number', 'heltall', 'les tall', 'heltal'],
  boolean: ['true false', 'yes no', 'sant usant', 'true fasle'],
  date: ['date', 'read a date', 'dato', 'les dato', 'datoo'],
  time: ['time', 'tid', 'klokkeslett', 'klokkeslet'],
  'e-mail': ['email', 'lower case', 'e-post', 'små bokstaver', 'emial'],
  'outer-spaces': ['trim', 'spaces', 'mellomrom', 'vask', 'mellomrm'],
  sum: ['sum', 'add up', 'total', 'summer', 'totalt', 'sumer'],
  children: ['split into children', 'rows', 'barn', 'linjer', 'chidlren'],
  newest: ['keep the newest', 'latest', 'behold den nyeste', 'siste', 'newset'],
  deduplicate: ['deduplicate', 'duplicates', 'fjern duplikater', 'dubletter', 'unik', 'dedupliacte'],
  'one-of-each': ['duplicates by group', 'deduplicate', 'duplikater', 'duplciates'],
  pivot: ['pivot', 'crosstab', 'pivoter', 'kolonner', 'pivto'],
  flatten: ['flatten', 'nested list', 'flat ut', 'nøstet liste', 'flaten'],
  unnest: ['unnest', 'columns', 'nøstet objekt', 'kolonner', 'unnset'],
  default: ['default', 'missing', 'standardverdi', 'fyll inn', 'mangler', 'defualt'],
  join: ['join', 'look up', 'vlookup', 'koble', 'slå opp', 'berik', 'looukp'],
  'join-sum': ['join and sum', 'aggregate', 'koble og summer', 'aggregte'],
}

test.each(Object.entries(recipes))(
  'the recipe %s is found by what a person means, in both languages',
  (does, words) => {
    for (const w of [en, nb]) {
      const offered = Object.entries(recipeWords).map(([id, keywords]) => ({
        id,
        label: w.pipe.recipes[isRecipe(id) ? id : 'join']('customer', 'x'),
        says: '',
        aside: '',
        keywords,
      }))
      for (const typed of words) {
        // As in the picker of steps: what the entity suggests, then the transforms.
        const found = findIntents([...offered, ...transforms], typed).slice(0, 6)
        expect([typed, found.map(({ id }) => id)]).toEqual([typed, expect.arrayContaining([does])])
      }
    }
  },
)

const transforms = rows.filter(({ id }) => id.startsWith('transform '))

function isRecipe(name: string): name is keyof typeof recipeWords {
  return name in recipeWords
}

test('a name that is typed whole comes first, and nothing leads nowhere', () => {
  for (const { label } of rows) expect(findIntents(rows, label)[0]?.label).toBe(label)
  expect(findIntents(rows, 'xyzzyx')).toEqual([])
  expect(findIntents(rows, '')).toEqual(rows)
})

test('words are about functions that exist', () => {
  const known = new Set(functions.map(({ kind, name }) => `${kind} ${name}`))
  expect(Object.keys(intentWords).filter((key) => !known.has(key))).toEqual([])
})

test.each([
  ['phnoe', 'phone', true],
  ['fone', 'phone', false],
  ['datoo', 'dato', true],
  ['sum', 'sun', false],
  ['deduplciate', 'deduplicate', true],
  ['lowercase', 'uppercase', false],
])('%s and %s', (a, b, slip) => expect(isSlip(a, b)).toBe(slip))
