/** Suggested steps for an entity, each with its result. */
import { expect, test } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { testEngine } from '../../support/engine.ts'

const engine = testEngine({
  environment: machine,
  fetch: null,
  openStore: async () => memoryStore(machine),
  deleteStore: async () => undefined,
})

const suggestedFor = async (source: object, target: object | null = null, others: readonly object[] = []) => {
  const request = {
    source: JSON.stringify(source),
    target: target === null ? null : JSON.stringify(target),
    others: others.map((each) => JSON.stringify(each)),
  }
  const found = await engine.suggestedSteps(request)
  return found.map(({ does, step, gives }) => [does, readJson(step), gives])
}

test('texts that are phones, amounts and dates are converted', async () => {
  const source = { _id: '1', Telefon: '41223344', pris: '1 499,90', født: '03.02.2019', navn: 'Åse' }
  expect(await suggestedFor(source)).toEqual([
    [
      'phone',
      ['add', 'Telefon', ['coalesce', ['list', ['phonenumber-parse', 'NO', '_S.Telefon'], '_S.Telefon']]],
      '"~rtel:+47-41-22-33-44"',
    ],
    [
      'decimal-comma',
      ['add', 'pris', ['decimal', '_S.pris', ['replace', ',', '.', ['replace', ' ', '', '_S.pris']]]],
      '"~f1499.90"',
    ],
    [
      'date',
      ['add', 'født', ['coalesce', ['list', ['datetime-parse', '%d.%m.%Y', '_S.født'], '_S.født']]],
      '"~t2019-02-03T00:00:00Z"',
    ],
  ])
})

test('what a step has converted is not suggested again', async () => {
  expect(await suggestedFor({ _id: '1', pris: '1,50' }, { _id: '1', pris: '~f1.5' })).toEqual([])
})

test('lists of objects become children, and their amounts sums, read first where they are texts', async () => {
  const target = {
    _id: '1',
    lines: [
      { sum: '1,50', n: 1 },
      { sum: '2,00', n: 2 },
    ],
  }
  expect(await suggestedFor({ _id: '1' }, target)).toEqual([
    ['children', ['create-child', '_T.lines'], '2'],
    ['sum', ['add', 'sum-sum', ['sum', ['decimal', ['replace', ',', '.', '_T.lines.sum']]]], '"~f3.50"'],
    ['sum', ['add', 'sum-n', ['sum', '_T.lines.n']], '3'],
  ])
})

test('the newest, each once, pivots and flat lists', async () => {
  const source = {
    _id: '1',
    tags: ['a', 'b', 'a'],
    rows: [['x'], ['y', 'z']],
    address: { city: 'Oslo' },
    orders: [
      { no: 'A1', day: '~t2024-01-02T00:00:00Z', status: 'paid' },
      { no: 'B2', day: '~t2024-03-02T00:00:00Z', status: 'sent' },
      { no: 'C3', day: '~t2024-02-02T00:00:00Z', status: 'paid' },
    ],
  }
  const newest = { no: 'B2', day: '~t2024-03-02T00:00:00Z', status: 'sent' }
  expect(await suggestedFor(source)).toEqual([
    ['deduplicate', ['add', 'tags', ['distinct', '_S.tags']], '["a","b"]'],
    ['flatten', ['add', 'rows', ['flatten', '_S.rows']], '["x","y","z"]'],
    ['unnest', ['merge', '_S.address'], '{"city":"Oslo"}'],
    ['children', ['create-child', '_S.orders'], '3'],
    ['one-of-each', ['add', 'orders', ['distinct', '_.status', '_S.orders']], expect.stringContaining('"A1"')],
    [
      'pivot',
      ['add', 'orders-by-status', ['group-by', '_.status', ['string', '_.'], '_S.orders']],
      expect.stringMatching(/^{"paid":\[{.*"sent":\[{/),
    ],
    [
      'newest',
      ['add', 'newest-orders', ['first', ['sorted-descending', '_.day', '_S.orders']]],
      JSON.stringify(newest),
    ],
  ])
})

test('a gap is filled with the value that most others have, also where the property is not there at all', async () => {
  const others = [{ land: 'NO' }, { land: 'NO' }, { land: 'SE' }, { land: null }]
  expect(await suggestedFor({ _id: '1', land: null }, null, others)).toEqual([
    ['default', ['add', 'land', ['coalesce', ['list', '_S.land', 'NO']]], '"NO"'],
  ])
  expect(await suggestedFor({ _id: '1' }, null, others)).toEqual([
    ['default', ['add', 'land', ['coalesce', ['list', '_S.land', 'NO']]], '"NO"'],
  ])
})

test('a conversion is counted on further entities', async () => {
  const request = {
    source: '{"_id":"1","pris":"1,50"}',
    target: null,
    others: ['{"_id":"1","pris":"1,50"}', '{"_id":"2","pris":"2,50"}', '{"_id":"3","pris":"ukjent"}', '{"_id":"4"}'],
  }
  const [first] = await engine.suggestedSteps(request)
  expect(first?.reads).toEqual({ read: 2, of: 3 })
})
