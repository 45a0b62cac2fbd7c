import { describe, expect, test } from 'vitest'
import {
  addDatasetToSource,
  connectHops,
  datasetConnectionOf,
  freeId,
  insertBetween,
  removeAndHeal,
  withComponent,
  withPasted,
} from '../../../../app/canvas/flow/edits.ts'
import { layoutFileOf, movedTo } from '../../../../app/canvas/flow/layout-file.ts'
import {
  componentById,
  componentValue,
  emptyProject,
  type JsonObject,
  type Project,
  sourceDatasets,
} from '../../../../engine-worker/index.ts'

const pipe = (id: string, source: JsonObject, more: JsonObject = {}): JsonObject => ({
  _id: id,
  type: 'pipe',
  source,
  ...more,
})
const datasetPipe = (id: string, dataset: string) => pipe(id, { type: 'dataset', dataset })

function project(...configs: JsonObject[]): Project {
  return configs.reduce((content, config) => withComponent(content, config), emptyProject)
}

function configOf(content: Project, id: string): JsonObject {
  const component = componentById(content, id, 'pipe')
  if (!component) throw new Error(`no pipe ${id}`)
  return componentValue(component)
}

function sourceOf(content: Project, id: string): readonly string[] {
  const source = configOf(content, id).source
  return sourceDatasets(
    typeof source === 'object' && source !== null && !Array.isArray(source) ? (source as JsonObject) : null,
  )
}

describe('connecting', () => {
  test('the first dataset becomes the source, a second makes a union, a merge takes one more with a free alias', () => {
    const content = project(
      pipe('a', { type: 'embedded' }),
      datasetPipe('b', 'a'),
      pipe('m', { type: 'merge', datasets: ['apples a'] }),
      pipe('e', {}),
    )
    expect(sourceOf(addDatasetToSource(content, 'a', 'e'), 'e')).toEqual(['a'])
    expect(configOf(addDatasetToSource(content, 'x', 'b'), 'b').source).toEqual({
      type: 'union_datasets',
      datasets: ['a', 'x'],
    })
    expect(configOf(addDatasetToSource(content, 'apricots', 'm'), 'm').source).toEqual({
      type: 'merge',
      datasets: ['apples a', 'apricots a2'],
    })
  })

  test('illegal connections say why', () => {
    const content = project(pipe('a', { type: 'embedded' }), datasetPipe('b', 'a'))
    expect(datasetConnectionOf(content, 'b', 'b', 'flow')).toEqual({ legal: false, why: 'itself' })
    expect(datasetConnectionOf(content, 'b', 'a', 'flow')).toEqual({ legal: false, why: 'own-source' })
    expect(datasetConnectionOf(content, 'a', 'b', 'flow')).toEqual({ legal: false, why: 'already' })
    expect(datasetConnectionOf(content, null, 'b', 'flow')).toEqual({ legal: false, why: 'nothing-out' })
    expect(datasetConnectionOf(content, 'b', 'a', 'hops')).toEqual({ legal: true, how: 'hops' })
  })

  test('hops join at the end of the last DTL, or start one', () => {
    const plain = connectHops(project(datasetPipe('b', 'a')), 'order-lines', 'b')
    expect(configOf(plain, 'b').transform).toEqual({
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'order-lines', ['hops', { datasets: ['order-lines ol'], where: [['eq', '_S._id', 'ol._id']] }]],
        ],
      },
    })
    const again = connectHops(plain, 'customers', 'b')
    expect(JSON.stringify(configOf(again, 'b').transform)).toContain('customers c')
  })
})

describe('healing', () => {
  test('inserting a pipe and deleting it again gives the same readers', () => {
    const content = project(pipe('a', { type: 'embedded' }), pipe('m', { type: 'merge', datasets: ['a x', 'c y'] }))
    const { project: inserted, id } = insertBetween(content, 'a', 'm')
    expect(sourceOf(inserted, 'm')).toEqual([id, 'c'])
    expect(configOf(inserted, 'm').source).toEqual({ type: 'merge', datasets: [`${id} x`, 'c y'] })
    const key = componentById(inserted, id)?.key ?? ''
    expect(configOf(removeAndHeal(inserted, [key]), 'm').source).toEqual(configOf(content, 'm').source)
  })

  test('a dataset that another pipe still writes is left alone', () => {
    const twice = project(
      pipe('a', { type: 'embedded' }, { sink: { type: 'dataset', dataset: 'd' } }),
      pipe('b', { type: 'embedded' }, { sink: { type: 'dataset', dataset: 'd' } }),
      datasetPipe('c', 'd'),
    )
    const key = componentById(twice, 'a')?.key ?? ''
    expect(sourceOf(removeAndHeal(twice, [key]), 'c')).toEqual(['d'])
  })
})

describe('pasting', () => {
  test('taken names become free ones, and what was pasted together stays connected', () => {
    const content = project(pipe('a', { type: 'embedded' }), datasetPipe('b', 'a'))
    const { project: pasted, ids } = withPasted(content, [pipe('a', { type: 'embedded' }), datasetPipe('b', 'a')])
    expect(ids).toEqual(['a-2', 'b-2'])
    expect(sourceOf(pasted, 'b-2')).toEqual(['a-2'])
    expect(freeId(pasted, 'a')).toBe('a-3')
  })
})

test('positions are kept apart, one a line, and what else the layout file holds stays', () => {
  const content = project(datasetPipe('b', 'a'))
  const placed = movedTo(content, { 'pipe:b': { x: 10.4, y: 20 } })
  expect(layoutFileOf(placed).positions).toEqual({ 'pipe:b': { x: 10, y: 20 } })
  expect(placed.components).toEqual(content.components)
  expect(placed.files['.pipewright.json']).toContain('    "pipe:b": [10,20]')
  const foreign = {
    ...placed,
    files: { '.pipewright.json': '{"version":1,"theme":"x","positions":{"__proto__":[1,2],"bad":["a"]}}' },
  }
  expect(Object.keys(layoutFileOf(foreign).positions)).toEqual(['__proto__'])
  expect(movedTo(foreign, { 'pipe:b': { x: 1, y: 2 } }).files['.pipewright.json']).toContain('"theme": "x"')
})
