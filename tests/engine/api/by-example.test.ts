/** Expressions that give a wanted value, checked on further entities. */
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

test('an expression by example is checked on further entities', async () => {
  await engine.open({ project: 'p', files: {} })
  const others = ['1,50', '12,00', 'ukjent', ''].map((pris, at) => JSON.stringify({ _id: `${at}`, pris }))
  const request = { pipe: 'x', source: others[0] ?? '', target: null, wanted: '1.50', others }
  const [found] = await engine.byExample(request)
  expect(found && readJson(found.expression)).toEqual(['decimal', ['replace', ',', '.', '_S.pris']])
  expect(found?.works).toEqual({ for: 2, of: 3 })
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

test('an expression that fits this entity by chance is not offered beside one that works for most', async () => {
  await engine.open({ project: 'p', files: {} })
  const others = Array.from({ length: 6 }, (_, n) => JSON.stringify({ _id: `${n}`, name: `n${n}`, code: 'x' }))
  const request = { pipe: 'x', source: '{"_id":"7","name":"Ada","code":"y"}', target: null, wanted: 'ADA', others }
  const found = await engine.byExample(request)
  expect(found[0] && readJson(found[0].expression)).toEqual(['upper', '_S.name'])
  const shares = found.map(({ works }) => (works === null ? 1 : works.for / works.of))
  expect(shares).toEqual(shares.toSorted((a, b) => b - a))
  expect(Math.min(...shares) * 2).toBeGreaterThanOrEqual(Math.max(...shares))
})

test('what reads the target, or what no other entity has, is not said to work for others', async () => {
  await engine.open({ project: 'p', files: {} })
  const others = ['{"_id":"2","other":1}']
  const source = '{"_id":"1","name":"Ada"}'
  const request = { pipe: 'x', source, target: '{"land":"NO"}', others }
  for (const wanted of ['NO', 'Ada']) {
    const [found] = await engine.byExample({ ...request, wanted })
    expect(found).toMatchObject({ gives: JSON.stringify(wanted), works: null })
  }
})
