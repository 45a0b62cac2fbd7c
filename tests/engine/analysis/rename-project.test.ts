import { expect, test } from 'vitest'
import { rename } from '../../../engine-worker/analysis/rename.ts'
import { renameProject } from '../../../engine-worker/analysis/rename-project.ts'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import { componentById, componentValue, filesOf, projectOf } from '../../../engine-worker/text/project.ts'

const { value: project } = projectOf(
  [
    ['node/pipes/orders.conf.json', '{"_id":"orders","type":"pipe","source":{"type":"embedded"}}\n'],
    ['node/pipes/copy.conf.json', '{"_id":"copy","type":"pipe","source":{"type":"dataset","dataset":"orders"}}'],
    ['node/pipes/other.conf.json', '{"_id":"other", "type":"pipe"}'],
    ['node/testdata/orders.json', '[]'],
    ['node/expected/orders.test.json', '{}'],
    ['node/expected/orders.csv', 'a;b'],
    ['node/expected/more.test.json', '{"pipe": "orders", "file": "more.json"}'],
    ['node/expected/more.json', '[ ]'],
    ['README.md', 'orders'],
  ].map(([path = '', content = '']) => ({ path, content })),
  'node/',
)

test('a renamed pipe takes its files along, and nothing else changes', () => {
  const renaming = { what: 'pipe', from: 'orders', to: 'sales' } as const
  const { edits } = rename(Object.values(project.components).map(componentValue), renaming, functionTable)
  const result = renameProject(project, renaming, edits)
  expect(filesOf(result).map(({ path }) => path)).toEqual([
    'README.md',
    'node/expected/more.json',
    'node/expected/more.test.json',
    'node/expected/sales.csv',
    'node/expected/sales.test.json',
    'node/pipes/copy.conf.json',
    'node/pipes/other.conf.json',
    'node/pipes/sales.conf.json',
    'node/testdata/sales.json',
  ])
  const texts = new Map(filesOf(result).map(({ path, content }) => [path, content]))
  expect(texts.get('node/expected/more.test.json')).toBe('{"pipe": "sales", "file": "more.json"}')
  expect(texts.get('node/pipes/other.conf.json')).toBe('{"_id":"other", "type":"pipe"}')
  expect(componentById(result, 'sales')?.key).toBe('node/pipes/sales.conf.json')
  const reader = componentById(result, 'copy')
  expect(reader && componentValue(reader)).toMatchObject({ source: { dataset: 'sales' } })
})

test('edits that were left out are not made', () => {
  const renaming = { what: 'pipe', from: 'orders', to: 'sales' } as const
  const { edits } = rename(Object.values(project.components).map(componentValue), renaming, functionTable)
  const result = renameProject(
    project,
    renaming,
    edits.filter(({ component }) => component === 'orders'),
  )
  expect(result.components['node/pipes/copy.conf.json']).toBe(project.components['node/pipes/copy.conf.json'])
  expect(renameProject(project, renaming, [])).toBe(project)
})
