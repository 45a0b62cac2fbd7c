/** Edits of a model: each gives a valid model without references to removed parts. */
import { describe, expect, test } from 'vitest'
import {
  linkDatatype,
  mapProperty,
  mappingsByPriority,
  placePriority,
  removeConcept,
  removeDatatype,
  removeMapping,
  removeProperty,
  renameConcept,
} from '../../../../app/views/model/edits.ts'
import type { Model } from '../../../../engine-worker/model/model.ts'
import { readModel } from '../../../../engine-worker/model/read.ts'
import { modelProblems } from '../../../../engine-worker/model/validate.ts'

const personProperty = (from: string, to: string) => ({ from, to })
const model: Model = {
  version: 1,
  systems: {
    crm: { datatypes: { customer: { key: ['id'] }, order: { key: ['id'] } } },
    shop: { datatypes: { client: { key: ['no'] } } },
  },
  concepts: {
    customer: { keys: [['email']], properties: { email: { rule: 'priority' }, name: { rule: 'priority' } } },
    order: { properties: { customer: { rule: 'priority', references: 'customer' }, total: { rule: 'priority' } } },
  },
  mappings: [
    {
      name: 'crm-customer',
      system: 'crm',
      datatype: 'customer',
      concept: 'customer',
      properties: [personProperty('mail', 'email'), personProperty('name', 'name')],
    },
    {
      name: 'shop-client',
      system: 'shop',
      datatype: 'client',
      concept: 'customer',
      properties: [personProperty('email', 'email'), personProperty('name', 'name')],
    },
    {
      name: 'crm-order',
      system: 'crm',
      datatype: 'order',
      concept: 'order',
      properties: [personProperty('customer_id', 'customer'), personProperty('total', 'total')],
    },
  ],
}

function errorsOf(changed: Model): string[] {
  const { model: read, problems } = readModel(JSON.stringify(changed), 'model.json')
  const all = read === null ? problems : modelProblems(read, 'model.json')
  return all.filter(({ severity }) => severity === 'error').map(({ message }) => message)
}

const order = (changed: Model) => mappingsByPriority(changed, 'customer', 'name').map(({ name }) => name)

describe('an edit of a model', () => {
  test('leaves a model without errors, whatever it takes away', () => {
    const edits: readonly Model[] = [
      removeConcept(model, 'customer'),
      removeDatatype(model, 'crm', 'customer'),
      removeDatatype(model, 'shop', 'client'),
      removeProperty(model, 'customer', 'email'),
      renameConcept(model, 'customer', 'party'),
      removeMapping(model, 'crm-customer'),
      mapProperty(model, 'shop-client', 'name', null),
      mapProperty(model, 'shop-client', 'name', 'full name'),
      placePriority(model, 'customer', 'name', 'shop-client', 0),
    ]
    for (const changed of edits) expect(errorsOf(changed)).toEqual([])
  })

  test('renames a concept wherever it is named', () => {
    const changed = renameConcept(model, 'customer', 'party')
    expect(changed.concepts.order?.properties.customer?.references).toBe('party')
    expect(changed.mappings.map(({ concept }) => concept)).toEqual(['party', 'party', 'order'])
    expect(renameConcept(model, 'customer', 'order')).toBe(model)
  })

  test('puts a system before the others for one property alone', () => {
    expect(order(model)).toEqual(['crm-customer', 'shop-client'])
    const changed = placePriority(model, 'customer', 'name', 'shop-client', 0)
    expect(order(changed)).toEqual(['shop-client', 'crm-customer'])
    expect(mappingsByPriority(changed, 'customer', 'email').map(({ name }) => name)).toEqual([
      'crm-customer',
      'shop-client',
    ])
    expect(order(placePriority(changed, 'customer', 'name', 'shop-client', 9))).toEqual(['crm-customer', 'shop-client'])
    expect(placePriority(model, 'customer', 'name', 'crm-customer', 0)).toBe(model)
  })

  test('links a datatype as the data suggests, and allows no deletions by itself', () => {
    const changed = linkDatatype(removeMapping(model, 'shop-client'), 'shop', 'client', 'customer', {
      properties: [
        { from: 'mail', to: 'email', why: 'values', matched: 3, of: 4, references: null },
        { from: 'tel', to: 'phone', why: 'new', matched: null, of: 4, references: null },
      ],
      keys: [{ property: 'phone', normalise: ['lower'], matched: 3, of: 4 }],
    })
    expect(changed.concepts.customer).toMatchObject({
      keys: [['email'], ['phone']],
      properties: { phone: { rule: 'priority', normalise: ['lower'] } },
    })
    expect(changed.mappings.at(-1)).toMatchObject({ name: 'shop-client', share: { delete: false } })
    expect(errorsOf(changed)).toEqual([])
  })
})
