/**
 * The properties of template transforms: each template declares its own, and the components that they name must exist.
 */
import { expect, test } from 'vitest'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'

/** Codes and paths of what is wrong with a template transform. */
function problemsOf(template: unknown, properties: object, verbs = ['lookup', 'insert', 'update', 'delete']) {
  const operations = Object.fromEntries(verbs.map((verb) => [verb, { method: 'GET', url: verb }]))
  const system = { _id: 's', type: 'system:rest', url_pattern: 'https://s/%s', operations }
  const transform = { type: 'template', template, properties }
  const pipe = { _id: 'p', type: 'pipe', source: { type: 'embedded', entities: [] }, transform }
  const files = { 'pipes/p.conf.json': JSON.stringify(pipe), 'systems/s.conf.json': JSON.stringify(system) }
  return checkProject(loadProject(files)).map(({ code, where }) => `${code} ${where.path?.slice(1).join('/')}`)
}

const shareProperties = { rest_system: 's', primary_key: 'id', share_dataset: 'p' }

test('what the documentation shows is fine', () => {
  expect(problemsOf('transform-share-rest', shareProperties)).toEqual([])
  expect(problemsOf('transform-collect-rest', { primary_key: ['a', 'b'], share_dataset: 'p' })).toEqual([])
  expect(problemsOf('transform-defaults-rest', { rest_system: 's', primary_key: 'id', operation: 'lookup' })).toEqual(
    [],
  )
})

test('a body of its own may have any properties, and a name that no template has is refused', () => {
  expect(problemsOf({ transform: [] }, { anything: 1 })).toEqual([])
  expect(problemsOf('transform-share', shareProperties)).toEqual(['wrong-type template'])
})

test.each<[string, object, readonly string[]]>([
  ['transform-share-rest', { rest_system: 's', primary_key: 'id' }, ['missing-property properties']],
  [
    'transform-share-rest',
    { ...shareProperties, operation_lookup_delete: 'lookup' },
    ['unknown-key properties/operation_lookup_delete'],
  ],
  ['transform-share-rest', { ...shareProperties, is_natural_key: 'yes' }, ['wrong-type properties/is_natural_key']],
  ['transform-share-rest', { ...shareProperties, rest_system: 't' }, ['unknown-system properties/rest_system']],
  ['transform-share-rest', { ...shareProperties, share_dataset: 'q' }, ['unknown-dataset properties/share_dataset']],
  [
    'transform-share-rest',
    { ...shareProperties, operation_insert: 'isnert' },
    ['unknown-operation properties/operation_insert'],
  ],
  [
    'transform-collect-rest',
    { primary_key: 'id', share_dataset: 'p', operation_lookup: 'lookup' },
    ['template-lookup-without-system properties/operation_lookup'],
  ],
  [
    'transform-collect-rest',
    { ...shareProperties, operation_lookup: 'lookup', operation_lookup_delete: 'lookup' },
    ['template-two-lookups properties/operation_lookup'],
  ],
  [
    'transform-share-rest',
    { ...shareProperties, rewrite_rules_lookup: { rewrite_lookup: [['ad', 'a', 1]] } },
    ['dtl-unknown-function properties/rewrite_rules_lookup/rewrite_lookup/0'],
  ],
  [
    'transform-share-rest',
    { ...shareProperties, update_allowed_status_codes: '2oo' },
    ['broken-status-codes properties/update_allowed_status_codes'],
  ],
])('%s with %j', (template, properties, problems) => {
  expect(problemsOf(template, properties)).toEqual(problems)
})

test('an operation that the template calls by its usual name is missed', () => {
  expect(problemsOf('transform-share-rest', shareProperties, ['lookup', 'insert', 'update'])).toEqual([
    'template-operation-missing properties',
  ])
})
