import { describe, expect, it } from 'vitest'
import { groupOf, shortName } from '../../../app/data/dataset.ts'
import { propertyFactsOf } from '../../../app/data/property-facts.ts'
import { cellText, shownText, shownType } from '../../../app/data/value.ts'
import { type DatasetSummary, readJson } from '../../../engine-worker/index.ts'

describe('a value on screen', () => {
  it('has the type that its transit text says', () => {
    const cases = { '"a"': 'string', '"~:crm:1"': 'ni', '"~rhttp://a"': 'uri', '"~f1.10"': 'decimal', '1': 'integer' }
    const more = { '1.0': 'float', '123456789012345678901': 'integer', '[1]': 'list', '{}': 'dict', null: 'null' }
    for (const [text, type] of Object.entries({
      ...cases,
      ...more,
      '"~~a"': 'string',
      '"~t2024-01-01T00:00:00Z"': 'datetime',
    }))
      expect([text, shownType(readJson(text))]).toEqual([text, type])
  })

  it('is read without quotes and tags, exactly, and cut in a cell', () => {
    expect(shownText('~:crm:1')).toBe('crm:1')
    expect(shownText('~~a')).toBe('~a')
    expect(shownText(readJson('[1.0, 123456789012345678901]'))).toContain('123456789012345678901')
    expect(cellText('x'.repeat(400))).toHaveLength(301)
  })
})

describe('the properties of entities', () => {
  it('come with their types and how often they are there, the most common first', () => {
    const rows = ['{"_id":"1","a":1,"b":"x"}', '{"_id":"2","a":"~:n:1"}', '{"_id":"3","a":[1,2]}', '{"_id":"4"}']
    expect(propertyFactsOf(rows)).toEqual([
      { name: 'a', types: ['integer', 'ni', 'integer list'], present: 0.75 },
      { name: 'b', types: ['string'], present: 0.25 },
    ])
  })
})

describe('a dataset in a list', () => {
  const summary = (name: string) => ({ name, role: 'output' }) as DatasetSummary
  it('stands in its group under its short name', () => {
    expect(groupOf(summary('system:pump_execution:orders'))).toBe('log')
    expect(groupOf(summary('system:output:orders'))).toBe('output')
    expect(shortName(summary('system:output:orders'))).toBe('orders')
    expect(shortName(summary('orders'))).toBe('orders')
  })
})
