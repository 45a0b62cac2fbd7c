/**
 * Generated connectors with services that the test starts: each kind of paging, incremental reads, nested resources,
 * and writes.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import '../../../../engine-worker/connectors/kinds.ts'
import { expandConnector } from '../../../../engine-worker/extensions/expand.ts'
import { draftOf, type StudioDraft } from '../../../../engine-worker/extensions/studio/draft.ts'
import { connectorOfDraft } from '../../../../engine-worker/extensions/studio/make.ts'
import { machine } from '../../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { openProjectOf, runInternal } from '../../../../engine-worker/testing/outputs.ts'
import { shopYaml } from './descriptions.ts'

const serviceRows = [1, 2, 3, 4, 5].map((id) => ({ id, name: `thing ${id}` }))
const pageSize = 2

/** The paging of the service by path: the part of the list in the answer, and its information about the next page. */
const pagings: Readonly<
  Record<string, (query: URLSearchParams, address: string, response: ServerResponse) => unknown>
> = {
  '/all': () => serviceRows,
  '/linked': (query, address) => {
    const from = Number(query.get('from') ?? 0)
    const next = from + pageSize < serviceRows.length ? `${address}/linked?from=${from + pageSize}` : null
    return { value: serviceRows.slice(from, from + pageSize), '@odata.nextLink': next ?? undefined }
  },
  '/deep': (query) => {
    const from = Number(query.get('at') ?? 0)
    const more = from + pageSize < serviceRows.length
    return {
      _embedded: { things: serviceRows.slice(from, from + pageSize) },
      _links: more ? { next: { href: `/deep?at=${from + pageSize}` } } : {},
    }
  },
  '/header': (query, address, response) => {
    const from = Number(query.get('from') ?? 0)
    if (from + pageSize < serviceRows.length)
      response.setHeader('Link', `<${address}/header?from=${from + pageSize}>; rel="next"`)
    return serviceRows.slice(from, from + pageSize)
  },
  '/cursor': (query) => {
    const from = Number(query.get('cursor') || 0)
    const next = from + pageSize < serviceRows.length ? String(from + pageSize) : null
    return { data: serviceRows.slice(from, from + pageSize), meta: { next_cursor: next } }
  },
  '/paged': (query) => {
    const page = Number(query.get('page') ?? 1)
    return { items: serviceRows.slice((page - 1) * pageSize, page * pageSize), total: serviceRows.length }
  },
  '/after': (query) => {
    const from = serviceRows.findIndex(({ id }) => String(id) === query.get('starting_after')) + 1
    return {
      object: 'list',
      data: serviceRows.slice(from, from + pageSize),
      has_more: from + pageSize < serviceRows.length,
    }
  },
  '/opaque': (query, address) => {
    const from = Number((query.get('offset') ?? 't0').slice(1))
    const next = `t${from + pageSize}`
    const more = { offset: next, uri: `${address}/opaque?offset=${next}` }
    return {
      data: serviceRows.slice(from, from + pageSize),
      next_page: from + pageSize < serviceRows.length ? more : null,
    }
  },
  // Pages are shorter than they are asked to be.
  '/offset': (query) => {
    const from = Number(query.get('offset') ?? 0)
    return { results: serviceRows.slice(from, from + Math.min(pageSize, Number(query.get('limit') ?? pageSize))) }
  },
}

interface ShopRow {
  id: number
  name: string
  updated_at: string
}

const shop = { customers: new Map<number, ShopRow>(), asked: [] as string[] }

async function answerShop(url: URL, request: IncomingMessage, body: string): Promise<unknown> {
  shop.asked.push(
    [request.method, `${url.pathname}${url.search}`, request.headers['x-key'], body].filter(Boolean).join(' '),
  )
  const [, , id, inner] = url.pathname.split('/')
  if (inner === 'orders') return [{ number: `${id}-1`, total: 10 }]
  if (id !== undefined) {
    const before = shop.customers.get(Number(id))
    if (before && request.method === 'PATCH') shop.customers.set(Number(id), { ...before, ...JSON.parse(body) })
    return shop.customers.get(Number(id)) ?? null
  }
  const since = url.searchParams.get('updated_since') ?? ''
  const page = Number(url.searchParams.get('page') ?? 1)
  const found = [...shop.customers.values()].filter((each) => each.updated_at >= since)
  return { data: found.slice((page - 1) * pageSize, page * pageSize), total: found.length }
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://x')
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', async () => {
    const paged = pagings[url.pathname]
    const answer = paged ? paged(url.searchParams, address(), response) : await answerShop(url, request, body)
    response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
})

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))

function sessionOf(draft: StudioDraft, more: Readonly<Record<string, string>> = {}) {
  const store = memoryStore(machine)
  const session = new Session({ store, environment: machine, fetch: globalThis.fetch, inputs: { secret: () => 'k' } })
  session.open({ ...expandConnector(connectorOfDraft(draft), { system: 'acme', profile: 'test' }), ...more })
  const runAll = async () => {
    const result = await runInternal(openProjectOf(session))
    expect(result.pipes.flatMap(({ pipe, problems }) => problems.map(({ message }) => `${pipe}: ${message}`))).toEqual(
      [],
    )
  }
  const rowsOf = async (dataset: string) => {
    const found: Record<string, unknown>[] = []
    for await (const batch of store.scan(dataset)) found.push(...batch)
    return found
  }
  return { run: runAll, rows: rowsOf }
}

describe.each([
  ['/all', ''],
  ['/linked', ''],
  ['/deep', ''],
  ['/header', ''],
  ['/cursor', '?cursor='],
  ['/after', '?starting_after='],
  ['/opaque', ''],
  ['/paged', '?page=1'],
  ['/offset', '?offset=0&limit=100'],
])('an answer of %s', (path, query) => {
  test('makes a connector that reads every page', async () => {
    const response = await fetch(`${address()}${path}${query}`)
    const text = await response.text()
    const link = response.headers.get('link')
    const har = {
      log: {
        entries: [
          {
            request: { method: 'GET', url: `${address()}${path}${query}` },
            response: {
              status: 200,
              headers: link === null ? [] : [{ name: 'Link', value: link }],
              content: { mimeType: 'application/json', text },
            },
          },
        ],
      },
    }
    const draft = draftOf(JSON.stringify(har))
    const { run, rows } = sessionOf({ ...draft, datatypes: draft.datatypes.map((each) => ({ ...each, isOn: true })) })
    await run()
    const [datatype] = draft.datatypes
    expect((await rows(`acme-${datatype?.name}-collect`)).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5])
  })
})

test('a described connector reads pages, changes only, and the things inside', async () => {
  for (const id of [1, 2, 3]) shop.customers.set(id, { id, name: `c${id}`, updated_at: `2024-01-0${id}T00:00:00Z` })
  const draft = draftOf(shopYaml)
  const datatypes = draft.datatypes.map((each) => ({ ...each, isOn: true, writes: true }))
  const { run, rows } = sessionOf({ ...draft, address: address(), datatypes })
  await run()
  expect((await rows('acme-customer-collect')).map(({ _id, name }) => [_id, name])).toEqual([
    ['1', 'c1'],
    ['2', 'c2'],
    ['3', 'c3'],
  ])
  expect((await rows('acme-order-collect')).map(({ _id, total }) => [_id, total])).toEqual([
    ['1:1-1', 10],
    ['2:2-1', 10],
    ['3:3-1', 10],
  ])
  expect(shop.asked[0]).toBe('GET /customers?page=1&per_page=50 k')
  shop.asked.splice(0)
  await run()
  expect(shop.asked[0]).toMatch(/^GET \/customers\?.*updated_since=2024-01-03T00%3A00%3A00Z/)
})

test('a described connector sends what the model changed', async () => {
  const before = { id: 7, name: 'Ann', updated_at: '2024-01-01T00:00:00Z' }
  shop.customers.set(7, before)
  const wanted = { _id: 'crm:7', ...before, name: 'Anna', $based_on: before, $based_on_properties: ['name'], $ids: [] }
  const model = {
    _id: 'acme-customer-transform',
    type: 'pipe',
    namespaced_identifiers: false,
    source: { type: 'embedded', entities: [wanted] },
  }
  const draft = draftOf(shopYaml)
  const datatypes = draft.datatypes.map((each) => ({ ...each, writes: true }))
  const path = 'pipes/acme-customer-transform.conf.json'
  const { run, rows } = sessionOf({ ...draft, address: address(), datatypes }, { [path]: JSON.stringify(model) })
  await run()
  expect(shop.customers.get(7)?.name).toBe('Anna')
  expect(await rows('acme-customer-share')).toMatchObject([{ $last_operation: 'update', $success: true }])
})
