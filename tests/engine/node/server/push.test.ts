/** Concurrent pushes: stored together, each answered separately, and no version is lost. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestServer, testServer } from '../../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
  const pipe = (_id: string) => ({ _id, type: 'pipe', source: { type: 'http_endpoint' } })
  await server.call('PUT', '/config', { json: [pipe('many'), pipe('same'), pipe('wrong')] })
})
afterAll(() => server.close())

type Version = { readonly _id: string; readonly _ts: number; readonly n?: number }
const push = (pipe: string, json: unknown) => server.call('POST', `/receivers/${pipe}/entities`, { json })
const versions = async (pipe: string) =>
  (await server.call('GET', `/datasets/${pipe}/entities`)).json() as readonly Version[]

it('those about different entities are written together', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => push('many', [{ _id: `${n}`, n }])))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  const written = await versions('many')
  expect(written).toHaveLength(60)
  // A commit has one time.
  expect(new Set(written.map(({ _ts }) => _ts)).size).toBeLessThan(60)
})

it('every version of an entity that comes many times is in the log', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, n) => push('same', [{ _id: 'a', n }])))
  const written = await versions('same')
  expect(written.map(({ n }) => n).sort((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n))
})

it('one that is refused takes no other with it', async () => {
  const bodies = Array.from({ length: 20 }, (_, n) => (n % 5 === 2 ? [{ _id: n }] : [{ _id: `${n}` }]))
  const answers = await Promise.all(bodies.map((body) => push('wrong', body)))
  expect(answers.map(({ status }) => status)).toEqual(bodies.map((_, n) => (n % 5 === 2 ? 400 : 200)))
  expect(await versions('wrong')).toHaveLength(16)
})
