/// <reference path="./murmurhash3.d.ts" />
/** Functions that fit no other group: hashes, tuples, literals, and what the pipe knows of its past. */
import murmur from 'murmurhash3js-revisited' // the reference algorithm in plain JavaScript; Web Crypto has only SHA
import { equal } from '../../entity/order.ts'
import { Bytes, integer, isDict, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { anyNumber, each, functionExpression, json, one, optional } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { expression } from '../define.ts'

const doc = 'dtl/dtl-functions-misc.rst'
const utf8 = new TextEncoder()

const unknownHash = problem<{ algorithm: string }>({
  code: 'dtl-unknown-hash',
  severity: 'error',
  says: (f) => `“hash128” has no algorithm named “${f.algorithm}”.`,
  fix: () => 'Use "murmur3".',
})

/** The two halves change places: the number is the second one times 2^64 plus the first one. */
function murmur3(data: Uint8Array, seed: number): number | bigint {
  const hex = murmur.x64.hash128(data, seed)
  return integer(BigInt(`0x${hex.slice(16)}${hex.slice(0, 16)}`))
}

export const miscFunctions = [
  expression({
    name: 'literal',
    group: 'misc',
    doc,
    says: 'Gives what is written there, without computing anything in it.',
    more: 'For texts that look like paths and for lists that look like calls.',
    sentence: 'exactly {value}',
    takes: [json('value', { says: 'Any JSON.' })],
    gives: 'any',
    examples: [
      { dtl: ['literal', '_S.name'], source: { name: 'Ada' }, gives: '_S.name' },
      { dtl: ['literal', ['concat', 'a', 'b']], gives: ['concat', 'a', 'b'] },
    ],
    run: (value) => value,
  }),

  expression({
    name: 'tuples',
    group: 'misc',
    doc,
    says: 'Makes every combination that takes one value from each argument, as a list of lists.',
    more:
      'Null is never part of a combination, so there is none when an argument has no value. Compare tuples in a join ' +
      'when two entities belong together by several properties at once.',
    sentence: 'combinations of ({values})',
    takes: [anyNumber('values', 'any', { says: 'Lists, or single values; the first ones vary slowest.' })],
    gives: 'list',
    examples: [
      {
        dtl: ['tuples', '_S.company', '_S.employee'],
        source: { company: 'acme', employee: [7, 9] },
        gives: [
          ['acme', 7],
          ['acme', 9],
        ],
      },
      {
        dtl: ['tuples', ['list', 'a', null], ['list', 1, 2]],
        gives: [
          ['a', 1],
          ['a', 2],
        ],
      },
      { dtl: ['tuples', 'a', '_S.missing'], source: {}, gives: [] },
    ],
    run: (values, ctx) => {
      const columns = values.map((value) => listOf(value).filter((item) => item !== null))
      if (columns.length === 0 || columns.some((column) => column.length === 0)) return []
      ctx.spend(columns.reduce((count, column) => count * column.length, values.length))
      let rows: Value[][] = (columns[0] ?? []).map((item) => [item])
      for (const column of columns.slice(1)) {
        const longer: Value[][] = []
        for (const row of rows) for (const item of column) longer.push([...row, item])
        rows = longer
      }
      return rows
    },
  }),

  expression({
    name: 'hash128',
    group: 'misc',
    doc,
    says: 'Computes a hash of 128 bits, as an integer, from a text or from bytes; equal input always gives the same hash.',
    more:
      'Good for comparing and for spreading data evenly, not for protecting secrets. Text is hashed as UTF-8. Values that ' +
      'are neither text nor bytes are left out.',
    sentence: 'the {algorithm} hash of {values} with seed {seed}',
    chain: 'hashed with {algorithm}, seed {seed}',
    takes: [
      one('algorithm', 'string', { says: 'How to hash; there is only murmur3.', choices: ['murmur3'] }),
      optional('seed', 'integer', { says: 'Another seed gives another hash for the same input; 0 when left out.' }),
      each('values', ['string', 'bytes'], { says: 'What to hash.' }),
    ],
    gives: 'integer',
    examples: [
      {
        dtl: ['hash128', 'murmur3', '_S.email'],
        source: { email: 'nora@example.com' },
        gives: 293293375781820050568200091420818536453n,
      },
      {
        dtl: ['eq', ['hash128', 'murmur3', 1, 'a'], ['hash128', 'murmur3', 2, 'a']],
        gives: false,
        says: 'Another seed gives another hash.',
      },
    ],
    run: (algorithm, seed, value) => {
      if (algorithm !== 'murmur3') throw new Fault(unknownHash({ algorithm }))
      const start = seed === undefined ? 0 : Number(BigInt.asUintN(32, BigInt(seed)))
      return murmur3(value instanceof Bytes ? value.data : utf8.encode(value), start)
    },
  }),

  expression({
    name: 'is-changed',
    previous: true,
    group: 'misc',
    doc,
    says: 'Tells whether something computed from the source entity differs from what its previous version gives.',
    more:
      'Null when there is no previous version, or when the source keeps none because it is not a dataset. True when one of the two ' +
      'versions is deleted. It looks at versions in the source, which the pipe need not have seen one by one, so it says ' +
      'nothing certain about what the sink holds; what depends on it is not computed again when that changes.',
    sentence: '{function} has changed',
    takes: [functionExpression('function', { says: 'Computed from each of the two versions, which is "_." in it.' })],
    gives: 'boolean',
    examples: [
      {
        dtl: ['is-changed', '_.address'],
        source: { _id: '1', address: 'Torget 2' },
        previous: { _id: '1', address: 'Torget 1' },
        gives: true,
      },
      {
        dtl: ['is-changed', ['lower', '_.mail']],
        source: { _id: '1', mail: 'a@x.no' },
        previous: { _id: '1', mail: 'A@x.no' },
        gives: false,
      },
      {
        dtl: ['is-changed', '_.address'],
        source: { _id: '1', address: 'Torget 2' },
        previous: null,
        gives: null,
        says: 'There is nothing to compare with.',
      },
    ],
    compile: (call) => {
      const computed = call.eval('function')
      return (frame) => {
        const { previous } = frame.ctx
        if (previous === null || previous === undefined) return null
        const current = frame.R.S
        if (previous._deleted === true || (isDict(current) && current._deleted === true)) return true
        const outer = frame.it
        frame.it = current
        const now = computed(frame)
        frame.it = previous
        const before = computed(frame)
        frame.it = outer
        return !equal(now, before)
      }
    },
  }),

  expression({
    name: 'completeness',
    group: 'misc',
    doc,
    says: 'Gives the moment up to which a dataset was complete, as recorded in another dataset.',
    more:
      'Pipes pass these moments on when they run, so a dataset further down may know an older one. Null when either ' +
      'dataset is unknown, or when the first has no record of the second.',
    sentence: 'the completeness of {dataset-id} as {via-dataset-id} knows it',
    takes: [
      one('via-dataset-id', 'string', { says: 'The dataset in which it is recorded.', names: 'dataset' }),
      one('dataset-id', 'string', { says: 'The dataset that it is about.', names: 'dataset' }),
    ],
    gives: 'datetime',
    deterministic: false,
    examples: [
      { dtl: ['completeness', 'orders', 'nobody-fills-this'], gives: null },
      { dtl: ['is-null', ['completeness', 'nobody-fills-this', 'orders']], gives: true },
    ],
    run: (via, dataset, ctx) => ctx.completeness(via, dataset),
  }),
]
