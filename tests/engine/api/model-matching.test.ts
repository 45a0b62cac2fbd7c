/** How the records of concepts match, computed without a run as the generated pipes would merge them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Model } from '../../../engine-worker/model/model.ts'
import { data, entitiesIn, model, modelEngine, runCollect } from './model-engine.ts'

describe('matching without a run', () => {
  it('counts what the pipes would merge, by normalised keys, without values that stand for nothing', async () => {
    const { engine, store, text } = await modelEngine(model, data)
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
          const { engine, store, text } = await modelEngine(changed, given)
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
    const { engine, text } = await modelEngine(model, data)
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

describe('a question about matching', () => {
  it('may be about one concept; a model with errors is refused with the reason', async () => {
    const { engine, text } = await modelEngine(model, data)
    await runCollect(engine, data)
    expect(Object.keys(await engine.modelMatching({ text, concept: 'customer' }))).toEqual(['customer'])
    expect(await engine.modelMatching({ text, concept: 'never' })).toEqual({})
    await expect(engine.modelMatching({ text: '{"version": 1' })).rejects.toMatchObject({
      problem: { code: 'model-broken' },
    })
  })

  it('on nothing that is stored counts nothing', async () => {
    const { engine, text } = await modelEngine(model, {})
    const { customer } = await engine.modelMatching({ text })
    expect(customer?.read ?? 0).toBe(0)
    expect(await engine.modelMastering({ text, concept: 'never', at: 0 })).toEqual({
      coverage: [],
      total: 0,
      at: 0,
      golden: [],
    })
  })
})
