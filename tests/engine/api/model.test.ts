/** Questions about the model of a project, on data that is stored: they agree with what the generated pipes do. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Model } from '../../../engine-worker/model/model.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { type TestEngine, testEngine } from '../../support/engine.ts'
import { environment } from '../dtl/corpus.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

const csv = { type: 'http_endpoint' }

const model: Model = {
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
const shop: Rows = [
  { _id: 'a', no: 'a', Name: 'LOVELACE, ADA', mail: ' ada@x.org' },
  { _id: 'b', no: 'b', Name: 'Ada L', tel: '90010001' },
  { _id: 'c', no: 'c', Name: 'Eve', mail: 'post@x.no' },
]

async function opened(given: Model, data: Readonly<Record<string, Rows>>) {
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

async function runCollect(engine: TestEngine, data: Readonly<Record<string, Rows>>) {
  await engine.run({ run: 'collect', pipes: Object.keys(data) })
}

const data = { 'crm-customer-collect': crm, 'shop-client-collect': shop }

async function entitiesIn(store: DatasetStore, dataset: string) {
  const all = []
  for await (const batch of store.scan(dataset, { live: true })) all.push(...batch)
  return all
}

describe('matching without a run', () => {
  it('counts what the pipes would merge, by normalised keys, without values that stand for nothing', async () => {
    const { engine, store, text } = await opened(model, data)
    await runCollect(engine, data)
    const { customer } = await engine.modelMatching({ text })
    expect(customer).toMatchObject({ read: 6, keyed: 4, matched: 3, clusters: 4, kinds: { several: 1, alone: 3 } })
    expect(customer?.keys).toMatchObject([
      { of: ['email'], filled: 3, shared: 2, alone: 1, distinct: 2 },
      { of: ['phone'], filled: 2, shared: 2, alone: 1, distinct: 1 },
    ])
    await engine.run({ run: 'all' })
    expect(await entitiesIn(store, 'global-customer')).toHaveLength(4)
  })

  it('agrees with a run for any keys, normalisations and records', async () => {
    const text = fc.constantFrom('a', 'A', ' a', 'b', 'B 1', 'b1', '-', '', null)
    const record = fc.record({ email: text, phone: text, name: text })
    const way = fc.subarray(['trim', 'lower', 'no-spaces', 'no-signs', 'digits', 'last-8'] as const)
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 6 }),
        fc.array(record, { maxLength: 6 }),
        fc.constantFrom([['email']], [['email'], ['phone']], [['email', 'phone']], [['email', 'phone'], ['name']]),
        way,
        way,
        async (one, other, keys, first, second) => {
          const { customer } = model.concepts
          if (customer === undefined) return
          const { email, phone, name } = customer.properties
          if (!email || !phone || !name) return
          const properties = {
            email: { ...email, normalise: first, ignore: ['b'] },
            phone: { ...phone, normalise: second },
            name,
          }
          const changed: Model = { ...model, concepts: { customer: { keys, properties } } }
          const given = {
            'crm-customer-collect': one.map((row, at) => ({ _id: `${at}`, id: `${at}`, ...row })),
            'shop-client-collect': other.map(({ email, phone, name }, at) => ({
              _id: `${at}`,
              no: `${at}`,
              mail: email,
              tel: phone,
              Name: name,
            })),
          }
          const { engine, store, text } = await opened(changed, given)
          await engine.run({ run: 'all' })
          const golden = await entitiesIn(store, 'global-customer')
          const report = await engine.modelMatching({ text, concept: 'customer' })
          expect(report.customer?.clusters).toBe(golden.length)
          const sizes = golden
            .map((entity) => [entity['global-customer:rows']].flat().length)
            .filter((size) => size > 1)
          expect(report.customer?.matched).toBe(sizes.reduce((sum, size) => sum + size, 0))
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('the matrix of a concept', () => {
  it('counts values, and follows the record that most systems know', async () => {
    const { engine, text } = await opened(model, data)
    await runCollect(engine, data)
    const { coverage, golden, total } = await engine.modelMastering({ text, concept: 'customer', at: 0 })
    expect(total).toBe(4)
    expect(coverage).toEqual([
      { mapping: 'crm-customer', of: 3, filled: { email: 3, phone: 1, name: 3 } },
      { mapping: 'shop-client', of: 3, filled: { email: 2, phone: 1, name: 3 } },
    ])
    expect(golden).toHaveLength(1)
    expect(golden[0]?.values).toMatchObject({ name: '"Ada Lovelace"' })
    expect(golden[0]?.winners).toMatchObject({ name: { mapping: 'crm-customer', id: '1' } })
    expect(golden[0]?.records.map(({ mapping, id }) => `${mapping} ${id}`)).toEqual([
      'crm-customer 1',
      'shop-client a',
      'shop-client b',
    ])
  })
})

describe('what would be shared', () => {
  it('is counted, and each change says why', async () => {
    const { engine, text } = await opened(model, data)
    await runCollect(engine, data)
    const { counts, changes, problems } = await engine.modelSharing({ text })
    expect(problems).toEqual([])
    expect(counts).toMatchObject({
      // A value that stands for nothing is no key: what has no other one would not be recognized when it comes back.
      'crm-customer': { insert: 0, update: 0, delete: 0 },
      'shop-client': { insert: 1, update: 2, delete: 0 },
    })
    const update = changes.find(({ mapping, record }) => mapping === 'shop-client' && record.no === 'a')
    expect(update).toMatchObject({ operation: 'update' })
    expect(update?.why).toContainEqual({
      property: 'Name',
      before: 'LOVELACE, ADA',
      after: 'Ada Lovelace',
      rule: 'priority',
      from: ['crm-customer:1'],
    })
  })
})

describe('suggestions from the data', () => {
  it('find properties by name and by values, keys with the way to write them alike, and references', async () => {
    const orders: Rows = [
      { _id: '10', id: '10', customer_id: '1', total: '5' },
      { _id: '11', id: '11', customer_id: '2', total: '7' },
    ]
    const { engine } = await opened(model, { ...data, 'crm-order-collect': orders })
    await runCollect(engine, { ...data, 'crm-order-collect': orders })
    const [customers] = model.mappings
    const text = JSON.stringify({
      ...model,
      mappings: [
        {
          ...customers,
          properties: [
            { from: 'email', to: 'email' },
            { from: 'name', to: 'name' },
          ],
        },
      ],
    })
    const clients = await engine.modelSuggestions({ text, system: 'shop', datatype: 'client', concept: 'customer' })
    expect(clients.properties).toMatchObject([
      { from: 'Name', to: 'name', why: 'name' },
      { from: 'mail', to: 'email', why: 'values', matched: 2, of: 3 },
      { from: 'tel', to: 'tel', why: 'new' },
    ])
    expect(clients.keys).toMatchObject([{ property: 'email', normalise: ['lower', 'no-spaces'], matched: 2 }])
    const found = await engine.modelSuggestions({ text, system: 'crm', datatype: 'order', concept: 'order' })
    expect(found.properties).toMatchObject([
      { from: 'customer_id', to: 'customer', references: 'customer' },
      { from: 'total', to: 'total', references: null },
    ])
  })
})
