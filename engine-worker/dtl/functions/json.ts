/** JSON text inside values: writing and reading it, with or without the types of transit. */
import { readExactly, readJson } from '../../entity/json.ts'
import { jsonText } from '../../entity/text.ts'
import { decodeString } from '../../entity/transit.ts'
import type { Value } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { one } from '../argument.ts'
import { expression } from '../define.ts'
import type { Context } from '../evaluation.ts'
import { cast, castArguments } from './cast.ts'

const doc = 'dtl/dtl-functions-json.rst'
const values = one('values', 'any', { says: 'A value; each value of a list is written by itself.' })
const layoutWords = 'Keys are sorted; a space follows each comma and colon. Null becomes the text "null".'
const failureWords =
  'What is not text, or not JSON, is left out of a list and gives null alone; with a default, the default is used ' +
  'instead. The JSON text "null" gives null, which is not a failure.'

function writeJson(form: 'plain' | 'transit') {
  return (value: Value, ctx: Context): Value => {
    if (!Array.isArray(value)) return jsonText(value, form)
    ctx.spend(value.length)
    return value.map((item) => jsonText(item, form))
  }
}

/** The result of reading, or undefined where the text is no JSON. */
function valueOrUndefined(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

export const jsonFunctions = [
  expression({
    name: 'json',
    group: 'json',
    doc,
    says: 'Writes values as JSON text.',
    more: `Values that JSON has no type for become plain texts, without their tags. ${layoutWords}`,
    sentence: '{values} as JSON text',
    takes: [values],
    gives: 'string',
    examples: [
      { dtl: ['json', '_S.size'], source: { size: { w: 2, h: 1.5 } }, gives: '{"h": 1.5, "w": 2}' },
      { dtl: ['json', ['list', 'a', true, '~:shop:7']], gives: ['"a"', 'true', '"shop:7"'] },
      { dtl: ['json', null], gives: 'null' },
    ],
    run: writeJson('plain'),
  }),

  expression({
    name: 'json-transit',
    group: 'json',
    doc,
    says: 'Writes values as JSON text that keeps their types.',
    more: `Dates, identifiers, decimals and the like are written with their transit tags. ${layoutWords}`,
    sentence: '{values} as transit JSON text',
    takes: [values],
    gives: 'string',
    examples: [
      { dtl: ['json-transit', ['list', ['literal', { id: '~:shop:7', n: 1 }]]], gives: ['{"id": "~:shop:7", "n": 1}'] },
      { dtl: ['json-transit', '_S.paid'], source: { paid: '~f9.90' }, gives: '"~f9.90"' },
    ],
    run: writeJson('transit'),
  }),

  expression({
    name: 'json-parse',
    group: 'json',
    doc,
    says: 'Reads JSON texts as values; texts with transit tags stay texts.',
    more: failureWords,
    sentence: 'the JSON in {values}',
    chain: 'read as JSON, else {function}',
    takes: castArguments,
    gives: 'any',
    examples: [
      { dtl: ['json-parse', '_S.payload'], source: { payload: '{"n": [1, 2]}' }, gives: { n: [1, 2] } },
      { dtl: ['json-parse', ['list', '3', 'three', 'false']], gives: [3, false] },
      { dtl: ['json-parse', ['literal', {}], '{broken'], gives: {} },
    ],
    run: cast((value) => (typeof value === 'string' ? valueOrUndefined(() => readJson(value)) : undefined)),
  }),

  expression({
    name: 'json-transit-parse',
    group: 'json',
    doc,
    says: 'Reads JSON texts as values, with the types that transit tags give them.',
    more: failureWords,
    sentence: 'the transit JSON in {values}',
    chain: 'read as transit JSON, else {function}',
    takes: castArguments,
    gives: 'any',
    examples: [
      { dtl: ['json-transit-parse', '"~t2021-05-17"'], gives: '~t2021-05-17' },
      { dtl: ['json-transit-parse', 'none', ['list', '["~:a:b"]', '~:a:b']], gives: [['~:a:b'], 'none'] },
    ],
    run: cast((value) =>
      typeof value === 'string' ? valueOrUndefined(() => readExactly<Value>(value, decodeString)) : undefined,
    ),
  }),
]
