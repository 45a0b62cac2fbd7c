import { describe, expect, test } from 'vitest'
import { allKinds } from '../../../engine-worker/config/model/declared.ts'
import {
  connectDataset,
  datasetConnection,
  replaceDataset,
  sourceDatasets,
} from '../../../engine-worker/connectors/source-datasets.ts'
import '../../../engine-worker/connectors/kinds.ts'

describe('datasets of a source', () => {
  test('are connected as the declaration of the source says', () => {
    const cases = [
      [null, 'first', { type: 'dataset', dataset: 'x' }],
      [{ type: 'empty' }, 'first', { type: 'dataset', dataset: 'x' }],
      [{ type: 'dataset', subset: ['eq', 1, 1] }, 'first', { type: 'dataset', subset: ['eq', 1, 1], dataset: 'x' }],
      [{ type: 'dataset', dataset: 'a' }, 'union', { type: 'union_datasets', datasets: ['a', 'x'] }],
      [{ type: 'union_datasets', datasets: ['a'] }, 'added', { type: 'union_datasets', datasets: ['a', 'x'] }],
      [{ type: 'merge_datasets', datasets: ['a'] }, 'added', { type: 'merge_datasets', datasets: ['a', 'x'] }],
      [{ type: 'merge', datasets: ['xs x'] }, 'added', { type: 'merge', datasets: ['xs x', 'x x2'] }],
      [{ type: 'embedded', entities: [] }, null, { type: 'embedded', entities: [] }],
    ] as const
    for (const [source, how, after] of cases) {
      const copy = structuredClone(source) as Parameters<typeof connectDataset>[0]
      expect(datasetConnection(copy)).toBe(how)
      expect(connectDataset(copy, 'x')).toEqual(after)
    }
  })

  test('every declared source that reads datasets can take one more', () => {
    const reading = allKinds().filter(({ role, readsDatasets }) => role === 'source' && readsDatasets)
    expect(reading.length).toBeGreaterThan(3)
    for (const { type } of reading) {
      const connected = connectDataset({ type }, 'x')
      expect(sourceDatasets(connected)).toEqual(['x'])
    }
  })

  test('a space belongs to the name where the source gives no aliases', () => {
    expect(sourceDatasets({ type: 'union_datasets', datasets: ['my orders'] })).toEqual(['my orders'])
    expect(sourceDatasets({ type: 'merge', datasets: ['orders o'] })).toEqual(['orders'])
  })

  test('a replaced dataset hands its alias to the first that replaces it; none takes it out', () => {
    const merge = { type: 'merge', datasets: ['orders o', 'lines l'] }
    expect(replaceDataset(merge, 'orders', ['old', 'new']).datasets).toEqual(['old o', 'new n', 'lines l'])
    expect(replaceDataset(merge, 'orders', []).datasets).toEqual(['lines l'])
    expect(replaceDataset({ type: 'dataset', dataset: 'a' }, 'a', ['b', 'c'])).toEqual({
      type: 'union_datasets',
      datasets: ['b', 'c'],
    })
  })
})
