/** The project's tests for the page: run from the beginning in memory, stored data is not touched. */
import { describe, expect, it } from 'vitest'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'

const pipe = (_id: string, rest: object) => JSON.stringify({ _id, type: 'pipe', ...rest })
const upper = [
  ['filter', ['is-not-null', '_S.age']],
  ['add', 'name', ['upper', '_S.name']],
]
const jsonSource = { type: 'json', system: 's', url: 'x' }
const files = {
  'pipes/people.conf.json': pipe('people', {
    source: {
      type: 'embedded',
      entities: [{ _id: '1', name: 'Ada', age: 36 }, { _id: '2', name: 'grace', age: 85 }, { _id: '3' }],
    },
  }),
  'pipes/out.conf.json': pipe('out', {
    source: { type: 'dataset', dataset: 'people' },
    transform: { type: 'dtl', rules: { default: upper } },
    sink: jsonSource,
  }),
  'pipes/inbox.conf.json': pipe('inbox', { source: { type: 'http_endpoint' } }),
  'pipes/late.conf.json': pipe('late', { source: { type: 'dataset', dataset: 'inbox' }, sink: jsonSource }),
  'systems/s.conf.json': JSON.stringify({ _id: 's', type: 'system:url', url_pattern: 'https://x.example.com/%s' }),
  'expected/out.test.json': '{}',
  'expected/out.json': JSON.stringify([
    { _id: '1', name: 'ADA' },
    { _id: '2', name: 'Grace' },
  ]),
}

async function openEngine(more: Readonly<Record<string, string>> = {}) {
  const engine = testEngine(memoryPlatform())
  await engine.open({ project: 'p', files: { ...files, ...more } })
  return { engine }
}

describe('the tests of a project', () => {
  it('runs the tests of the project without touching what is stored', async () => {
    const { engine } = await openEngine()
    const { tests } = await engine.tests()
    expect(tests).toMatchObject([{ name: 'out', pipe: 'out', status: 'failed' }])
    expect(tests[0]?.differences[0]).toMatchObject({ id: '2', expected: expect.stringContaining('Grace') })
    expect(await engine.datasets()).toEqual([])
    await engine.update({ files: { 'expected/out.json': files['expected/out.json'].replace('Grace', 'GRACE') } })
    expect((await engine.tests()).tests).toMatchObject([{ status: 'passed', differences: [] }])
  })

  it('run on what was supplied, and name entities that are missing and too many', async () => {
    const more = { 'expected/late.test.json': '{}', 'expected/late.json': '[{"_id":"a"},{"_id":"b"}]' }
    const { engine } = await openEngine(more)
    await engine.supply({ pipe: 'inbox', name: 'inbox.json', text: '[{"_id":"b"},{"_id":"c"}]' })
    const { tests } = await engine.tests()
    const late = tests.find(({ name }) => name === 'late')
    expect(late?.status).toBe('failed')
    expect(late?.differences.map(({ id, expected, actual }) => [id, expected !== null, actual !== null])).toEqual([
      ['c', false, true],
      ['a', true, false],
    ])
  })

  it('that are to be ignored are, and say which steps of the rules were reached', async () => {
    const { engine } = await openEngine({ 'expected/out.test.json': '{"ignore": true}' })
    const { tests, coverage } = await engine.tests()
    expect(tests).toMatchObject([{ name: 'out', status: 'ignored', differences: [] }])
    expect(coverage).not.toBeNull()
  })
})
