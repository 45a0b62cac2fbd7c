import { describe, expect, it } from 'vitest'
import { isOwnText, testDataOf } from '../../../engine-worker/config/project/own-files.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'

const latin1 = Uint8Array.of(0x5b, 0x22, 0xf8, 0x22, 0x5d)
const pipe = (id: string) => JSON.stringify({ _id: id, type: 'pipe', source: { type: 'http_endpoint' } })
const problemsOf = (files: Parameters<typeof loadProject>[0]) =>
  loadProject(files).problems.map(({ code, where }) => [code, where.file])

describe('files beside the configuration', () => {
  it('are UTF-8, or a problem names them', () => {
    const own = ['test-env.json', 'prod-env.json', '.jinja_vars', 'expected/a.json', 'expected/a.test.json']
    const more = ['expected/a.xml', 'testdata/a.json', 'testdata/sub/a.answers.json', 'testdata/a.ndjson']
    const others = ['expected/a.csv', 'testdata/a.csv', 'customers.json', 'data/orders.csv', 'sub/test-env.json']
    for (const file of [...own, ...more])
      expect(problemsOf({ [file]: latin1, 'pipes/a.conf.json': pipe('a') })).toContainEqual(['file-not-utf8', file])
    for (const file of others) expect(isOwnText(file)).toBe(false)
  })

  it('are named when they are test data that nothing reads', () => {
    const files = { 'pipes/Customers.conf.json': pipe('Customers'), 'testdata/customers.json': '[]' }
    const [problem] = loadProject(files).problems
    expect(problem).toMatchObject({ code: 'testdata-of-unknown-pipe', fix: 'Did you mean Customers?' })
    const twice = { ...files, 'testdata/a/Customers.json': '[]', 'testdata/b/Customers.csv': '' }
    expect(problemsOf(twice)).toEqual([
      ['testdata-of-unknown-pipe', 'testdata/customers.json'],
      ['testdata-twice', 'testdata/a/Customers.json'],
    ])
    expect(testDataOf(twice).get('Customers')?.file).toBe('testdata/b/Customers.csv')
    expect(problemsOf({ ...files, 'testdata/customers.json': '', 'testdata/Customers.answers.json': '[]' })).toEqual([
      ['testdata-of-unknown-pipe', 'testdata/customers.json'],
    ])
  })
})
