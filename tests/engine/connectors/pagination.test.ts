/**
 * Each documented kind of paging, with a server on this machine (configuration-systems-rest.rst,
 * pagination-pattern.rst).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { output } from './open.ts'

type Handler = (url: URL, response: ServerResponse, request: IncomingMessage) => unknown

let server: Server
let address = ''
let handler: Handler = () => []
let requests: string[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', address)
    requests.push(decodeURIComponent(url.pathname + url.search))
    const body = handler(url, response, request)
    if (response.writableEnded) return
    if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json')
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const listening = server.address()
  address = `http://127.0.0.1:${typeof listening === 'object' ? listening?.port : 0}`
})
afterAll(() => server.close())
beforeEach(() => {
  requests = []
})

/** Reads all pages of an operation; returns ids, problems and requests. */
async function readPages(operation: JsonObject, source: JsonObject = {}) {
  const system = {
    _id: 's',
    type: 'system:rest',
    url_pattern: `${address}/api/%s`,
    operations: { list: { method: 'GET', url: 'rows', id_expression: '{{ id }}', ...operation } },
  }
  const pipe = { source: { type: 'rest', system: 's', operation: 'list', ...source } }
  const { entities, problems } = await output({ pipe, systems: [system], fetch })
  return { ids: entities.map((entity) => (entity as JsonObject)._id), problems, requests }
}

const pageRows = (page: number, size = 2, total = 5) =>
  Array.from({ length: total }, (_, index) => ({ id: String(index + 1) })).slice((page - 1) * size, page * size)
const allIds = ['1', '2', '3', '4', '5']

describe('the last page is recognised', () => {
  test('by a link in the body that is null, empty or absent', async () => {
    for (const end of [null, '', undefined]) {
      handler = (url) => {
        const page = Number(url.searchParams.get('page') ?? 1)
        return { result: pageRows(page), next: page < 3 ? `${address}/api/rows?page=${page + 1}` : end }
      }
      const result = await readPages({ next_page_link: '{{ body.next }}', payload_property: 'result' })
      expect(result).toMatchObject({ ids: allIds, problems: [] })
    }
  })
  test('by a body without anything that the link is made of', async () => {
    handler = (url) => {
      const from = Number(url.searchParams.get('after') ?? 1)
      const paging = from < 3 ? { paging: { next: { link: `${address}/api/rows?x=1`, after: String(from + 1) } } } : {}
      return { results: pageRows(from), ...paging }
    }
    const result = await readPages({
      payload_property: 'results',
      params: { fields: 'a,b' },
      next_page_link: "{{ body.paging.next.link.split('?')[0]~'?after='~body.paging.next.after }}",
    })
    expect(result).toMatchObject({ ids: allIds, problems: [] })
    expect(requests).toEqual(['/api/rows?fields=a,b', '/api/rows?after=2&fields=a,b', '/api/rows?after=3&fields=a,b'])
  })
  test.each(['{{ headers.Link.next }}', '{%if (headers.link.next is defined)%}{{headers.link.next}}{%endif%}'])(
    'by a Link header without a next one: %s',
    async (link) => {
      handler = (url, response) => {
        const page = Number(url.searchParams.get('page') ?? 1)
        const previous = page > 1 ? [`<?page=${page - 1}>; rel="prev"`] : []
        const links = page < 3 ? [...previous, `<?page=${page + 1}>; rel="next"`] : previous
        response.setHeader('Link', links.join(', '))
        return pageRows(page)
      }
      expect(await readPages({ next_page_link: link })).toMatchObject({ ids: allIds, problems: [] })
      expect(requests).toEqual(['/api/rows', '/api/rows?page=2', '/api/rows?page=3'])
    },
  )
  test('by a link that only says the query, as in the documented answer', async () => {
    handler = (url) => {
      const page = Number(url.searchParams.get('page') ?? 1)
      return { result: pageRows(page), pagination: { next: page < 3 ? `?page=${page + 1}` : null } }
    }
    const result = await readPages({ next_page_link: '{{ body.pagination.next }}', payload_property: 'result' })
    expect(result.ids).toEqual(allIds)
  })
  test('by an empty page, where a parameter counts the pages', async () => {
    handler = (url) => pageRows(Number(url.searchParams.get('Page')))
    const result = await readPages({
      next_page_link: 'rows',
      next_page_termination_strategy: ['empty-result'],
      params: {
        Page: '{% if previous_params.Page is not defined %}1{% else %}{{ previous_params.Page|int+1|int }}{% endif %}',
        Size: 100,
      },
    })
    expect(result).toMatchObject({ ids: allIds, problems: [] })
    expect(requests.map((url) => url.replace('/api/rows', ''))).toEqual(
      [1, 2, 3, 4].map((page) => `?Page=${page}&Size=100`),
    )
  })
  test('by a page that is not full', async () => {
    handler = (url) => pageRows(Number(url.searchParams.get('page')))
    const result = await readPages({
      url: 'rows?limit={{page_size}}',
      page_size: 2,
      next_page_link: '{{ url }}',
      next_page_termination_strategy: 'not-full-page',
      params: { page: '{{ page + 1 }}' },
    })
    expect(result).toMatchObject({ ids: allIds, problems: [] })
    expect(requests).toHaveLength(3)
  })
  test('by a link that stays the same', async () => {
    handler = (url) => {
      const page = Number(url.searchParams.get('page') ?? 1)
      return { rows: pageRows(page), next: `${address}/api/rows?page=${Math.min(page + 1, 3)}` }
    }
    const result = await readPages({
      payload_property: 'rows',
      next_page_link: '{{ body.next }}',
      next_page_termination_strategy: ['same-next-page-link'],
    })
    expect(result).toMatchObject({ ids: allIds, problems: [] })
  })
  test('by a link that stays the same from the first page on, where its page is one that was given before', async () => {
    handler = () => pageRows(1)
    const same = { next_page_link: 'rows', next_page_termination_strategy: ['same-next-page-link'] }
    expect(await readPages(same)).toMatchObject({ ids: ['1', '2'], problems: [] })
    expect(requests).toHaveLength(2)
    const never = await readPages({ ...same, next_page_termination_strategy: ['empty-result'] })
    expect(never.problems).toEqual(['paging-repeats'])
    expect(requests).toHaveLength(4)
  })
  test('by the same request or the same response, unless strategies are given', async () => {
    handler = (url) => ({
      rows: pageRows(Number(url.searchParams.get('page') ?? 1)),
      next: `${address}/api/rows?page=2`,
    })
    expect(await readPages({ payload_property: 'rows', next_page_link: '{{ body.next }}' })).toMatchObject({
      ids: ['1', '2', '3', '4'],
      problems: [],
    })
    handler = () => pageRows(1)
    const counting = { next_page_link: 'rows?page={{ page + 2 }}' }
    expect(await readPages(counting)).toMatchObject({ ids: ['1', '2'], problems: [] })
    expect(requests).toHaveLength(4)
  })
  test('pages may be asked for by the body of a request', async () => {
    handler = () => {
      const page = requests.length
      return { rows: pageRows(page), more: page < 3 }
    }
    const result = await readPages({
      method: 'POST',
      payload_property: 'rows',
      payload: { page: '{{ page + 1 }}sesam:markjson' },
      next_page_link: "{{ 'rows' if body.more else '' }}",
    })
    expect(result).toMatchObject({ ids: allIds, problems: [] })
  })
})

describe('paging that would never end', () => {
  test('is stopped where a page comes again', async () => {
    handler = () => pageRows(1)
    const result = await readPages({ next_page_link: 'rows', next_page_termination_strategy: ['empty-result'] })
    expect(result.problems).toEqual(['paging-repeats'])
    expect(requests).toHaveLength(2)
  })
  test('is stopped where pages go round in a circle', async () => {
    handler = (url) => {
      const page = Number(url.searchParams.get('page') ?? 1)
      return { rows: pageRows(page), next: `rows?page=${page === 3 ? 2 : page + 1}` }
    }
    const result = await readPages({ payload_property: 'rows', next_page_link: '{{ body.next }}' })
    expect(result.problems).toEqual(['paging-repeats'])
  })
  test('a link that uses a variable that there is not is a mistake, and not the last page', async () => {
    handler = () => pageRows(1)
    expect((await readPages({ next_page_link: '{{ bdy.next }}' })).problems).toEqual(['unknown-template-variable'])
  })
})

describe('errors in a response', () => {
  const operation = {
    payload_property: 'rows',
    error_expression: '{% if body.error is defined %}{{ body.error }}{% endif %}',
  }
  test('fail the pipe with what error_expression gives', async () => {
    handler = () => ({ error: 'no access' })
    expect((await readPages(operation)).problems).toEqual(['service-error'])
    handler = () => ({ rows: pageRows(1) })
    expect(await readPages(operation)).toMatchObject({ ids: ['1', '2'], problems: [] })
  })
  test('only count together with payload_property, and in JSON', async () => {
    const { error_expression } = operation
    handler = () => [{ id: '1', error: 'x' }]
    expect(await readPages({ error_expression: 'always', id_expression: '1' })).toMatchObject({
      ids: ['1'],
      problems: [],
    })
    handler = (_, response) => {
      response.setHeader('content-type', 'text/plain')
      return 'text'
    }
    expect((await readPages({ ...operation, error_expression, id_expression: '1' })).problems).toEqual([])
    expect((await readPages({ ...operation, error_expression: 'always', id_expression: '1' })).problems).toEqual([])
  })
})

describe('since', () => {
  test('is not defined before there is a position, and prints nothing', async () => {
    handler = () => pageRows(1)
    const url = 'rows/{{ since }}?full={{ since is not defined }}'
    await readPages({ url }, { supports_since: true })
    expect(requests).toEqual(['/api/rows/?full=True'])
  })
  test('goes into the query, a header or a template', async () => {
    let header: string | string[] | undefined
    handler = (_, __, request) => {
      header = request.headers.changed
      return pageRows(1)
    }
    const source = { supports_since: true, initial_since_value: '2020' }
    await readPages({ since_property_name: 'changed' }, source)
    await readPages({ since_property_name: 'changed', since_property_location: 'header' }, source)
    expect(header).toBe('2020')
    await readPages({ url: 'rows?from={{ since }}' }, source)
    await readPages({ since_property_location: 'manual', params: { x: '{{ since }}' } }, source)
    expect(requests).toEqual(['/api/rows?changed=2020', '/api/rows', '/api/rows?from=2020', '/api/rows?x=2020'])
  })
  test('goes with every page, once where the link to the next page has it already', async () => {
    const source = { supports_since: true, initial_since_value: '2020' }
    const headers: unknown[] = []
    handler = (url, _, request) => {
      headers.push(request.headers.since)
      return pageRows(Number(url.searchParams.get('page') ?? 1))
    }
    const paged = { params: { page: '{{ page + 1 }}' }, next_page_termination_strategy: 'not-full-page', page_size: 2 }
    const ownLink = { ...paged, next_page_link: '{{ url }}' }
    expect((await readPages(ownLink, source)).ids).toEqual(allIds)
    expect((await readPages({ ...paged, next_page_link: 'rows' }, source)).ids).toEqual(allIds)
    const pages = [1, 2, 3].map((page) => [`page=${page}`, 'since=2020'])
    expect(requests.map((request) => request.split('?')[1]?.split('&').sort())).toEqual([...pages, ...pages])
    headers.length = 0
    await readPages({ ...ownLink, since_property_location: 'header' }, source)
    expect(headers).toEqual(['2020', '2020', '2020'])
  })
})
