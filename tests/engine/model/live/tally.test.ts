/** Changes are counted once: what is as it was is not read again, and the first of each operation are kept. */
import { expect, test } from 'vitest'
import { generate } from '../../../../engine-worker/model/generate/pipes.ts'
import { planOf } from '../../../../engine-worker/model/generate/plan.ts'
import { givenRecords, runInMemory } from '../../../../engine-worker/model/live/run.ts'
import { addTally, emptyTally, Tallies } from '../../../../engine-worker/model/live/tally.ts'
import type { Model } from '../../../../engine-worker/model/model.ts'
import type { DatasetStore } from '../../../../engine-worker/storage/store.ts'
import { environment } from '../../dtl/corpus.ts'

const columns = ['email', 'name'].map((name) => ({ from: name, to: name }))
const model: Model = {
  version: 1,
  systems: { crm: { datatypes: { person: { key: ['id'] } } }, erp: { datatypes: { person: { key: ['id'] } } } },
  concepts: {
    person: { keys: [['email']], properties: { email: { rule: 'key' }, name: { rule: 'priority' } } },
  },
  mappings: ['crm', 'erp'].map((system) => ({
    name: `${system}-person`,
    system,
    datatype: 'person',
    concept: 'person',
    properties: columns,
  })),
}
const personRecords = Array.from({ length: 5 }, (_, at) => ({
  _id: `${at}`,
  id: `${at}`,
  email: `${at}@x`,
  name: `N ${at}`,
}))

async function ran(): Promise<DatasetStore> {
  const records = givenRecords(model, new Map([['crm-person-collect', personRecords]]))
  return (await runInMemory(generate(model), records, environment())).store
}

test('numbers are of all changes, and at most so many changes are kept of each operation', async () => {
  const tallies = new Tallies()
  const found = await tallies.count(await ran(), planOf(model), 2, (_, id) => id !== '4')
  expect(found.counts['erp-person']).toEqual({ insert: 4, update: 0, delete: 0, none: 0 })
  expect(found.changes).toHaveLength(2)
  const one = await tallies.count(await ran(), planOf(model), 2, (_, id) => id === '0')
  const sum = emptyTally(planOf(model))
  for (let time = 0; time < 3; time++) addTally(sum, one, 2)
  expect(sum.counts['erp-person']?.insert).toBe(3)
  expect(sum.changes).toHaveLength(2)
})

test('a dataset that has not changed is not read again; another store or other records are', async () => {
  let scans = 0
  const countingScans = (store: DatasetStore): DatasetStore =>
    new Proxy(store, {
      get: (target, key) => {
        if (key === 'scan') scans++
        const value = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  const tallies = new Tallies()
  const isAll = () => true
  const store = countingScans(await ran())
  const first = await tallies.count(store, planOf(model), 5, isAll)
  expect(scans).toBe(2)
  expect(await tallies.count(store, planOf(model), 5, isAll)).toEqual(first)
  expect(scans).toBe(2)
  expect((await tallies.count(store, planOf(model), 5, () => false)).changes).toEqual([])
  expect(scans).toBe(4)
  await tallies.count(countingScans(await ran()), planOf(model), 5, isAll)
  expect(scans).toBe(6)
})
