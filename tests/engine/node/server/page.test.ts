/** The requests of pages to a server: the app's files, the project, its events, and the engine. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printMessage, readMessage } from '../../../../engine-worker/api/json-messages.ts'
import type { RunEvent } from '../../../../engine-worker/run/progress.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipewright-app-'))
const policy = "default-src 'none'; script-src 'self'"
const ORIGIN = 'https://pages.example'
let server: TestServer

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`
  writeFileSync(join(folder, 'index.html'), `<!doctype html>${meta}<title>App</title>${' '.repeat(2000)}`)
  writeFileSync(join(folder, 'assets/x-1234.js'), 'export {}')
  server = await testServer([], undefined, { app: folder, origins: [ORIGIN] })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const pipe = (_id: string, more: object) => JSON.stringify({ _id, type: 'pipe', ...more }, null, 4)
const peoplePipe = pipe('people', { source: { type: 'embedded', entities: [{ _id: '1', name: 'Ada' }] } })
const names = (rule: unknown) =>
  pipe('names', {
    source: { type: 'dataset', dataset: 'people' },
    transform: { type: 'dtl', rules: { default: [rule] } },
  })
const files: Record<string, string | Uint8Array> = {
  'pipes/both.conf.json': `[\n${peoplePipe},\n${names(['add', 'name', ['upper', '_S.name']])}\n]\n`,
  'test-env.json': '{ "where":  "here" }\n',
  'expected/names.test.json': '{}',
  'picture.bin': Uint8Array.of(0, 255, 1),
  '.pipewright.json': '{"positions":{}}',
}
const project = { name: 'Shared', profile: 'test', root: '', files }

const putProject = (given: object, revision: number, headers: Record<string, string> = {}) =>
  fetch(`${server.address}/pipewright/project?page=a`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${server.admin}`, 'if-match': `"${revision}"`, ...headers },
    body: printMessage(given),
  })
const pullProject = async () => {
  const { text, headers } = await server.call('GET', '/project', { base: '/pipewright' })
  return { ...(readMessage(text) as typeof project & { revision: number }), tag: headers.get('etag') }
}

/** The replies of the engine to a question. */
async function askPage(name: string, request: unknown, page = 'a'): Promise<readonly Record<string, unknown>[]> {
  const response = await fetch(`${server.address}/pipewright/ask/${name}?page=${page}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.admin}`, 'content-type': 'application/json' },
    body: printMessage(request),
  })
  expect(response.status).toBe(200)
  const lines = (await response.text()).trimEnd().split('\n')
  return lines.map((line) => readMessage(line) as Record<string, unknown>)
}

/** Reads the events of the server until the awaited one; returns all of them. */
async function news(isLast: (event: Record<string, unknown>) => boolean, meanwhile: () => Promise<unknown>) {
  const stop = new AbortController()
  const response = await fetch(`${server.address}/pipewright/events`, {
    headers: { authorization: `Bearer ${server.admin}` },
    signal: stop.signal,
  })
  const events: Record<string, unknown>[] = []
  let text = ''
  let begun: Promise<unknown> | null = null
  for await (const piece of response.body ?? []) {
    text += new TextDecoder().decode(piece)
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)))
    begun ??= meanwhile()
    const last = events.at(-1)
    if (last && isLast(last)) break
  }
  stop.abort()
  await begun
  return events
}

describe('the app', () => {
  it('is served compressed under the policy of its page, and asked about anew each time', async () => {
    const { request } = await import('node:http')
    const { port } = new URL(server.address)
    const got = await new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve) => {
      request({ host: '127.0.0.1', port, path: '/', headers: { 'accept-encoding': 'br' } }, (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece) => pieces.push(piece))
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(pieces) }))
      }).end()
    })
    expect(got.headers['content-security-policy']).toBe(`${policy}; frame-ancestors 'none'`)
    expect(got.headers['content-encoding']).toBe('br')
    expect(got.headers['cache-control']).toBe('no-cache')
    expect(got.headers['x-pipewright-server']).toBe('1')
    expect(brotliDecompressSync(got.body).toString()).toContain('<title>App</title>')
    const again = await fetch(`${server.address}/`, { headers: { 'if-none-match': String(got.headers.etag) } })
    expect([304, 200]).toContain(again.status)
  })

  it('has assets that are kept for ever, nothing outside its folder, and no answer to other methods', async () => {
    const asset = await fetch(`${server.address}/assets/x-1234.js`)
    expect(asset.headers.get('cache-control')).toContain('immutable')
    for (const path of ['/nothing.js', '/assets/%2e%2e/%2e%2e/package.json', '/%E0%A4%A', '/assets'])
      expect((await fetch(server.address + path)).status, path).toBe(404)
    expect((await fetch(`${server.address}/`, { method: 'POST' })).status).toBe(404)
  })
})

describe('a page of another server', () => {
  const askFrom = (origin: string, method = 'GET') =>
    fetch(`${server.address}/pipewright/`, {
      method,
      headers: {
        origin,
        ...(method === 'OPTIONS'
          ? { 'access-control-request-method': 'GET' }
          : { authorization: `Bearer ${server.admin}` }),
      },
    })

  it('may ask where that was allowed', async () => {
    const agreed = await askFrom(ORIGIN, 'OPTIONS')
    expect(agreed.status).toBe(204)
    expect(agreed.headers.get('access-control-allow-origin')).toBe(ORIGIN)
    expect(agreed.headers.get('access-control-allow-headers')).toContain('authorization')
    const answered = await askFrom(ORIGIN)
    expect(answered.status).toBe(200)
    expect(answered.headers.get('access-control-allow-origin')).toBe(ORIGIN)
  })

  it('may not otherwise', async () => {
    for (const method of ['OPTIONS', 'GET']) {
      const refused = await askFrom('https://evil.example', method)
      expect(refused.status).toBe(403)
      expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('the project of a server', () => {
  it('says what it is', async () => {
    const { json } = await server.call('GET', '/', { base: '/pipewright' })
    expect(json()).toMatchObject({ product: 'pipewright', protocol: 1, user: 'ada', roles: ['group:Admin'] })
  })

  it('comes back byte for byte, with what a node does not use', async () => {
    const { revision } = await pullProject()
    const response = await putProject(project, revision)
    expect(await response.json()).toEqual({ revision: revision + 1 })
    const back = await pullProject()
    expect(back.files).toEqual(files)
    expect({ name: back.name, profile: back.profile, root: back.root }).toEqual({
      name: 'Shared',
      profile: 'test',
      root: '',
    })
    expect(back.tag).toBe(`"${revision + 1}"`)
    expect((await server.call('GET', '/env')).json()).toEqual({ where: 'here' })
  })

  it('is replaced only where it is what the page has seen', async () => {
    const { revision } = await pullProject()
    const stale = await putProject(project, revision - 1)
    expect(stale.status).toBe(412)
    expect(await stale.json()).toMatchObject({ revision })
    const { 'if-match': _, ...without } = { 'if-match': '' }
    const unsaid = await fetch(`${server.address}/pipewright/project?page=a`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${server.admin}`, ...without },
      body: printMessage(project),
    })
    expect(unsaid.status).toBe(428)
    // One of many concurrent requests wins.
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => (await putProject(project, revision)).status),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 412)).toHaveLength(7)
  })

  it('is refused with errors, unless that is meant', async () => {
    const { revision } = await pullProject()
    const wrong = { ...project, files: { ...files, 'pipes/wrong.conf.json': '{"_id":"wrong","type":"pipe"}' } }
    const refused = await putProject(wrong, revision)
    expect(refused.status).toBe(400)
    expect((await pullProject()).revision).toBe(revision)
  })

  it('has what was changed through the API of the node', async () => {
    await server.call('PUT', '/env', { json: { where: 'there' } })
    const changed = { _id: 'names', type: 'pipe', source: { type: 'dataset', dataset: 'people' } }
    const added = { _id: 'more', type: 'pipe', source: { type: 'dataset', dataset: 'names' } }
    expect((await server.call('PUT', '/pipes/names/config', { json: changed })).status).toBe(200)
    expect((await server.call('POST', '/pipes', { json: [added] })).status).toBe(200)
    const { files: now } = await pullProject()
    const both = JSON.parse(String(now['pipes/both.conf.json'])) as object[]
    expect(both[0]).toEqual(JSON.parse(peoplePipe))
    expect(both[1]).toEqual(changed)
    expect(JSON.parse(String(now['pipes/more.conf.json']))).toEqual(added)
    expect(JSON.parse(String(now['test-env.json']))).toEqual({ where: 'there' })
    expect(now['picture.bin']).toEqual(files['picture.bin'])
    await server.call('DELETE', '/pipes/people')
    expect(JSON.parse(String((await pullProject()).files['pipes/both.conf.json']))).toEqual([changed])
  })
})

describe('the engine of a server', () => {
  const edited = { 'pipes/names.conf.json': names(['add', 'name', ['lower', '_S.name']]) }

  it('runs what was pushed, tells how it goes, and shows the data', async () => {
    const { revision } = await pullProject()
    expect((await putProject(project, revision)).status).toBe(200)
    await askPage('open', { project: 'p', files: edited })
    const replies = await askPage('run', { run: 'r1' })
    const progress = replies.flatMap((reply) => ('event' in reply ? [reply.event as RunEvent] : []))
    expect(progress.length).toBeGreaterThan(0)
    expect(replies.at(-1)?.answer).toMatchObject({ run: 'r1', state: 'done' })
    const [rows] = await askPage('rows', { dataset: 'names', from: 0, count: 10 })
    expect(JSON.stringify(rows)).toContain('ADA')
  })

  it('previews the draft of each page, which nobody else sees', async () => {
    const preview = { pipe: edited['pipes/names.conf.json'], limit: 5 }
    const [own] = await askPage('preview', preview)
    expect(JSON.stringify(own)).toContain('ada')
    const [other] = await askPage('facts', null, 'b')
    expect(other?.problem).toMatchObject({ code: 'no-project-open' })
    await askPage('open', { project: 'p', files: {} }, 'b')
    expect((await askPage('facts', null, 'b'))[0]?.answer).toEqual([])
    expect(JSON.stringify((await askPage('facts', null))[0]?.answer)).toContain('names')
  })

  it('gives drafts the data that others supply', async () => {
    const inbox = { 'pipes/in.conf.json': pipe('in', { source: { type: 'http_endpoint' } }) }
    const { revision } = await pullProject()
    await putProject({ ...project, files: { ...files, ...inbox } }, revision)
    await askPage('open', { project: 'p', files: inbox }, 'c')
    await askPage('push', { pipe: 'in', text: '[{"_id":"x","name":"Bo"}]' }, 'd')
    const [shown] = await askPage('preview', { pipe: inbox['pipes/in.conf.json'], limit: 5 }, 'c')
    expect(JSON.stringify(shown)).toContain('Bo')
  })

  it('is not asked for what is about a page alone', async () => {
    const answer = await server.call('POST', '/ask/destroy?page=a', { base: '/pipewright', json: 'p' })
    expect(answer.status).toBe(404)
  })

  it('shows nothing to developers where access lists count', async () => {
    const { revision } = await pullProject()
    const closed = pipe('closed', {
      source: { type: 'embedded', entities: [] },
      permissions: [['deny', ['group:Developer'], ['read_data']]],
    })
    await putProject({ ...project, files: { ...files, 'pipes/closed.conf.json': closed } }, revision)
    const developer = await server.call('POST', '/ask/facts?page=e', {
      base: '/pipewright',
      json: null,
      token: server.developer,
    })
    expect(developer.status).toBe(403)
    await putProject(project, revision + 1)
    const open = await server.call('GET', '/project', { base: '/pipewright', token: server.developer })
    expect(open.status).toBe(200)
  })
})

describe('the news of a server', () => {
  it('tell of changes with who made them, and of runs that others start', async () => {
    const { revision } = await pullProject()
    const events = await news(
      ({ is }) => is === 'ended',
      async () => {
        await putProject(project, revision)
        await askPage('run', { run: 'r2', full: true }, 'b')
      },
    )
    expect(events[0]).toMatchObject({ is: 'hello', revision })
    expect(events).toContainEqual({ is: 'configuration', revision: revision + 1, user: 'ada', page: 'a' })
    expect(events.some((event) => event.is === 'progress')).toBe(true)
    expect(events.at(-1)).toMatchObject({ is: 'ended', result: { run: 'r2', state: 'done' } })
  })

  it('tell of runs of a single pump that the API starts', async () => {
    const events = await news(
      ({ is }) => is === 'ended',
      () => server.call('POST', '/pipes/people/pump', { form: { operation: 'start' } }),
    )
    expect(events.at(-1)).toMatchObject({ is: 'ended', result: { pipes: [{ pipe: 'people' }] } })
  })
})

describe('a folder that was taken in', () => {
  it('is opened with its tests, its data and its layout, and without what is hidden or for its profile', async () => {
    const given = mkdtempSync(join(tmpdir(), 'pipewright-taken-'))
    const writeGiven = (path: string, text: string) => {
      mkdirSync(join(given, path, '..'), { recursive: true })
      writeFileSync(join(given, path), text)
    }
    writeGiven('pipes/people.conf.json', peoplePipe)
    writeGiven('expected/people.test.json', '{}')
    writeGiven('expected/people.json', '[]')
    writeGiven('testdata/people.json', '[{"_id": "1"}]')
    writeGiven('.pipewright.json', '{"positions":{}}')
    writeGiven('.syncconfig', 'JWT="secret-token"')
    const taken = await testServer([given])
    try {
      const { text } = await taken.call('GET', '/project', { base: '/pipewright' })
      const { files: found } = readMessage(text) as typeof project
      expect(found).toMatchObject({
        'pipes/people.conf.json': expect.stringContaining('Ada'),
        'expected/people.test.json': '{}',
        'expected/people.json': '[]',
        'testdata/people.json': '[{"_id": "1"}]',
        '.pipewright.json': '{"positions":{}}',
      })
      expect(text).not.toContain('secret-token')
    } finally {
      await taken.close()
      rmSync(given, { recursive: true, force: true })
    }
  })
})
