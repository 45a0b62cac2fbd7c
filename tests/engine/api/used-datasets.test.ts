/** The sizes of a project's datasets, as stored here and as measured by an environment. */
import { describe, expect, it } from 'vitest'
import {
  isIn,
  measuredDays,
  samplesIn,
  sampleUsage,
  usageOf,
  usedDatasets,
} from '../../../engine-worker/api/used-datasets.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { engine } from '../run/engine.ts'

const entities = [
  { _id: '1', name: 'Ada' },
  { _id: '2', name: 'Grace' },
]
const pipes: JsonObject[] = [
  { _id: 'people', source: { type: 'embedded', entities }, metadata: { '$config-group': 'crm', durable: true } },
  { _id: 'all', source: { type: 'dataset', dataset: 'people' }, metadata: { global: true } },
]
const DAY = 86_400_000_000_000n

async function ran() {
  const { session, store, run } = engine(pipes)
  await run()
  return { session, store }
}

describe('the datasets that are used', () => {
  it('are those that pipes fill, with who reads them; datasets of the engine do not count', async () => {
    const opened = await ran()
    await opened.store.commit({ datasets: [{ dataset: 'stranger', entities: [{ _id: '1' }] }] })
    const used = await usedDatasets(opened, 0)
    expect(used.map(({ dataset }) => dataset).toSorted()).toEqual(['all', 'people'])
    const people = used.find(({ dataset }) => dataset === 'people')
    expect(people).toMatchObject({
      group: 'crm',
      durable: true,
      readers: ['all'],
      entities: 2,
      versions: 2,
      pipe: 'people',
    })
    expect(used.find(({ dataset }) => dataset === 'all')).toMatchObject({ group: null, global: true, readers: [] })
    for (let at = 1; at < used.length; at++)
      expect(used[at - 1]?.counted).toBeGreaterThanOrEqual(used[at]?.counted ?? 0)
  })

  it('belong to an environment by their groups', async () => {
    const used = await usedDatasets(await ran(), 0)
    const datasetsInGroups = (groups: readonly string[] | null) =>
      used
        .filter((each) => isIn(groups, each))
        .map(({ dataset }) => dataset)
        .toSorted()
    expect(datasetsInGroups(null)).toEqual(['all', 'people'])
    expect(datasetsInGroups(['crm'])).toEqual(['people'])
    expect(datasetsInGroups([''])).toEqual(['all'])
    expect(datasetsInGroups([])).toEqual([])
  })
})

describe('samples', () => {
  it('are kept one a day, the last count of each', async () => {
    const opened = await ran()
    const start = 1_700_000_000_000_000_000n
    await sampleUsage(opened, start)
    await sampleUsage(opened, start + 1000n)
    await sampleUsage(opened, start + DAY)
    const samples = await samplesIn(opened, 'e')
    expect(samples.map(({ day }) => day)).toEqual(['2023-11-14', '2023-11-15'])
    const used = await usedDatasets(opened, 0)
    expect(samples[0]?.bytes).toBe(used.reduce((sum, { bytes }) => sum + bytes, 0))
  })
})

describe('an environment without metrics', () => {
  it('is what is stored here', async () => {
    const opened = await ran()
    expect(await measuredDays(opened, 'e')).toEqual([])
    const here = { datasets: await usedDatasets(opened, 0), samples: [] }
    expect(await usageOf(opened, { environment: 'e' }, here, 0)).toEqual({ ...here, measured: null })
    expect(await usageOf(opened, {}, here, 0)).toEqual({ ...here, measured: null })
  })
})
