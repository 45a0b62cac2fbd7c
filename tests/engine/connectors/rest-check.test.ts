/** Operations of REST parts: found before a pipe runs. */
import { describe, expect, test } from 'vitest'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'

/** Codes and paths of what is wrong with a source and the operations of its system. */
function problemsOf(source: object, operations: object) {
  const system = { _id: 's', type: 'system:rest', url_pattern: 'https://s/%s', operations }
  const pipe = { _id: 'p', type: 'pipe', source: { type: 'rest', system: 's', ...source } }
  const files = { 'pipes/p.conf.json': JSON.stringify(pipe), 'systems/s.conf.json': JSON.stringify(system) }
  return checkProject(loadProject(files)).map(({ code, where }) => `${code} ${where.path?.join('/')}`)
}

const get = { method: 'GET', url: 'x' }

test('operations that are defined by the system or the part are fine', () => {
  expect(problemsOf({ operation: 'get' }, { get })).toEqual([])
  expect(problemsOf({ operation: 'own', operations: { own: get } }, { get })).toEqual([])
})

test('an operation that nobody defines is named', () => {
  expect(problemsOf({ operation: 'gte' }, { get })).toEqual(['unknown-operation source/operation'])
})

test('where a condition decides who needs the operation, a missing one is a warning', () => {
  const system = { _id: 's', type: 'system:rest', url_pattern: 'https://s/%s', operations: { get } }
  const conditional = { type: 'rest', system: 's', operation: 'gte', trigger_on: { key: 'do', value: 'it' } }
  const pipe = { _id: 'p', type: 'pipe', source: { type: 'empty' }, transform: conditional }
  const files = { 'pipes/p.conf.json': JSON.stringify(pipe), 'systems/s.conf.json': JSON.stringify(system) }
  expect(checkProject(loadProject(files))).toMatchObject([{ code: 'unknown-operation', severity: 'warning' }])
})

test('paging that ends by pages that are not full needs their size', () => {
  const paged = { ...get, next_page_link: 'x', next_page_termination_strategy: ['not-full-page'] }
  expect(problemsOf({ operation: 'get' }, { get: paged })).toEqual(['page-size-missing source/operation'])
  expect(problemsOf({ operation: 'get' }, { get: { ...paged, page_size: 100 } })).toEqual([])
})

describe('templates that cannot be read', () => {
  test.each<[object, string]>([
    [{ url: '{{ a' }, 'operations/get/url'],
    [{ headers: { a: 'x', b: '{% if %}' } }, 'operations/get/headers/b'],
    [{ headers: { '{{ a': 'x' } }, 'operations/get/headers/{{ a'],
    [{ params: { page: '{{ page + }}' } }, 'operations/get/params/page'],
    [{ payload: { list: ['a', { b: '{{ c | nothing }}' }] } }, 'operations/get/payload/list/1/b'],
    [{ next_page_link: '{{ body.next }' }, 'operations/get/next_page_link'],
    [{ id_expression: '{{ id ' }, 'operations/get/id_expression'],
    [{ updated_expression: "{{ 'x }}" }, 'operations/get/updated_expression'],
    [{ error_expression: '{% for x in y %}' }, 'operations/get/error_expression'],
  ])('%j is one problem at its place', (settings, path) => {
    expect(problemsOf({ operation: 'get' }, { get: { ...get, ...settings } })).toEqual([`broken-template ${path}`])
  })
  test('also in the part, and not where variables of a connector stand', () => {
    expect(problemsOf({ operation: 'get', id_expression: '{{ id' }, { get })).toEqual([
      'broken-template source/id_expression',
    ])
    const connector = problemsOf({ operation: 'get' }, { get: { ...get, url: '{{@ url @}}/{{ id }}' } })
    expect(connector.filter((problem) => problem.startsWith('broken-template'))).toEqual([])
  })
})
