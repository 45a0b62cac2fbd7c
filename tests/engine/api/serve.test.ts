/** Capabilities over messages: each reply has the id of its request. */
import { describe, expect, it } from 'vitest'
import { EngineHost, notOpen } from '../../../engine-worker/api/host.ts'
import { type EngineReply, serve } from '../../../engine-worker/api/serve.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { ticking } from '../run/histories.ts'

function serveEngine() {
  const environment = ticking()
  const replies: EngineReply[] = []
  const waiting: (() => void)[] = []
  const openStore = async () => memoryStore(environment)
  const host = new EngineHost({ environment, fetch: null, openStore, deleteStore: async () => undefined })
  const listen = serve(host, (reply) => {
    replies.push(reply)
    for (const resolve of waiting.splice(0)) resolve()
  })
  /** The replies to a request, when the last one has arrived. */
  const repliesTo = async (id: number) => {
    const isLast = (reply: EngineReply) => reply.id === id && ('answer' in reply || 'problem' in reply)
    while (!replies.some(isLast)) await new Promise<void>((resolve) => waiting.push(resolve))
    return replies.filter((reply) => reply.id === id)
  }
  return { listen, replies, repliesTo }
}

describe('a served engine', () => {
  it('answers questions that are asked at the same time, each under its id', async () => {
    const { listen, repliesTo } = serveEngine()
    listen({ id: 1, ask: 'ping', request: null })
    listen({ id: 2, ask: 'facts', request: null })
    listen({ id: 3, ask: 'nothing' as 'facts', request: null })
    expect(await repliesTo(1)).toEqual([{ id: 1, answer: undefined }])
    expect(await repliesTo(2)).toEqual([{ id: 2, problem: notOpen({}) }])
    expect(await repliesTo(3)).toMatchObject([
      { id: 3, problem: { code: 'unknown-capability', facts: { name: 'nothing' } } },
    ])
  })

  it('sends events before the answer, and none after it', async () => {
    const { listen, replies, repliesTo } = serveEngine()
    const source = { type: 'embedded', entities: [{ _id: '1' }] }
    const files = { 'pipes/a.conf.json': JSON.stringify({ _id: 'a', type: 'pipe', source }) }
    listen({ id: 1, ask: 'open', request: { project: 'p', files } })
    await repliesTo(1)
    listen({ id: 2, ask: 'run', request: { run: 'r' } })
    const kinds = (await repliesTo(2)).map((reply) => ('event' in reply ? 'event' : 'answer'))
    expect(kinds.slice(0, -1).every((kind) => kind === 'event')).toBe(true)
    expect(kinds.length).toBeGreaterThan(1)
    await new Promise((resolve) => setTimeout(resolve))
    expect(replies.filter(({ id }) => id === 2)).toHaveLength(kinds.length)
  })

  it('says at once that it heard an abort, also of a question that it does not know', async () => {
    const { listen, replies, repliesTo } = serveEngine()
    listen({ id: 1, ask: 'permit', request: null })
    listen({ id: 1, abort: true })
    listen({ id: 9, abort: true })
    expect(replies).toEqual([
      { id: 1, aborted: true },
      { id: 9, aborted: true },
    ])
    expect((await repliesTo(1)).at(-1)).toEqual({ id: 1, answer: undefined })
  })
})
