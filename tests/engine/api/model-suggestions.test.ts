/** Suggestions from the data for a datatype that is added to a concept. */
import { describe, expect, it } from 'vitest'
import { data, model, modelEngine, type Rows, runCollect } from './model-engine.ts'

describe('suggestions from the data', () => {
  it('find properties by name and by values, keys with the way to write them alike, and references', async () => {
    const orders: Rows = [
      { _id: '10', id: '10', customer_id: '1', kundenr: '1', total: '5' },
      { _id: '11', id: '11', customer_id: '2', kundenr: '2', total: '7' },
    ]
    const { engine } = await modelEngine(model, { ...data, 'crm-order-collect': orders })
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
      { from: 'tel', to: 'phone', why: 'name' },
    ])
    expect(clients.keys).toMatchObject([{ property: 'email', normalise: ['lower', 'no-spaces'], matched: 2 }])
    const found = await engine.modelSuggestions({ text, system: 'crm', datatype: 'order', concept: 'order' })
    expect(found.properties).toMatchObject([
      { from: 'customer_id', to: 'customer', references: 'customer' },
      { from: 'kundenr', to: 'kundenr', references: 'customer' },
      { from: 'total', to: 'total', references: null },
    ])
  })
})

describe('names of suggested properties', () => {
  it('are those of the concept where only capitals and signs differ, else the column in small letters', async () => {
    const clients: Rows = [
      { _id: 'a', no: 'a', 'E-Mail': 'x', lastName: 'y' },
      { _id: 'b', no: 'b', 'E-Mail': 'z', lastName: 'w' },
    ]
    const given = { 'shop-client-collect': clients }
    const { engine, text } = await modelEngine(model, given)
    await runCollect(engine, given)
    const { properties, keys } = await engine.modelSuggestions({
      text,
      system: 'shop',
      datatype: 'client',
      concept: 'customer',
    })
    expect(properties.map(({ from, to, why }) => [from, to, why])).toEqual([
      ['E-Mail', 'email', 'name'],
      ['lastName', 'last_name', 'new'],
    ])
    expect(keys).toEqual([])
  })

  it('are found in both languages, one for each, the names that are most alike first; equal values tell more', async () => {
    const given = {
      'crm-customer-collect': ['ann@x', 'bo@x', 'cy@x'].map((web, at) => ({ _id: `${at}`, id: `${at}`, web })),
      'shop-client-collect': ['ann@x', 'bo@x', 'dee@x'].map((post, at) => ({
        _id: `c${at}`,
        no: `c${at}`,
        Mobil: `9${at}`,
        phone: `7${at}`,
        Etternavn: 'Berg',
        orgnr: `8${at}`,
        homepage: post,
      })),
    }
    const names = ['phone', 'surname', 'organisation_number', 'web', 'website']
    const [customers] = model.mappings
    const properties = names.map((name) => ({ from: name, to: name }))
    const concepts = {
      customer: { properties: Object.fromEntries(names.map((name) => [name, { rule: 'priority' }])) },
    }
    const { engine } = await modelEngine(model, given)
    await runCollect(engine, given)
    const found = await engine.modelSuggestions({
      text: JSON.stringify({ ...model, concepts, mappings: [{ ...customers, properties }] }),
      system: 'shop',
      datatype: 'client',
      concept: 'customer',
    })
    expect(found.properties.map(({ from, to, why, matched }) => [from, to, why, matched])).toEqual([
      ['Mobil', 'mobil', 'new', null],
      ['phone', 'phone', 'name', null],
      ['Etternavn', 'surname', 'name', null],
      ['orgnr', 'organisation_number', 'name', null],
      ['homepage', 'web', 'values', 2],
    ])
  })

  it('put an address before a name as what makes records the same', async () => {
    const personRows = (of: string, ids: readonly number[]): Rows =>
      ids.map((id) => ({ _id: `${of}${id}`, no: `${of}${id}`, name: `Ann Berg ${id}`, post: `a${id}@x.org` }))
    const given = {
      'crm-customer-collect': personRows('c', [1, 2, 3]),
      'shop-client-collect': personRows('s', [2, 3, 4]),
    }
    const [customers] = model.mappings
    const properties = ['name', 'post'].map((name) => ({ from: name, to: name }))
    const concepts = { customer: { properties: { name: { rule: 'priority' }, post: { rule: 'priority' } } } }
    const own = { ...model, concepts, mappings: [{ ...customers, properties }] }
    const { engine } = await modelEngine(model, given)
    await runCollect(engine, given)
    const request = { text: JSON.stringify(own), system: 'shop', datatype: 'client', concept: 'customer' }
    const { keys } = await engine.modelSuggestions(request)
    expect(keys.map(({ property }) => property)).toEqual(['post', 'name'])
  })

  it('are none for a datatype of which nothing is stored', async () => {
    const { engine, text } = await modelEngine(model, {})
    expect(await engine.modelSuggestions({ text, system: 'shop', datatype: 'client', concept: 'customer' })).toEqual({
      properties: [],
      keys: [],
    })
  })
})
