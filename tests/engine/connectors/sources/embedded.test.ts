/** The embedded source; configuration-sources-embedded.rst. */
import { expect, test } from 'vitest'
import { output } from '../open.ts'

test('embedded entities are decoded; what is no object is a located problem', async () => {
  const source = { type: 'embedded', entities: [{ _id: '1', at: '~t2020-01-01T00:00:00Z' }] }
  expect((await output({ pipe: { source } })).entities).toEqual([{ _id: '1', at: '~t2020-01-01T00:00:00Z' }])
  expect((await output({ pipe: { source: { type: 'embedded', entities: ['x'] } } })).problems).toEqual([
    'embedded-not-an-entity',
  ])
})

test('embedded entities are read from a position on where the source supports it', async () => {
  const entities = [
    { _id: 'a', _updated: 1 },
    { _id: 'b', _updated: 2 },
  ]
  const source = { type: 'embedded', entities, supports_since: true }
  expect((await output({ pipe: { source } })).entities).toHaveLength(2)
  const { entities: later } = await output({ pipe: { source: { ...source, initial_since_value: 1 } } })
  expect(later).toEqual([{ _id: 'b', _updated: 2 }])
  const whole = await output({ pipe: { source: { ...source, supports_since: false, initial_since_value: 1 } } })
  expect(whole.entities).toHaveLength(2)
})
