/** No request is sent to a server before a person has allowed it. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { permittedFetch } from '../../../engine-worker/connectors/network-permission.ts'

function network(isAllowed: (host: string) => Promise<boolean>) {
  const sent: string[] = []
  const fetch = permittedFetch(async (input) => {
    sent.push(String(input))
    return new Response('ok')
  }, isAllowed)
  return { sent, fetch }
}

describe('a network with permission', () => {
  it('sends nothing while the question is open, and sends once it is allowed', async () => {
    let allow: (allowed: boolean) => void = () => undefined
    const { sent, fetch } = network(() => new Promise((resolve) => (allow = resolve)))
    const answer = fetch('https://a.example.org:99/x')
    await Promise.resolve()
    expect(sent).toEqual([])
    allow(true)
    await answer
    expect(sent).toEqual(['https://a.example.org:99/x'])
  })

  it('names the host when it is refused', async () => {
    const { sent, fetch } = network(async (host) => host !== 'a.example.org:99')
    await expect(fetch('https://a.example.org:99/x')).rejects.toThrow('No request went to a.example.org:99')
    expect(sent).toEqual([])
  })

  it('is left when the run is stopped although the question is open', async () => {
    const { sent, fetch } = network(() => new Promise(() => undefined))
    const stop = new AbortController()
    const answer = fetch('https://a.example.org/', { signal: stop.signal })
    stop.abort()
    await expect(answer).rejects.toThrow('aborted')
    expect(sent).toEqual([])
  })
})

interface ReceivedRequest {
  readonly server: string
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close()
})

/** A server that answers each path with a status and a redirect; records the requests. */
async function redirecting(asked: ReceivedRequest[], places: Readonly<Record<string, readonly [number, string]>>) {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => (body += piece))
    request.on('end', () => {
      const path = request.url ?? ''
      asked.push({
        server: request.headers.host ?? '',
        method: request.method ?? '',
        path,
        headers: request.headers,
        body,
      })
      const [status, location] = places[path] ?? [200, undefined]
      response.writeHead(status, location === undefined ? {} : { location })
      response.end('the end')
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `127.0.0.1:${port}`
}

describe('a redirect', () => {
  const secret = { Authorization: 'Bearer abc', 'X-Api-Key': 'k-123', Cookie: 'g=h', Accept: 'text/plain' }

  it('to the same server is followed with everything', async () => {
    const asked: ReceivedRequest[] = []
    const host = await redirecting(asked, { '/a': [302, '/b'], '/b': [308, 'c?x=1'] })
    const fetch = permittedFetch(globalThis.fetch, async () => true)
    const response = await fetch(`http://${host}/a`, { headers: secret })
    expect(await response.text()).toBe('the end')
    expect(response.url).toBe(`http://${host}/c?x=1`)
    expect(asked.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/a', 'Bearer abc'],
      ['/b', 'Bearer abc'],
      ['/c?x=1', 'Bearer abc'],
    ])
  })

  it('to a server that is not allowed sends nothing there', async () => {
    const asked: ReceivedRequest[] = []
    const other = await redirecting(asked, {})
    const host = await redirecting([], { '/a': [302, `http://${other}/x`] })
    const fetch = permittedFetch(globalThis.fetch, async (wanted) => wanted === host)
    await expect(fetch(`http://${host}/a`, { headers: secret })).rejects.toThrow(`No request went to ${other}`)
    expect(asked).toEqual([])
  })

  it('to another allowed server takes no header along that says who asks', async () => {
    const asked: ReceivedRequest[] = []
    const other = await redirecting(asked, {})
    const host = await redirecting([], { '/a': [303, `http://${other}/x`] })
    const fetch = permittedFetch(globalThis.fetch, async () => true)
    await fetch(`http://${host}/a`, { method: 'POST', body: 'pass=word', headers: secret })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ method: 'GET', path: '/x', body: '' })
    expect(JSON.stringify(asked[0]?.headers)).not.toMatch(/abc|k-123|g=h/)
    expect(asked[0]?.headers.accept).toBe('text/plain')
  })

  it('that would hand the body to another server is refused; on the same server the body goes along', async () => {
    const asked: ReceivedRequest[] = []
    const other = await redirecting(asked, {})
    const own: ReceivedRequest[] = []
    const host = await redirecting(own, { '/a': [307, `http://${other}/x`], '/b': [307, '/c'] })
    const fetch = permittedFetch(globalThis.fetch, async () => true)
    const post = (path: string) => fetch(`http://${host}${path}`, { method: 'POST', body: 'pass=word' })
    await expect(post('/a')).rejects.toThrow(`send the body of the request to ${other}`)
    expect(asked).toEqual([])
    await post('/b')
    expect(own.at(-1)).toMatchObject({ method: 'POST', path: '/c', body: 'pass=word' })
  })

  it('without an end, or to no web address, is a sentence', async () => {
    const host = await redirecting([], {
      '/a': [301, '/a'],
      '/b': [302, 'file:///etc/passwd'],
      '/c': [302, 'http://['],
    })
    const fetch = permittedFetch(globalThis.fetch, async () => true)
    await expect(fetch(`http://${host}/a`)).rejects.toThrow(`${host} answered with more than 20 redirects`)
    await expect(fetch(`http://${host}/b`)).rejects.toThrow('which is not a web address')
    await expect(fetch(`http://${host}/c`)).rejects.toThrow('which is not a web address')
  })
})
