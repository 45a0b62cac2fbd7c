/** Messages between engines: plain data for any channel, and each request gets an answer. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { printJson } from '../../../../engine-worker/entity/json.ts'
import type { Json } from '../../../../engine-worker/entity/value.ts'
import type { TransformReply, TransformRequest } from '../../../../engine-worker/run/engines/messages.ts'
import { EnginePool } from '../../../../engine-worker/run/engines/pool.ts'
import { serveEngine } from '../../../../engine-worker/run/engines/serve-engine.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { dtl } from '../engine.ts'
import { ticking } from '../histories.ts'

const steps: readonly Json[] = [
  ['copy', '*'],
  ['filter', ['neq', '_S.n', 0]],
  ['create', ['dict', '_id', ['concat', 'new-', '_S._id']]],
  ['add', 'exact', '_S.big'],
  ['add', 'name', ['hops', { datasets: ['codes c'], where: [['eq', '_S.n', 'c.n']], return: 'c.name' }]],
  ['fail!', 'always'],
]

/** All messages between a committing engine and another one in a run, sent as JSON text. */
async function exchangeMessages(rules: Json[], count: number) {
  const requests: TransformRequest[] = []
  const replies: TransformReply[] = []
  let serve: (request: TransformRequest) => void = () => undefined
  const pool = new EnginePool({
    always: true,
    clock: () => 0,
    ports: [
      {
        post: (request) => {
          requests.push(request)
          setImmediate(() => serve(JSON.parse(JSON.stringify(request))))
        },
        listen: (hear) => {
          serve = serveEngine(
            ticking(),
            () => 0,
            (reply) => {
              replies.push(reply)
              setImmediate(() => hear(JSON.parse(JSON.stringify(reply))))
            },
          )
        },
        close: () => undefined,
      },
    ],
  })
  await pool.started()
  const environment = ticking()
  const store = memoryStore(environment)
  const session = new Session({ store, environment, engines: pool })
  const pipe = { _id: 'p', type: 'pipe', source: { type: 'dataset', dataset: 'in' }, transform: dtl(rules) }
  session.open({ 'pipes.conf.json': printJson([pipe]) })
  const entities = Array.from({ length: count }, (_, at) => ({ _id: `${at}`, n: at % 3, big: 12345678901234567890n }))
  await store.commit({ datasets: [{ dataset: 'in', entities, populated: true }] })
  await store.commit({ datasets: [{ dataset: 'codes', entities: [{ _id: 'c', n: 1, name: 'one' }], populated: true }] })
  await session.run({ run: '1' })
  return { requests, replies }
}

it('every message is the same after it was sent as JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...steps]), fc.integer({ min: 1, max: 600 }), async (rules, count) => {
      const { requests, replies } = await exchangeMessages(rules, count)
      for (const message of [...requests, ...replies]) expect(JSON.parse(JSON.stringify(message))).toEqual(message)
    }),
    { numRuns: 15 },
  )
})

it('every chunk is answered once, every want is found, and a project is opened before its first chunk', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...steps]), fc.integer({ min: 1, max: 600 }), async (rules, count) => {
      const { requests, replies } = await exchangeMessages(rules, count)
      const chunks = requests.flatMap((request) => (request.ask === 'transform' ? [request.chunk] : []))
      const answered = replies.flatMap((reply) => (reply.is === 'done' || reply.is === 'refused' ? [reply.chunk] : []))
      expect(answered).toEqual(chunks)
      const wants = replies.flatMap((reply) => (reply.is === 'wants' ? [[reply.want, reply.addresses.length]] : []))
      const found = requests.flatMap((request) =>
        request.ask === 'found' ? [[request.want, request.lists.length]] : [],
      )
      expect(found).toEqual(wants)
      expect(replies[0]).toEqual({ is: 'ready' })
      if (chunks.length > 0) expect(requests[0]?.ask).toBe('open')
    }),
    { numRuns: 15 },
  )
})
