/** Several engines with one committer: the same results in the same order as with one engine, in any timing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Cancelled } from '../../../../engine-worker/run/context.ts'
import type {
  ChunkRequest,
  EnginePort,
  TransformReply,
  TransformRequest,
} from '../../../../engine-worker/run/engines/messages.ts'
import { EnginePool } from '../../../../engine-worker/run/engines/pool.ts'
import { printSent, readSent } from '../../../../engine-worker/run/engines/sent-entities.ts'
import { partFailed } from '../../../../engine-worker/run/problems.ts'
import type { SourceRecord } from '../../../../engine-worker/run/sources/item.ts'
import { Tracking } from '../../../../engine-worker/run/tracking.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { ticking } from '../histories.ts'

type Answer = (chunk: ChunkRequest) => TransformReply | null

/** An engine that returns each entity with `by` after some turns of the event loop. */
const echoAnswer =
  (by: string): Answer =>
  ({ chunk, entities }) => ({
    is: 'done',
    chunk,
    results: readSent(entities).map(() => null),
    entities: printSent(readSent(entities).map((entity) => ({ ...entity, by }))),
    slots: [],
    joined: { rows: 2, most: 1 },
    busy: 3,
  })
const refusingAnswer: Answer = ({ chunk }) => ({ is: 'refused', chunk })
const noAnswer: Answer = () => null

/** A port whose engine answers with `answer`; `turns` before each answer. It is ready at once unless it is said. */
function port(answer: Answer, { ready = true, turns = 1 } = {}) {
  const asked: TransformRequest[] = []
  let endEngine: () => void = () => undefined
  let closed = false
  const engine: EnginePort = {
    post: (request) => {
      asked.push(structuredClone(request))
      if (request.ask === 'transform') void answerLater(request)
    },
    listen: (reply, ended) => {
      endEngine = ended
      replyTo = reply
      if (ready) queueMicrotask(() => reply({ is: 'ready' }))
    },
    close: () => {
      closed = true
    },
  }
  let replyTo: (reply: TransformReply) => void = () => undefined
  const answerLater = async (request: ChunkRequest) => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    const reply = answer(request)
    if (reply) replyTo(structuredClone(reply))
  }
  return {
    engine,
    asked,
    end: () => endEngine(),
    tell: (reply: TransformReply) => replyTo(reply),
    closed: () => closed,
  }
}

const itemsOf = (count: number): SourceRecord[] =>
  Array.from({ length: count }, (_, order) => ({ key: `${order}`, entity: { _id: `${order}` }, order }))

/** What a run asks the pool for; entities that are transformed in this thread are by `here`. */
async function job(items: readonly SourceRecord[], signal = new AbortController().signal) {
  const store = new IndexedStore(memoryStore(ticking()))
  return {
    pipe: 'p',
    fingerprint: 'f',
    items,
    stages: 1,
    indexes: [],
    store,
    tracking: await Tracking.load(store.store, 'p', 0),
    joined: { rows: 0, most: 0 },
    signal,
    here: async (part: readonly SourceRecord[]) =>
      part.map((item) => ({
        item,
        outputs: [{ origin: '', stage: 1, entity: { ...item.entity, by: 'here' }, state: 'out' as const }],
        lookups: [],
        problem: null,
      })),
  }
}

const poolOf = (ports: readonly EnginePort[], always = true) => {
  const pool = new EnginePool({ ports, clock: () => 0, always })
  pool.open({ 'pipes.conf.json': '[]', 'testdata/p.json': '[1]' }, { secrets: {} })
  return pool
}

const summary = (results: Awaited<ReturnType<EnginePool['transform']>>) => ({
  ids: results.map(({ outputs }) => outputs[0]?.entity?._id),
  by: [...new Set(results.map(({ outputs }) => outputs[0]?.entity?.by))],
})

describe('a pool of engines', () => {
  it('gives results in the order of the entities, from whatever engines, however late each answers', async () => {
    const behaviour = fc.record({
      answer: fc.constantFrom(echoAnswer('other'), refusingAnswer),
      turns: fc.nat(9),
      ready: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour, { maxLength: 3 }), fc.nat(1200), async (engines, count) => {
        const pool = poolOf(engines.map(({ answer, ...more }) => port(answer, more).engine))
        const items = itemsOf(count)
        const results = await pool.transform(await job(items))
        expect(results.map(({ item }) => item)).toEqual(items)
        expect(summary(results).ids).toEqual(items.map(({ key }) => key))
      }),
      { numRuns: 30 },
    )
  })

  it('alone does everything here', async () => {
    const pool = poolOf([])
    await pool.started()
    expect(pool.size).toBe(1)
    expect(summary(await pool.transform(await job(itemsOf(300)))).by).toEqual(['here'])
    expect(await pool.transform(await job([]))).toEqual([])
  })

  it('adds up what engines have done and found', async () => {
    const other = port(echoAnswer('other'))
    const pool = poolOf([other.engine])
    await pool.started()
    const asked = await job(itemsOf(500))
    expect(summary(await pool.transform(asked)).by).toEqual(['other'])
    expect(pool.use()).toEqual([0, 6])
    expect(asked.joined).toEqual({ rows: 4, most: 1 })
  })

  it('opens a project on an engine once while it stays the same, without its data and secrets', async () => {
    const other = port(echoAnswer('other'))
    const pool = poolOf([other.engine])
    pool.open(
      { 'pipes.conf.json': '[]', 'testdata/p.json': '[1]', 'expected/p.json': '[]' },
      { secrets: { key: 'hush' } },
    )
    await pool.started()
    await pool.transform(await job(itemsOf(600)))
    const opens = other.asked.filter(({ ask }) => ask === 'open')
    expect(opens).toEqual([{ ask: 'open', version: 1, files: { 'pipes.conf.json': '[]' }, options: {} }])
    expect(JSON.stringify(other.asked)).not.toContain('hush')
    pool.open({ 'pipes.conf.json': '[{}]' }, {})
    await pool.transform(await job(itemsOf(1)))
    expect(other.asked.filter(({ ask }) => ask === 'open')).toHaveLength(2)
  })

  it('finds out with a chunk here and one there whether it pays to send', async () => {
    const other = port(echoAnswer('other'))
    const pool = poolOf([other.engine], false)
    await pool.started()
    const { by } = summary(await pool.transform(await job(itemsOf(750))))
    expect(by).toEqual(['here', 'other'])
    // A clock that stands still finds no gain.
    const before = other.asked.length
    expect(summary(await pool.transform(await job(itemsOf(750)))).by).toEqual(['here'])
    expect(other.asked).toHaveLength(before)
  })

  it('makes small chunks of what takes long, and leaves no engine with more than its share of the rest', async () => {
    // Each entity takes a millisecond here, and sending takes no time.
    let now = 0
    const sizes: number[] = []
    const held: number[] = []
    const slow = port(noAnswer)
    const pool = new EnginePool({ ports: [slow.engine], clock: () => now })
    pool.open({}, {})
    await pool.started()
    const asked = await job(itemsOf(400))
    const transformHere = async (part: readonly SourceRecord[]) => {
      sizes.push(part.length)
      held.push(slow.asked.filter(({ ask }) => ask === 'transform').length)
      now += part.length
      return asked.here(part)
    }
    const work = pool.transform({ ...asked, here: transformHere })
    await new Promise((resolve) => setImmediate(resolve))
    slow.end()
    await work
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20)
    // The chunk that measures the cost of sending has not come back.
    expect(Math.max(...held)).toBe(1)
  })

  it('tries again after a while to send what seemed not worth it', async () => {
    let now = 0
    const other = port(echoAnswer('other'), { turns: 0 })
    const engine: EnginePort = {
      ...other.engine,
      post: (request) => {
        // The first chunk is sent at a busy moment.
        if (request.ask === 'transform' && other.asked.length < 2) now += 40
        other.engine.post(request)
      },
    }
    const pool = new EnginePool({ ports: [engine], clock: () => now })
    pool.open({}, {})
    await pool.started()
    const asked = await job(itemsOf(2000))
    const transformHere = async (part: readonly SourceRecord[]) => {
      now += part.length
      await new Promise((resolve) => setImmediate(resolve))
      return asked.here(part)
    }
    await pool.transform({ ...asked, here: transformHere })
    expect(other.asked.filter(({ ask }) => ask === 'transform').length).toBeGreaterThan(2)
  })

  it('does here what an engine had when it ended, or refuses', async () => {
    const ending = port(noAnswer)
    const pool = poolOf([ending.engine, port(refusingAnswer).engine])
    await pool.started()
    const work = pool.transform(await job(itemsOf(1500)))
    await Promise.resolve()
    ending.end()
    expect(summary(await work)).toEqual({ ids: itemsOf(1500).map(({ key }) => key), by: ['here'] })
  })

  it('does here what an engine refuses while this thread is busy with the last chunk', async () => {
    const other = port(refusingAnswer, { ready: false })
    const pool = poolOf([other.engine])
    const asked = await job(itemsOf(500))
    let releaseWork: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      releaseWork = resolve
    })
    const transformHere = async (part: readonly SourceRecord[]) => {
      if (part[0]?.key === '0') await held
      return asked.here(part)
    }
    const done = pool.transform({ ...asked, here: transformHere })
    other.tell({ is: 'ready' })
    await new Promise((resolve) => setImmediate(resolve))
    releaseWork()
    expect(summary(await done).by).toEqual(['here'])
  })

  it('has a problem told by the engine that knows the secrets to be masked', async () => {
    const failingAnswer: Answer = ({ chunk, entities }) => ({
      ...(echoAnswer('other')({ chunk, entities } as ChunkRequest) as Extract<TransformReply, { is: 'done' }>),
      results: readSent(entities).map(() => ({
        outputs: [],
        lookups: [],
        problem: partFailed({ pipe: 'p', reason: 'hush' }),
      })),
    })
    for (const [secrets, by] of [[{}, [undefined]] as const, [{ key: 'hush' }, ['here']] as const]) {
      const pool = poolOf([port(failingAnswer).engine])
      pool.open({}, { secrets })
      await pool.started()
      expect(summary(await pool.transform(await job(itemsOf(3)))).by).toEqual(by)
    }
  })

  it('ends at once when the run is cancelled, whatever the engines do', async () => {
    const pool = poolOf([port(noAnswer).engine])
    await pool.started()
    const abort = new AbortController()
    const work = pool.transform(await job(itemsOf(600), abort.signal))
    abort.abort()
    await expect(work).rejects.toBeInstanceOf(Cancelled)
    await expect(pool.transform(await job(itemsOf(1), AbortSignal.abort()))).rejects.toBeInstanceOf(Cancelled)
  })

  it('tells a failure of this thread, and goes on with the next batch', async () => {
    const pool = poolOf([])
    const failing = { ...(await job(itemsOf(2))), here: () => Promise.reject(new Error('no')) }
    await expect(pool.transform(failing)).rejects.toThrow('no')
    expect(await pool.transform(await job(itemsOf(2)))).toHaveLength(2)
  })

  it('is there when every engine is ready or has ended', async () => {
    const [slow, never] = [port(noAnswer, { ready: false }), port(noAnswer, { ready: false })]
    const pool = poolOf([slow.engine, never.engine])
    let isThere = false
    const started = pool.started().then(() => {
      isThere = true
    })
    slow.tell({ is: 'ready' })
    await Promise.resolve()
    expect(isThere).toBe(false)
    never.end()
    await started
    expect(isThere).toBe(true)
  })

  it('closes its engines', () => {
    const other = port(noAnswer)
    poolOf([other.engine]).close()
    expect(other.closed()).toBe(true)
  })
})
