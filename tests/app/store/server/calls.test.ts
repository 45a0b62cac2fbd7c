import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rememberToken } from '../../../../app/store/server/address.ts'
import {
  callServer,
  pageName,
  pullProject,
  pushProject,
  serverInfo,
  serverNews,
  stopServerRun,
  textParts,
} from '../../../../app/store/server/calls.ts'
import { filesOf, projectOf, serverProtocol } from '../../../../engine-worker/index.ts'
import { endOtherPrograms, otherProgram } from '../../../support/other-program.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
  rememberToken(server.address, server.admin, false)
})
afterAll(() => server.close())

const saying = (body: unknown) =>
  otherProgram((_, answer) => answer.end(typeof body === 'string' ? body : JSON.stringify(body)))

const revision = async () => (await serverInfo(server.address)).revision

function documentOf(name: string, files: Readonly<Record<string, string | Uint8Array>>) {
  const entries = Object.entries(files).map(([path, content]) => ({ path, content }))
  return { name, profile: 'test', content: projectOf(entries).value }
}

const peoplePipe = '{"_id": "people", "type": "pipe", "source": {"type": "embedded", "entities": [{"_id": "1"}]}}\n'

describe('what a server says of itself', () => {
  it('names it, its version and of whom the token is', async () => {
    expect(await serverInfo(server.address)).toMatchObject({
      product: 'pipewright',
      user: 'ada',
      roles: ['group:Admin'],
    })
    expect(await serverInfo(server.address, server.developer)).toMatchObject({ user: 'dan' })
  })

  it('is asked for with the token that is given, in the place of the one that is remembered', async () => {
    await expect(serverInfo(server.address, 'nonsense')).rejects.toMatchObject({ kind: 'token' })
    await expect(serverInfo(server.address, '')).rejects.toMatchObject({ kind: 'token' })
  })

  it('is believed of our servers alone', async () => {
    for (const body of [
      'hello',
      '',
      null,
      'null',
      [],
      {},
      { product: 'pipewright' },
      { product: 'sesam', protocol: 1, revision: 1 },
    ]) {
      await expect(serverInfo(await saying(body))).rejects.toMatchObject({ kind: 'other' })
    }
  })

  it('is not used where page and server do not fit', async () => {
    const body = { product: 'pipewright', protocol: serverProtocol + 1, version: '99.1', revision: 1 }
    const failure = await serverInfo(await saying(body)).catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'version', said: '99.1', message: expect.stringContaining('99.1') })
  })
})

describe('a call', () => {
  it('to an address without a server fails as unreachable', async () => {
    const address = await saying('')
    endOtherPrograms()
    await expect(callServer(address, '/')).rejects.toMatchObject({ name: 'ServerFailure', kind: 'unreachable' })
  })

  it('is not sent on to another address, and the token goes nowhere else', async () => {
    const heard: unknown[] = []
    const target = await otherProgram((request, answer) => {
      heard.push(request.headers.authorization)
      answer.end('{}')
    })
    const address = await otherProgram((_, answer) => answer.writeHead(302, { location: `${target}/` }).end())
    await expect(callServer(address, '/', { token: 'secret' })).rejects.toMatchObject({ kind: 'unreachable' })
    expect(heard).toEqual([])
  })

  it('carries no token where none is known', async () => {
    const heard: unknown[] = []
    const address = await otherProgram((request, answer) => {
      heard.push(request.headers.authorization, request.url)
      answer.end()
    })
    await callServer(address, '/x')
    expect(heard).toEqual([undefined, '/pipewright/x'])
  })

  it('that is given up throws as the browser does', async () => {
    const address = await otherProgram(() => undefined)
    const controller = new AbortController()
    const call = callServer(address, '/', { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('the project of a server', () => {
  it('is what was pushed, byte by byte', async () => {
    const files = {
      'pipes/people.conf.json': peoplePipe,
      'test-env.json': '{ "where":  "here" }\n',
      'picture.bin': Uint8Array.of(0, 255, 1),
    }
    const before = await revision()
    const next = await pushProject(server.address, documentOf('Shared', files), { replaces: before, force: false })
    expect(next).not.toBe(before)
    const { document, revision: pulled } = await pullProject(server.address)
    expect([document.name, document.profile, pulled]).toEqual(['Shared', 'test', next])
    expect(Object.fromEntries(filesOf(document.content).map(({ path, content }) => [path, content]))).toEqual(files)
  })

  it('is not replaced where somebody else was faster', async () => {
    const document = documentOf('Late', { 'pipes/people.conf.json': peoplePipe })
    const replaces = (await revision()) - 1
    await expect(pushProject(server.address, document, { replaces, force: false })).rejects.toMatchObject({
      kind: 'changed',
    })
    expect((await pullProject(server.address)).document.name).not.toBe('Late')
  })

  it('is not replaced by one with errors, which are named, unless that is wanted', async () => {
    const wrong = documentOf('Wrong', {
      'pipes/a.conf.json': '{"_id": "a", "type": "pipe", "source": {"type": "sql"}}',
    })
    const replaces = await revision()
    const failure = await pushProject(server.address, wrong, { replaces, force: false }).catch((error) => error)
    expect(failure).toMatchObject({ kind: 'refused', said: expect.stringMatching(/^a: ./) })
    expect(await revision()).toBe(replaces)
    const next = await pushProject(server.address, wrong, { replaces, force: true })
    expect(await revision()).toBe(next)
    expect((await pullProject(server.address)).document.name).toBe('Wrong')
  })

  it('is kept from those who may not work on it', async () => {
    rememberToken(server.address, server.user, false)
    try {
      await expect(pullProject(server.address)).rejects.toMatchObject({ kind: 'roles' })
    } finally {
      rememberToken(server.address, server.admin, false)
    }
  })
})

describe('the news of a server', () => {
  it('begins with its revision, and tells of each push and of the page that made it', async () => {
    const controller = new AbortController()
    const news = serverNews(server.address, controller.signal)
    const replaces = await revision()
    expect((await news.next()).value).toMatchObject({ is: 'hello', revision: replaces })
    const next = await pushProject(server.address, documentOf('News', { 'pipes/people.conf.json': peoplePipe }), {
      replaces,
      force: false,
    })
    const told = await news.next()
    expect(told.value).toMatchObject({ is: 'configuration', revision: next, user: 'ada', page: pageName })
    const last = news.next()
    controller.abort()
    await expect(last).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('does not begin without a token', async () => {
    rememberToken(server.address, 'nonsense', false)
    try {
      await expect(serverNews(server.address, new AbortController().signal).next()).rejects.toMatchObject({
        kind: 'token',
      })
    } finally {
      rememberToken(server.address, server.admin, false)
    }
  })

  it('leaves out what is no event, such as signs of life', async () => {
    const address = await otherProgram((_, answer) => {
      answer.write(': alive\n\nretry: 5\n\ndata: {"is":"da')
      setTimeout(() => answer.end('ta"}\n\n: alive\n\ndata: {"is":"cut'))
    })
    const heard = []
    for await (const event of serverNews(address, new AbortController().signal)) heard.push(event)
    expect(heard).toEqual([{ is: 'data' }])
  })
})

describe('stopping a run', () => {
  it('that is not there does nothing, whatever its name is', async () => {
    await stopServerRun(server.address, 'no/such run?')
  })
})

describe('the parts of a text', () => {
  it('are the same however the bytes arrive, and one that was not ended is left out', async () => {
    const part = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\n\ufeff]/g, ''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(part),
        part,
        fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
        async (whole, cut, sizes) => {
          const bytes = new TextEncoder().encode([...whole.map((text) => `${text}\n`), cut].join(''))
          let at = 0
          const body = new ReadableStream<Uint8Array>({
            pull(to) {
              if (at >= bytes.length) return to.close()
              const size = sizes.next().value
              to.enqueue(bytes.slice(at, at + size))
              at += size
            },
          })
          const parts: string[] = []
          for await (const text of textParts(new Response(body), '\n')) parts.push(text)
          expect(parts).toEqual(whole)
        },
      ),
    )
  })

  it('end the connection when no more of them are wanted', async () => {
    let ended = false
    const body = new ReadableStream<Uint8Array>({
      pull: (to) => to.enqueue(new TextEncoder().encode('a\nb\n')),
      cancel: () => {
        ended = true
      },
    })
    for await (const text of textParts(new Response(body), '\n')) {
      expect(text).toBe('a')
      break
    }
    expect(ended).toBe(true)
  })

  it('of an empty answer are none', async () => {
    for await (const text of textParts(new Response(null), '\n')) throw new Error(text)
  })
})
