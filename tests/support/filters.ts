/** Random entities and filters on them. */
import fc from 'fast-check'
import type { Filter, FilterHow } from '../../engine-worker/api/filter.ts'
import { readEntity } from '../../engine-worker/entity/transit.ts'
import { Float, NI, type Value } from '../../engine-worker/entity/value.ts'

const scalar: fc.Arbitrary<Value> = fc.constantFrom<Value>(
  ...[
    null,
    true,
    '',
    '7',
    '70',
    'Ada',
    'ada b',
    'Åse\nÅSE',
    'İΣ',
    '\ud800',
    '\0',
    'long '.repeat(50),
    7,
    70,
    7.5,
    -0.5,
    new Float(7),
    readEntity('{"d":"~f7"}').d ?? null,
    new NI('a:7'),
  ],
  ...[2n ** 53n + 1n, 2 ** 53 - 1],
)
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.record({ b: scalar }),
  fc.array(fc.record({ b: scalar }), { maxLength: 2 }),
)
/** Entities with values of many types, by which they are filtered. */
export const filteredEntity = fc.record({ a: value, 'a.b': scalar, 'x:n': value }, { requiredKeys: [] })
/** Filters on those. */
export const anyFilter: fc.Arbitrary<Filter> = fc.record({
  property: fc.constantFrom('a', 'a.b', 'x:n', '_id', '_ts', 'none'),
  how: fc.constantFrom<FilterHow>(
    'is',
    'is-not',
    'contains',
    'begins',
    'greater',
    'at-least',
    'less',
    'at-most',
    'present',
    'missing',
  ),
  isNegated: fc.boolean(),
  value: fc.constantFrom(
    '7',
    '7.0',
    '70',
    '7.5',
    '-0.5',
    'ada',
    'true',
    '',
    '1',
    '9007199254740993',
    '1e3',
    'a:7',
    'åse',
    'σ',
    'ong l',
    '\n',
  ),
})
