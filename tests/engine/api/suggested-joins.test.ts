/** Joins that the data suggests. */
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

test('datasets that hold what belongs to the entity are joined and summed', async () => {
  const orders = [
    { _id: 'o1', mail: 'ADA@x.no', amount: '1 000,50' },
    { _id: 'o2', mail: 'ada@x.no', amount: '2,00' },
    { _id: 'o3', mail: 'bo@x.no', amount: '7,00' },
  ]
  const source = { type: 'embedded', entities: orders }
  const files = { 'pipes/orders.conf.json': JSON.stringify({ _id: 'orders', type: 'pipe', source }) }
  await engine.open({ project: 'joins', files })
  await engine.run({ run: 'r' })
  const people = ['{"_id":"1","email":"ada@x.no"}', '{"_id":"2","email":"bo@x.no"}', '{"_id":"3","email":"c@x.no"}']
  const request = { pipe: 'people', source: people[0] ?? '', others: people, except: [] }
  const found = await engine.suggestedJoins(request)
  const where = ['eq', ['lower', '_S.email'], ['lower', 'o.mail']]
  const hops = { datasets: ['orders o'], where: [where] }
  expect(found.map(({ step, gives, matched, of }) => [readJson(step), gives, matched, of])).toEqual([
    [['add', 'orders', ['hops', hops]], '2', 2, 3],
    [
      [
        'add',
        'sum-amount',
        ['sum', ['decimal', ['replace', ',', '.', ['replace', ' ', '', ['hops', { ...hops, return: 'o.amount' }]]]]],
      ],
      '"~f1002.50"',
      2,
      3,
    ],
  ])
  expect(await engine.suggestedJoins({ ...request, except: ['orders'] })).toEqual([])
})

test('what a pipe writes itself, system datasets and datasets without a match are no suggestions', async () => {
  const pipeOf = (_id: string, entities: readonly object[]) => [
    `pipes/${_id}.conf.json`,
    JSON.stringify({ _id, type: 'pipe', source: { type: 'embedded', entities } }),
  ]
  const mails = [{ _id: 'm1', mail: 'ada@x.no' }]
  const files = Object.fromEntries([pipeOf('people', mails), pipeOf('apart', [{ _id: 'z', mail: 'zed@x.no' }])])
  await engine.open({ project: 'none', files })
  await engine.run({ run: 'r' })
  const others = ['{"_id":"1","email":"ada@x.no"}', '{"_id":"2","email":"bo@x.no"}']
  const request = { pipe: 'people', source: others[0] ?? '', others, except: [] }
  expect(await engine.suggestedJoins(request)).toEqual([])
  const elsewhere = await engine.suggestedJoins({ ...request, pipe: 'other' })
  expect(elsewhere.map(({ does, dataset, on, matched, of }) => [does, dataset, on, matched, of])).toEqual([
    ['join', 'people', ['email', 'mail'], 1, 2],
  ])
})
