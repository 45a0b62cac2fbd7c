/**
 * A model with two systems that have the same customers, and an engine over its pipes, for tests of capabilities of
 * models.
 */
import type { Model } from '../../../engine-worker/model/model.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { type TestEngine, testEngine } from '../../support/engine.ts'
import { environment } from '../dtl/corpus.ts'

export type Rows = readonly Readonly<Record<string, unknown>>[]

const csv = { type: 'http_endpoint' }

export const model: Model = {
  version: 1,
  systems: {
    crm: { datatypes: { customer: { key: ['id'], source: csv }, order: { key: ['id'], source: csv } } },
    shop: { datatypes: { client: { key: ['no'], source: csv } } },
  },
  concepts: {
    customer: {
      keys: [['email'], ['phone']],
      properties: {
        email: { rule: 'priority', normalise: ['trim', 'lower'], ignore: ['post@x.no'] },
        phone: { rule: 'priority', normalise: ['digits', 'last-8'] },
        name: { rule: 'priority' },
      },
    },
  },
  mappings: [
    {
      name: 'crm-customer',
      system: 'crm',
      datatype: 'customer',
      concept: 'customer',
      properties: [
        { from: 'email', to: 'email' },
        { from: 'phone', to: 'phone' },
        { from: 'name', to: 'name' },
      ],
    },
    {
      name: 'shop-client',
      system: 'shop',
      datatype: 'client',
      concept: 'customer',
      properties: [
        { from: 'mail', to: 'email' },
        { from: 'tel', to: 'phone' },
        { from: 'Name', to: 'name' },
      ],
    },
  ],
}

const crm: Rows = [
  { _id: '1', id: '1', name: 'Ada Lovelace', email: 'Ada@x.org', phone: '+47 900 10 001' },
  { _id: '2', id: '2', name: 'Bo Berg', email: 'bo@x.org' },
  { _id: '3', id: '3', name: 'Cy Dahl', email: 'post@x.no' },
]
const shopRows: Rows = [
  { _id: 'a', no: 'a', Name: 'LOVELACE, ADA', mail: ' ada@x.org' },
  { _id: 'b', no: 'b', Name: 'Ada L', tel: '90010001' },
  { _id: 'c', no: 'c', Name: 'Eve', mail: 'post@x.no' },
]

/** An engine with the pipes of a model, to whose collecting pipes data is supplied. */
export async function modelEngine(given: Model, data: Readonly<Record<string, Rows>>) {
  const around = environment()
  const store: DatasetStore = memoryStore(around)
  const engine = testEngine({
    environment: around,
    fetch: null,
    openStore: async () => store,
    deleteStore: async () => {},
  })
  const text = JSON.stringify(given)
  await engine.open({ project: 'p', files: { 'model.json': text } })
  const { files } = await engine.modelPipes({ text })
  await engine.update({ files })
  for (const [pipe, rows] of Object.entries(data))
    await engine.supply({ pipe, name: `${pipe}.json`, text: JSON.stringify(rows) })
  return { engine, store, text }
}

/** Runs the collecting pipes of data. */
export async function runCollect(engine: TestEngine, data: Readonly<Record<string, Rows>>) {
  await engine.run({ run: 'collect', pipes: Object.keys(data) })
}

export const data = { 'crm-customer-collect': crm, 'shop-client-collect': shopRows }

export async function entitiesIn(store: DatasetStore, dataset: string) {
  const all = []
  for await (const batch of store.scan(dataset, { live: true })) all.push(...batch)
  return all
}
