/** Sixty plain words in two languages, some with a slip of the finger, lead to the function that does what is meant. */
import { expect, test } from 'vitest'
import { findIntents, isSlip } from '../../../app/forms/find-intent.ts'
import { intentWords } from '../../../app/i18n/intents.ts'
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
