/** The json source; configuration-sources-json.rst. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { output } from '../open.ts'
import { web } from './web.ts'

describe('data from outside', () => {
  const source = { type: 'json', system: 'web', url: 'crm/customers.json' }
  test('is supplied by test data named as the pipe', async () => {
    const files = { 'testdata/p.json': '[{"_id": "1"}]' }
    expect((await output({ pipe: { source }, systems: [web], files })).entities).toEqual([{ _id: '1' }])
  })
  test('is found in a file whose name ends the address', async () => {
    const files = { 'data/crm/customers.json': '[{"_id": "1"}]', 'data/erp/customers.json': '[{"_id": "2"}]' }
    expect((await output({ pipe: { source }, systems: [web], files })).entities).toEqual([{ _id: '1' }])
  })
  test('cannot be reached otherwise: the pipe is named, and nothing comes', async () => {
    expect(await output({ pipe: { source }, systems: [web] })).toMatchObject({
      entities: [],
      problems: ['source-needs-data'],
    })
  })
  test('is pulled over the network page by page', async () => {
    const asked: string[] = []
    const fetch = async (url: RequestInfo | URL) => {
      asked.push(String(url))
      const first = Number(/since=(\d+)/.exec(String(url))?.[1] ?? 0)
      const page = [first + 1, first + 2].filter((id) => id <= 3).map((id) => ({ _id: `${id}`, _updated: id }))
      return new Response(JSON.stringify(page))
    }
    const paged = { ...source, supports_since: true, is_chronological: true, page_size: 2 }
    const { entities } = await output({ pipe: { source: paged }, systems: [web], fetch })
    expect(entities).toHaveLength(3)
    expect(asked).toEqual(['https://web/crm/customers.json?limit=2', 'https://web/crm/customers.json?since=2&limit=2'])
  })
  test('a server that fails is a problem with its answer', async () => {
    const fetch = async () => new Response('no', { status: 500 })
    expect((await output({ pipe: { source }, systems: [web], fetch })).problems).toEqual(['bad-answer'])
  })
})

describe('reading again after an error', () => {
  const source = { type: 'json', system: 'web', url: 'people' }

  test('is tried as often as the pump says, and waits before each time', async () => {
    const waited: number[] = []
    let asked = 0
    const fetch = async () => {
      asked++
      return asked < 3 ? new Response('', { status: 500 }) : Response.json([{ _id: '1' }])
    }
    const pause = async (seconds: number) => void waited.push(seconds)
    const readWith = (pump: JsonObject) => output({ pipe: { source, pump }, systems: [web], fetch, pause })
    expect((await readWith({ max_read_retries: 1 })).entities).toEqual([])
    asked = 0
    expect((await readWith({ max_read_retries: 2, read_retry_delay: 60 })).entities).toMatchObject([{ _id: '1' }])
    expect(waited.reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(120)
  })

  test('is tried as the system says for the status, unless the pump says', async () => {
    let asked = 0
    const fetch = async () => {
      asked++
      return new Response('', { status: 429 })
    }
    const retry_strategy = { '500,502': { max_read_retries: 9 }, '420-430': { max_read_retries: 2 }, default: {} }
    const readWith = (pump: JsonObject) =>
      output({ pipe: { source, pump }, systems: [{ ...web, retry_strategy }], fetch, pause: async () => undefined })
    await readWith({})
    expect(asked).toBe(3)
    asked = 0
    await readWith({ max_read_retries: 1 })
    expect(asked).toBe(2)
  })

  test('a server that says nothing is given up on', async () => {
    const fetch = (_url: RequestInfo | URL, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    const { problems } = await output({ pipe: { source }, systems: [{ ...web, read_timeout: 0.01 }], fetch })
    expect(problems).toEqual(['request-timeout'])
  })
})
