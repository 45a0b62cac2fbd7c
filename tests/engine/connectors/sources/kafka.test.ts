/** The kafka source; configuration-sources-kafka.rst. */
import { expect, test } from 'vitest'
import { output, problemsOf } from '../open.ts'

const source = { type: 'kafka', system: 'k', topic: 't' }

test('reads the entities that are supplied for the pipe', async () => {
  const files = { 'testdata/p.json': '[{"_id": "1", "a": "~t2020-01-01T00:00:00Z"}, {"_id": "2"}]' }
  expect((await output({ pipe: { source }, files })).entities).toEqual([
    { _id: '1', a: '~t2020-01-01T00:00:00Z' },
    { _id: '2' },
  ])
})

test('without them the pipe is named, and nothing comes', async () => {
  expect(await output({ pipe: { source } })).toMatchObject({ entities: [], problems: ['source-needs-data'] })
})

test('text that is no entities is a problem, not an exception', async () => {
  const { entities, problems } = await output({ pipe: { source }, files: { 'testdata/p.json': '[{"_id": "1"' } })
  expect(entities).toEqual([])
  expect(problems).toHaveLength(1)
})

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'kafka' } })).toContain('missing-property source topic')
})
