/** Steps that an entity suggests, each with what it makes of it. */
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

const suggested = async (source: object, target: object | null = null) => {
  const request = { source: JSON.stringify(source), target: target === null ? null : JSON.stringify(target) }
  const found = await engine.suggestedSteps(request)
  return found.map(({ does, step, gives }) => [does, readJson(step), gives])
}

test('texts that are phones, amounts and dates are converted', async () => {
  const source = { _id: '1', Telefon: '41223344', pris: '1 499,90', født: '03.02.2019', navn: 'Åse' }
  expect(await suggested(source)).toEqual([
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
  expect(await suggested({ _id: '1', pris: '1,50' }, { _id: '1', pris: '~f1.5' })).toEqual([])
})

test('lists of objects become children, and their amounts sums, read first where they are texts', async () => {
  const target = {
    _id: '1',
    lines: [
      { sum: '1,50', n: 1 },
      { sum: '2,00', n: 2 },
    ],
  }
  expect(await suggested({ _id: '1' }, target)).toEqual([
    ['children', ['create-child', '_T.lines'], '2'],
    ['sum', ['add', 'sum-sum', ['sum', ['decimal', ['replace', ',', '.', '_T.lines.sum']]]], '"~f3.50"'],
    ['sum', ['add', 'sum-n', ['sum', '_T.lines.n']], '3'],
  ])
})

test('an expression by example is found through the declared conversions', async () => {
  await engine.open({ project: 'p', files: {} })
  const source = '{"_id":"1","pris":"1 499,90","mobil":"41223344","dato":"03.02.2019"}'
  const first = async (wanted: string) => {
    const [found] = await engine.byExample({ pipe: 'x', source, target: null, wanted })
    return found && readJson(found.expression)
  }
  expect(await first('1499.90')).toEqual(['decimal', ['replace', ',', '.', ['replace', ' ', '', '_S.pris']]])
  expect(await first('+47 41 22 33 44')).toEqual(['phonenumber-parse', 'NO', '_S.mobil'])
  expect(await first('2019-02-03T00:00:00Z')).toEqual(['datetime-parse', '%d.%m.%Y', '_S.dato'])
})
