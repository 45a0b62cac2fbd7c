/** Expressions that give a wanted value, checked on further entities. */
import { expect, test } from 'vitest'
import { compileAlone } from '../../../engine-worker/dtl/compile/compile.ts'
import { makeContext } from '../../../engine-worker/dtl/context.ts'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { printValue } from '../../../engine-worker/entity/transit.ts'
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
  const firstExpression = async (wanted: string) => {
    const [found] = await engine.byExample({ pipe: 'x', source, target: null, wanted })
    return found && readJson(found.expression)
  }
  expect(await firstExpression('1499.90')).toEqual(['decimal', ['replace', ',', '.', ['replace', ' ', '', '_S.pris']]])
  expect(await firstExpression('+47 41 22 33 44')).toEqual(['phonenumber-parse', 'NO', '_S.mobil'])
  expect(await firstExpression('2019-02-03T00:00:00Z')).toEqual(['datetime-parse', '%d.%m.%Y', '_S.dato'])
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

/** A value as people write it, what they want of it, the same of another entity, and what both have to become. */
const pairs: readonly (readonly [string, string, string, string])[] = [
  ['kr 1 499,90', '1499.90', 'kr 12,50', '"~f12.50"'],
  ['1 499,90 kr', '1499.90', '3 200,00 kr', '"~f3200.00"'],
  ['$1,499.90', '1499.90', '$12.50', '"12.50"'],
  ['€1.499,90', '1499.90', '€3.200.000,00', '"~f3200000.00"'],
  ['25 %', '25', '12,5 %', '"~f12.5"'],
  ['03.02.2019', '2019-02-03', '12.11.2020', '"2020-11-12"'],
  ['03.02.19', '2019-02-03', '12.11.20', '"2020-11-12"'],
  ['02/13/2019', '2019-02-13', '11/12/2020', '"2020-11-12"'],
  ['2019-02-03', '03.02.2019', '2020-11-12', '"12.11.2020"'],
  ['3. februar 2019', '2019-02-03', '12. november 2020', '"2020-11-12"'],
  ['3 Feb 2019', '2019-02-03', '12 December 2020', '"2020-12-12"'],
  ['20190203', '2019-02-03', '20201112', '"2020-11-12"'],
  ['03.02.2019', '02', '12.11.2020', '"11"'],
  ['412 23 344', '41223344', '99 88 77 66', '"99887766"'],
  ['Ada Lovelace', 'Lovelace', 'Grace Brewster Hopper', '"Hopper"'],
  ['Lovelace, Ada', 'Ada Lovelace', 'Hopper, Grace', '"Grace Hopper"'],
  ['ada@nord.no', 'nord.no', 'grace@navy.mil', '"navy.mil"'],
  [' Ada@Nord.NO', 'ada@nord.no', 'Grace@navy.mil ', '"grace@navy.mil"'],
  ['0155 Oslo', '0155', '9008 Tromsø', '"9008"'],
  ['155', '0155', '9008', '"9008"'],
  ['OSLO', 'Oslo', 'TROMSØ', '"Tromsø"'],
  ['NO-123', 'NO', 'SE-456', '"SE"'],
  ['987 654 321', '987654321', '123 456 785', '"123456785"'],
  ['Blå sko', 'blå-sko', 'Rød hatt', '"rød-hatt"'],
  ['ja', 'true', 'nei', 'false'],
  ['a;b;c', '["a","b","c"]', 'x;y', '["x","y"]'],
  ['Kongens gate 8, 0155 Oslo', '0155', 'Storgata 1, 9008 Tromsø', '"9008"'],
]

test.each(pairs)('%s → %s is found, and right for %s', async (own, wanted, other, becomes) => {
  await engine.open({ project: 'p', files: {} })
  const source = JSON.stringify({ _id: '1', own })
  const others = [JSON.stringify({ _id: '2', own: other })]
  const [found] = await engine.byExample({ pipe: 'x', source, target: null, wanted, others })
  expect(found?.works).toEqual({ for: 1, of: 1 })
  const { expression } = compileAlone(readJson(found?.expression ?? 'null'))
  const value = expression.evaluate({ _id: '2', own: other }, makeContext({ environment: machine }), {})
  expect([found?.expression, printValue(value)]).toEqual([found?.expression, becomes])
})

test('initials, addresses from names, and a code that nothing makes', async () => {
  await engine.open({ project: 'p', files: {} })
  const source = '{"_id":"1","first":"Ada","last":"Lovelace","land":"NO"}'
  const others = ['{"_id":"2","first":"Grace","last":"Hopper","land":"NO"}']
  const firstExpression = async (wanted: string) =>
    (await engine.byExample({ pipe: 'x', source, target: null, wanted, others }))[0]
  const initials = [
    ['substring', 0, 1, '_S.first'],
    ['substring', 0, 1, '_S.last'],
  ] as const
  expect(readJson((await firstExpression('AL'))?.expression ?? '')).toEqual(['concat', ...initials])
  expect(readJson((await firstExpression('A. Lovelace'))?.expression ?? '')).toEqual([
    'concat',
    initials[0],
    '. ',
    '_S.last',
  ])
  expect(readJson((await firstExpression('ada.lovelace@example.org'))?.expression ?? '')).toEqual([
    'concat',
    ['lower', '_S.first'],
    '.',
    ['lower', '_S.last'],
    '@example.org',
  ])
  expect(readJson((await firstExpression('Norge'))?.expression ?? '')).toEqual(['case-eq', '_S.land', 'NO', 'Norge'])
})
