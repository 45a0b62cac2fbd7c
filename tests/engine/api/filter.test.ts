/** Conditions on the entities of a table. */
import { expect, test } from 'vitest'
import { type Filter, type FilterHow, meetsFilters } from '../../../engine-worker/api/filter.ts'
import { entitiesOf } from '../connectors/open.ts'

const [entity = {}] = entitiesOf({
  _id: '1',
  name: 'Ann Årnes',
  age: 9,
  price: '~f10.50',
  at: '~t2021-03-01T10:00:00Z',
  gone: null,
  tags: ['Red', 'blue'],
  home: { city: 'Oslo' },
  rows: [{ n: 1 }, { n: 20 }],
  'a.b': 'with a dot',
})

const meetsFilter = (property: string, how: FilterHow, value = '') => meetsFilters(entity, [{ property, how, value }])

test.each<[string, FilterHow, string, boolean]>([
  ['name', 'contains', 'årn', true],
  ['name', 'is', 'ann årnes', true],
  ['name', 'is-not', 'Bob', true],
  ['age', 'greater', '8', true],
  ['age', 'greater', '10', false], // as numbers, not as texts
  ['price', 'is', '10.5', true],
  ['price', 'less', '9', false],
  ['at', 'greater', '2021-02', true],
  ['gone', 'missing', '', true],
  ['gone', 'present', '', false],
  ['never', 'missing', '', true],
  ['tags', 'is', 'red', true],
  ['tags', 'is-not', 'red', false],
  ['home.city', 'is', 'oslo', true],
  ['rows.n', 'greater', '19', true],
  ['a.b', 'contains', 'dot', true],
])('%s %s %s: %s', (property, how, value, expected) => {
  expect(meetsFilter(property, how, value)).toBe(expected)
})

test('all conditions have to hold, and none is no condition', () => {
  const old: Filter = { property: 'age', how: 'greater', value: '50' }
  const named: Filter = { property: 'name', how: 'present', value: '' }
  expect([meetsFilters(entity, [named]), meetsFilters(entity, [named, old]), meetsFilters(entity, [])]).toEqual([
    true,
    false,
    true,
  ])
})
