/** Pages of a server search in one index, which the server keeps; filtered and deleted entities are found on demand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printMessage, readMessage } from '../../../../engine-worker/api/json-messages.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const pipe = (_id: string, more: object) => ({
  [`pipes/${_id}.conf.json`]: JSON.stringify({ _id, type: 'pipe', ...more }),
})
const peoplePipe = (bo: string) =>
  pipe('people', {
    source: {
      type: 'embedded',
      entities: [
        { _id: '1', name: 'Ada', state: 'open' },
        { _id: '2', name: 'Bo', state: bo },
        { _id: '3', name: 'Cy', state: 'closed' },
      ],
    },
  })
const openPipe = pipe('open', {
  source: { type: 'dataset', dataset: 'people' },
  transform: {
    type: 'dtl',
    rules: {
      default: [
        ['filter', ['eq', '_S.state', 'open']],
        ['copy', '*'],
      ],
    },
  },
})

/** Pushes a project with these files, and runs it. */
async function deploy(files: Readonly<Record<string, string>>): Promise<void> {
  const { text } = await server.call('GET', '/project', { base: '/pipewright' })
  const { revision } = readMessage(text) as { revision: number }
  const pushed = await fetch(`${server.address}/pipewright/project?page=a`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${server.admin}`, 'if-match': `"${revision}"` },
    body: printMessage({ name: 'p', profile: 'test', root: '', files }),
  })
  expect(pushed.status).toBe(200)
  expect(await askPage('a', 'run', { run: `${revision}` })).toMatchObject({ state: 'done' })
}

/** The answer of the server's engine to a page, without progress. */
async function askPage(page: string, name: string, request: unknown): Promise<unknown> {
  const response = await fetch(`${server.address}/pipewright/ask/${name}?page=${page}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.admin}`, 'content-type': 'application/json' },
    body: printMessage(request),
  })
  expect(response.status).toBe(200)
  const last = readMessage((await response.text()).trimEnd().split('\n').at(-1) ?? '') as { answer: unknown }
  return last.answer
}

interface SearchFound {
  readonly total: number
  readonly hits: readonly { readonly dataset: string; readonly id: string; readonly deleted: boolean }[]
  readonly indexes: readonly { readonly dataset: string; readonly indexed: number; readonly complete: boolean }[]
}
async function searchFor(page: string, query: string, withDeleted = false): Promise<SearchFound> {
  return (await askPage(page, 'search', { query, picks: {}, withDeleted, from: 0, count: 20 })) as SearchFound
}
const places = ({ hits }: SearchFound) =>
  hits.map(({ dataset, id, deleted }) => `${dataset}/${id}${deleted ? ' deleted' : ''}`)

describe('search on a server', () => {
  it('has one index for all pages, which one of them has brought up to date', async () => {
    await deploy({ ...peoplePipe('open'), ...openPipe })
    await askPage('a', 'open', { project: 'p', files: peoplePipe('open') })
    await askPage('b', 'open', { project: 'p', files: {} })
    await askPage('a', 'follow-search', null)
    for (const page of ['a', 'b']) {
      const answer = await searchFor(page, 'bo')
      expect(places(answer).toSorted(), page).toEqual(['open/2', 'people/2'])
      expect(answer.indexes.find(({ dataset }) => dataset === 'people')).toMatchObject({ indexed: 3, complete: true })
    }
  })

  it('finds what a filter took out of a dataset where deleted entities are wanted, in every listing', async () => {
    await deploy({ ...peoplePipe('closed'), ...openPipe })
    await askPage('b', 'follow-search', null)
    expect(places(await searchFor('a', 'bo'))).toEqual(['people/2'])
    expect(places(await searchFor('a', 'bo', true)).toSorted()).toEqual(['open/2 deleted', 'people/2'])
    // An entity that never passed the filter has never been in the dataset.
    expect(places(await searchFor('a', 'cy', true))).toEqual(['people/3'])
    const ids = async (parameters: string) => {
      const answer = await server.call('GET', `/datasets/open/entities?history=false&${parameters}`)
      return (answer.json() as { _id: string; _deleted?: boolean }[]).map(({ _id, _deleted }) => [
        _id,
        _deleted === true,
      ])
    }
    expect(await ids('deleted=false')).toEqual([['1', false]])
    expect(await ids('deleted=true')).toEqual([
      ['1', false],
      ['2', true],
    ])
    const rowsOf = async (deleted: boolean) => {
      const answer = (await askPage('a', 'rows', { dataset: 'open', from: 0, count: 9, deleted })) as { total: number }
      return answer.total
    }
    expect([await rowsOf(false), await rowsOf(true)]).toEqual([1, 2])
  })

  it('answers over HTTP without a page, by the same index', async () => {
    const response = await server.call('POST', '/ask/search?page=script', {
      base: '/pipewright',
      json: { query: 'ada', picks: {}, from: 0, count: 5 },
    })
    // Each caller first opens its own draft.
    expect(response.text).toContain('no-project-open')
    await askPage('script', 'open', { project: 'p', files: {} })
    expect(places(await searchFor('script', 'ada')).toSorted()).toEqual(['open/1', 'people/1'])
  })
})
