/** Tests of sources that read only the data that is supplied for their pipe. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { output } from '../open.ts'

/** Declares the tests of a source that needs supplied entities. */
export function testsSuppliedEntities(source: JsonObject): void {
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
}
