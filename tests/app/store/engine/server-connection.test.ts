import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineError, EngineStopped } from '../../../../app/store/engine/connection.ts'
import { connectServer } from '../../../../app/store/engine/server-connection.ts'
import { rememberToken } from '../../../../app/store/server/address.ts'
import { pushProject } from '../../../../app/store/server/calls.ts'
import { projectOf, type RunEvent } from '../../../../engine-worker/index.ts'
import { otherProgram } from '../../../support/other-program.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

let server: TestServer
const files = {
  'pipes/people.conf.json':
    '{"_id": "people", "type": "pipe", "source": {"type": "embedded", "entities": [{"_id": "1", "n": 1.0}, {"_id": "2"}]}}',
  'pipes/slow.conf.json':
    '{"_id": "slow", "type": "pipe", "batch_size": 1, "source": {"type": "dataset", "dataset": "people"}, "transform": {"type": "dtl", "rules": {"default": [["sleep!", 0.5], ["copy", "*"]]}}}',
  'pipes/inbox.conf.json': '{"_id": "inbox", "type": "pipe", "source": {"type": "http_endpoint"}}',
}

beforeAll(async () => {
  server = await testServer()
  rememberToken(server.address, server.admin, false)
  const entries = Object.entries(files).map(([path, content]) => ({ path, content }))
  const document = { name: 'Connected', profile: 'test', content: projectOf(entries).value }
  const { revision } = (await server.call('GET', '/', { base: '/pipewright' })).json() as { revision: number }
  await pushProject(server.address, document, { replaces: revision, force: false })
})
afterAll(() => server.close())

const openConnection = async () => {
  const connection = connectServer(server.address)
  await connection.ask('open', { project: 'p', files, profile: 'test' })
  return connection
}

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

describe('the engine of a server', () => {
  it('answers, and tells what happens before it does', async () => {
    const connection = await openConnection()
    const events: RunEvent[] = []
    const request = { run: crypto.randomUUID(), pipes: ['people'] }
    const result = await connection.ask('run', request, { onEvent: (event) => void events.push(event) })
    expect(result).toMatchObject({ run: request.run, state: 'done' })
    expect(events.flatMap(({ pipes }) => pipes).at(-1)).toMatchObject({ pipe: 'people', state: 'done' })
    const { total, rows } = await connection.ask('rows', { dataset: 'people', from: 0, count: 9 })
    expect([total, rows.length]).toEqual([2, 2])
  })

  it('has problems as a worker has them', async () => {
    const connection = await openConnection()
    const error = await errorOf(connection.ask('byExample', { pipe: 'people', source: '{', target: null, wanted: 'x' }))
    expect(error).toBeInstanceOf(EngineError)
    expect(error).toMatchObject({ problem: { code: expect.any(String), message: expect.any(String) } })
    expect(await errorOf(connection.ask('nothing of the kind' as 'facts', null))).toMatchObject({ kind: 'other' })
  })

  it('reads a file as it is sent', async () => {
    const connection = await openConnection()
    const lines = Array.from({ length: 500 }, (_, n) => JSON.stringify({ _id: `é${n}` })).join('\n')
    const file = new File([lines], 'naïve & more?.ndjson')
    const result = await connection.ask('receive', { pipe: 'inbox', name: file.name, file })
    expect(result).toMatchObject({ entities: 500, problems: [] })
  })

  it('stops what is not wanted any more, and goes on answering', async () => {
    const connection = await openConnection()
    await connection.ask('run', { run: crypto.randomUUID(), pipes: ['people'] })
    const controller = new AbortController()
    const running = connection.ask(
      'run',
      { run: crypto.randomUUID(), pipes: ['slow'] },
      { signal: controller.signal, onEvent: () => controller.abort() },
    )
    const stopped = await errorOf(running)
    expect(stopped).toBeInstanceOf(EngineStopped)
    expect(stopped).toMatchObject({ why: 'cancelled' })
    const already = connection.ask('facts', null, { signal: AbortSignal.abort() })
    expect(await errorOf(already)).toMatchObject({ why: 'cancelled' })
    expect((await connection.ask('datasets', null)).map(({ name }) => name)).toContain('people')
  })

  it('rejects what is open when it is stopped, with the reason, and answers the next question', async () => {
    const connection = await openConnection()
    const open = ['closed', 'crashed', 'cancelled'] as const
    for (const why of open) {
      const asked = errorOf(connection.ask('facts', null))
      connection.stop(why)
      expect(await asked).toMatchObject({ name: 'EngineStopped', why })
    }
    expect((await connection.ask('facts', null)).map(({ pipe }) => pipe)).toContain('people')
  })

  it('is unreachable where the connection ends before the answer', async () => {
    const cut = await otherProgram((_, answer) => answer.end('{"event":{"share":1}}\n{"answer":'))
    const shares: unknown[] = []
    const asked = connectServer(cut).ask('facts', null, { onEvent: (event: unknown) => void shares.push(event) })
    expect(await errorOf(asked)).toMatchObject({ name: 'ServerFailure', kind: 'unreachable' })
    expect(shares).toEqual([{ share: 1 }])
    const reset = await otherProgram((request) => request.socket.destroy())
    expect(await errorOf(connectServer(reset).ask('facts', null))).toMatchObject({ kind: 'unreachable' })
  })

  it('answers nobody without a token', async () => {
    const connection = connectServer(`${server.address}/`)
    expect(await errorOf(connection.ask('facts', null))).toMatchObject({ name: 'ServerFailure' })
    rememberToken(server.address, 'nonsense', false)
    try {
      expect(await errorOf(connectServer(server.address).ask('facts', null))).toMatchObject({ kind: 'token' })
    } finally {
      rememberToken(server.address, server.admin, false)
    }
  })
})
