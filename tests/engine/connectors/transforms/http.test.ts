/** The http transform; configuration-transforms-http.rst. */
import { describe, expect, test } from 'vitest'
import { transformed } from './transformed.ts'

describe('http', () => {
  const transform = { type: 'http', system: 'web', url: 'twist', batch_size: 2 }
  test('goes on with the entities of the recorded answers', async () => {
    const answers = [{ entity: '1', answer: [{ _id: '1', x: 1 }, { _id: 'new' }] }, { answer: [] }]
    const files = { 'testdata/p.answers.json': JSON.stringify(answers) }
    const { entities, problems } = await transformed(transform, [{ _id: '1' }, { _id: '2' }, { _id: '3' }], files)
    expect(problems).toEqual([])
    expect(entities).toHaveLength(2)
    expect(entities).toEqual(expect.arrayContaining([{ _id: '1', x: 1 }, { _id: 'new' }]))
  })
  test('without network or records the pipe is not runnable, by name', async () => {
    const { entities, problems } = await transformed(transform, [{ _id: '1' }])
    expect({ entities, problems }).toEqual({ entities: [], problems: ['transform-needs-answers'] })
  })
  test('supplied output stands in for the whole pipe', async () => {
    const { entities } = await transformed(transform, [{ _id: '1' }], {
      'testdata/p.json': '[{"_id": "out", "x": 1.5}]',
    })
    expect(entities).toEqual([{ _id: 'out', x: 1.5 }])
  })
  test('trigger_on leaves the others alone', async () => {
    const files = { 'testdata/p.answers.json': '[{"answer": []}]' }
    const { entities } = await transformed(
      { ...transform, trigger_on: { key: 'go', value: 'ye*' } },
      [{ _id: '1', go: 'yes' }, { _id: '2' }],
      files,
    )
    expect(entities).toEqual([{ _id: '2' }])
  })
})
