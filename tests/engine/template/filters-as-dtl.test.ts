/**
 * Filters that the documentation names after functions of DTL give what those give, whatever they are given
 * (jinja_filters.rst): nothing, texts, numbers, bytes, dates, lists of all.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { readEntities } from '../../../engine-worker/entity/transit.ts'
import { isObject, type Json } from '../../../engine-worker/entity/value.ts'
import { compileTemplate, renderProgram } from '../../../engine-worker/template/render.ts'
import { embedded, output } from '../connectors/open.ts'

/** Expressions of both languages that end in texts. */
const ofTimes = (more: string, ...formats: readonly string[]): readonly [string, Json] => [
  `v | datetime | datetime_format(${more})`,
  ['datetime-format', ...formats, ['datetime', '_S.v']],
]
const pairs: readonly (readonly [jinja: string, dtl: Json])[] = [
  ['v | bytes | base64_encode', ['base64-encode', ['bytes', '_S.v']]],
  ['v | base64_encode', ['base64-encode', '_S.v']],
  ['v | base64_decode | base64_encode', ['base64-encode', ['base64-decode', '_S.v']]],
  ofTimes('', '%Y-%m-%dT%H:%M:%SZ'),
  ofTimes('"%Y-%m-%dT%H:%M:%S.%fZ"', '%Y-%m-%dT%H:%M:%S.%fZ'),
  ofTimes('"Europe/Oslo", "%d.%m.%y %I:%M %p %z"', 'Europe/Oslo', '%d.%m.%y %I:%M %p %z'),
  ofTimes('"Asia/Kolkata", "%e %%"', 'Asia/Kolkata', '%e %%'),
]

/** Values as they stand in JSON. */
const singleValue = fc.oneof(
  fc.constantFrom<Json>(
    null,
    '',
    ' ',
    'æøå 日本 🦜',
    'YWJj',
    'YW Jj\n',
    'YWJ',
    'YWJj=',
    '====',
    '~bYWJj',
    '~b',
    '~t2020-02-29T23:59:59.123456789Z',
    '~t0001-01-01T00:00:00Z',
    '~t1900-01-01T00:00:00Z',
    '~t2024-03-31T01:30:00Z',
    '~t9999-12-31T23:59:59Z',
    '2021-03-04',
    '2021-03-04T05:06:07Z',
    '2021-03-04T05:06:07.5Z',
    '2021-03-04T05:06:07',
    '2021-13-04T05:06:07Z',
    '2021-03-04T05:06:07+02:00',
    'yesterday',
    0,
    -1,
    1.5,
    1_600_000_000_000_000_000,
    true,
    false,
    '~:crm:1',
    '~f1.50',
    '~u7c9e6679-7425-40de-944b-e07fc1f90ae7',
  ),
  fc.string({ unit: 'grapheme' }).filter((text) => !text.startsWith('~')),
  fc.integer(),
)
/** Moments and identifiers of entities are texts in templates, as in the JSON of a service: to bytes they are no texts in DTL. */
const isTextInTemplates = (v: Json): boolean =>
  Array.isArray(v) ? v.some(isTextInTemplates) : typeof v === 'string' && /^~[t:u]/.test(v)
const value = fc.oneof(singleValue, fc.array(singleValue, { maxLength: 4 }))

test('a filter gives what the function of DTL of its name gives', async () => {
  const values = fc.sample(value, { numRuns: 600, seed: 20_261_130 })
  const entities = values.map((v, at): { _id: string; v: Json } => ({ _id: String(at), v }))
  const steps = pairs.map(([, dtl], at): Json => ['add', `r${at}`, dtl])
  const { entities: results, problems } = await output({
    pipe: { source: embedded(...entities), transform: { type: 'dtl', rules: { default: steps } } },
  })
  expect(problems).toEqual([])
  const rows = results.filter(isObject)
  const programs = pairs.map(([jinja]) => compileTemplate(`{{ (${jinja}) | tojson }}`))
  const differing = entities.flatMap(({ _id, v }, at) => {
    const [entity] = readEntities(printJson([{ _id, v }]))
    return programs.flatMap((program, index) => {
      if (pairs[index]?.[0].includes('datetime') !== true && isTextInTemplates(v)) return []
      const rendered = renderProgram(program, { v: entity?.v ?? null }, { now: () => null, random: () => 0 } as never)
      const wanted = printJson(rows[at]?.[`r${index}`] ?? null)
      return JSON.stringify(JSON.parse(rendered)) === JSON.stringify(JSON.parse(wanted))
        ? []
        : [`${pairs[index]?.[0]} of ${printJson(v)}: ${rendered} instead of ${wanted}`]
    })
  })
  expect(differing).toEqual([])
})
