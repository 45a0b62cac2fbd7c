/** Random models that are without errors, for laws. */
import fc from 'fast-check'
import type { Model } from '../../../engine-worker/model/model.ts'

const systemNames = ['crm', 'erp', 'web'] as const
const expressions = fc.constantFrom({ sql: "upper(coalesce(name, ''))" }, ['upper', '_S.name'])

const property = fc.record(
  {
    rule: fc.constantFrom('priority', 'latest', 'complete', 'all'),
    normalise: fc.constant(['trim', 'lower']),
    nulls: fc.constantFrom('skip', 'count'),
    blank: fc.boolean(),
    default: fc.constantFrom('unknown', 0, false),
    group: fc.constantFrom('address'),
    description: fc.constant('Words.'),
  },
  { requiredKeys: ['rule'] },
)

const propertyMapping = fc.record(
  {
    direction: fc.constantFrom('both', 'in', 'out'),
    in: expressions,
    priority: fc.nat({ max: 9 }),
    modified: fc.constantFrom('changed', { expression: { sql: "coalesce(changed, '')" } }),
    required: fc.boolean(),
    values: fc.constant([{ here: 'A', there: 'active' }]),
  },
  { requiredKeys: [] },
)

const mapping = fc.record(
  {
    priority: fc.nat({ max: 9 }),
    modified: fc.constant('changed'),
    filter: fc.constant({ sql: "kind = 'person'" }),
    share_filter: fc.constant({ sql: 'name IS NOT NULL' }),
    share: fc.record(
      { insert: fc.boolean(), update: fc.boolean(), delete: fc.boolean(), since: fc.constant('2024-01-01') },
      { requiredKeys: [] },
    ),
    carry: fc.constant(['etag']),
    deletion: fc.constant({ property: 'deleted', means: 'deleted' }),
    description: fc.constant('Words.'),
  },
  { requiredKeys: [] },
)

/** Two or three systems with one concept, with every kind of rule. */
export const randomModel: fc.Arbitrary<Model> = fc
  .record({
    count: fc.integer({ min: 2, max: 3 }),
    keys: fc.constantFrom([['email']], [['email'], ['name', 'city']]),
    properties: fc.record({ name: property, city: property }),
    mappings: fc.array(mapping, { minLength: 3, maxLength: 3 }),
    fields: fc.array(fc.record({ name: propertyMapping, city: propertyMapping }), { minLength: 3, maxLength: 3 }),
    limit: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    overrides: fc.option(fc.constant({ table: 'decided' }), { nil: undefined }),
    rest: fc.boolean(),
  })
  .map(({ count, keys, properties, mappings, fields, limit, overrides, rest }): Model => {
    const names = systemNames.slice(0, count)
    const config = { type: 'system:rest', url_pattern: 'http://localhost/%s' }
    // Parts that are undefined are removed, as in a model that was read from a file.
    return JSON.parse(
      JSON.stringify({
        version: 1,
        systems: Object.fromEntries(
          names.map((name, index) => {
            const isRest = rest && index === 0
            const datatypes = { person: { key: ['id'], ...(isRest ? { path: 'people' } : {}) } }
            return [name, { ...(isRest ? { config } : {}), datatypes }]
          }),
        ),
        concepts: { person: { keys, limit, overrides, properties: { email: { rule: 'key' }, ...properties } } },
        mappings: names.map((system, index) => ({
          ...mappings[index],
          name: `${system}-person`,
          system,
          datatype: 'person',
          concept: 'person',
          properties: [
            { from: 'email', to: 'email' },
            { from: 'name', to: 'name', ...fields[index]?.name },
            { from: 'city', to: 'city', ...fields[index]?.city },
          ],
        })),
      }),
    )
  })
