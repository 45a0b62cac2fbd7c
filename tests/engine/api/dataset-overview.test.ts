/** The overview of datasets: properties, changes over time, the last run of the producing pipe. */
import { expect, it } from 'vitest'
import { openedEngine } from '../../support/opened-engine.ts'

const pipe = (id: string, more: object) => [`pipes/${id}.conf.json`, JSON.stringify({ _id: id, type: 'pipe', ...more })]
const files = Object.fromEntries([
  pipe('many', {
    source: {
      type: 'embedded',
      entities: [
        { _id: '1', name: 'a' },
        { _id: '2', name: 'b' },
      ],
    },
  }),
  pipe('one', { source: { type: 'embedded', entities: [{ _id: '1', city: 'Oslo' }] } }),
])

it('has a row for each dataset, the small ones first', async () => {
  const { engine } = await openedEngine(files)
  await engine.run({ run: '1', pipes: ['many', 'one'] })
  const rows = await engine['dataset-overview']()
  const told = rows.map(({ dataset }) => dataset)
  expect(told.indexOf('one')).toBeLessThan(told.indexOf('many'))
  const many = rows.find(({ dataset }) => dataset === 'many')
  expect(many?.properties).toEqual(['name'])
  expect(many?.changes.reduce((sum, [, count]) => sum + count, 0)).toBe(2)
  expect(many?.lastRun).toMatchObject({ run: 1, state: 'done' })
})

it('names no run of a dataset that nothing has run for, and the newest of several', async () => {
  const { engine, store } = await openedEngine(files)
  await store.commit({ datasets: [{ dataset: 'many', entities: [{ _id: '9' }] }] })
  const before = await engine['dataset-overview']()
  expect(before.find(({ dataset }) => dataset === 'many')).toMatchObject({ lastRun: null })
  await engine.run({ run: '1', pipes: ['many'] })
  await engine.run({ run: '2', pipes: ['many'], full: true })
  await engine.run({ run: '3', pipes: ['one'] })
  const after = await engine['dataset-overview']()
  const lastRunOf = (dataset: string) => after.find((row) => row.dataset === dataset)?.lastRun?.run ?? 0
  expect(lastRunOf('one')).toBeGreaterThan(lastRunOf('many'))
})
