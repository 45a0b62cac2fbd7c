/**
 * An engine that transforms for another: its answers, its requests, and the work that it leaves to the engine with the
 * data.
 */
import { describe, expect, it } from 'vitest'
import { loadProject } from '../../../../engine-worker/config/project/project.ts'
import { openPipe } from '../../../../engine-worker/connectors/open.ts'
import { printJson } from '../../../../engine-worker/entity/json.ts'
import { readEntity } from '../../../../engine-worker/entity/transit.ts'
import type { Entity, Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import type { ChunkRequest, TransformReply, TransformRequest } from '../../../../engine-worker/run/engines/messages.ts'
import { printSent, readSent } from '../../../../engine-worker/run/engines/sent-entities.ts'
import { serveEngine } from '../../../../engine-worker/run/engines/serve-engine.ts'
import { settingsOf } from '../../../../engine-worker/run/settings.ts'
import { dtl } from '../engine.ts'
import { ticking } from '../histories.ts'

const filesOf = (steps: Json[]) => {
  const pipe: JsonObject = { _id: 'p', type: 'pipe', source: { type: 'dataset', dataset: 'in' }, transform: dtl(steps) }
  return { 'pipes.conf.json': printJson([pipe]) }
}

function fingerprintOf(files: Record<string, string>): string {
  const project = loadProject(files, {})
  const component = project.pipes.get('p')
  if (!component) throw new Error('no pipe')
  const inputs = { files, supplied: () => null, inbox: () => null, network: false, secret: () => null }
  return settingsOf(openPipe(project, component, inputs).runnable).fingerprint
}

/** An engine with one pipe open, whose look-ups find `found`. Every message is copied, as between threads. */
function serveRules(steps: Json[], found: (key: string) => readonly string[] = () => []) {
  const files = filesOf(steps)
  const replies: TransformReply[] = []
  const hears: ((reply: TransformReply) => void)[] = []
  let sendRequest: (request: TransformRequest) => void = () => undefined
  const serve = serveEngine(ticking(), clock(), (reply) => {
    const copy = structuredClone(reply)
    replies.push(copy)
    if (copy.is === 'wants')
      sendRequest({ ask: 'found', want: copy.want, lists: copy.addresses.map(([, , key]) => found(key)) })
    else if (copy.is !== 'ready') hears.shift()?.(copy)
  })
  sendRequest = (request) => serve(structuredClone(request))
  sendRequest({ ask: 'open', version: 1, files, options: {} })
  const fingerprint = fingerprintOf(files)
  let chunks = 0
  const transform = (entities: readonly Entity[], more: Partial<ChunkRequest> = {}): Promise<TransformReply> =>
    new Promise((resolve) => {
      hears.push(resolve)
      const lines = printSent([...entities])
      const chunk = chunks++
      sendRequest({
        ask: 'transform',
        chunk,
        version: 1,
        batch: 0,
        pipe: 'p',
        fingerprint,
        entities: lines,
        gone: [],
        ...more,
      })
    })
  return { transform, replies }
}

/** A clock that moves by a millisecond whenever it is read. */
function clock(): () => number {
  let now = 0
  return () => ++now
}

const hopExpression = ['hops', { datasets: ['codes c'], where: [['eq', '_S.code', 'c._id']], return: 'c.name' }]

describe('an engine that transforms', () => {
  it('says that it is ready before it is asked', () => {
    expect(serveRules([['copy', '*']]).replies).toEqual([{ is: 'ready' }])
  })

  it('answers with what came out, a line each, and how long it took', async () => {
    const { transform } = serveRules([
      ['copy', '*'],
      ['add', 'n', ['plus', '_S.n', 1]],
    ])
    const reply = await transform([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ])
    if (reply.is !== 'done') throw new Error(reply.is)
    expect(readSent(reply.entities)).toEqual([
      { _id: 'a', n: 2 },
      { _id: 'b', n: 3 },
    ])
    expect(reply).toMatchObject({ chunk: 0, results: [null, null], slots: [], busy: 1 })
  })

  it('tells apart what went out, was filtered and was created', async () => {
    const { transform } = serveRules([
      ['filter', ['neq', '_S.n', 0]],
      ['copy', '*'],
      ['create', ['dict', '_id', ['concat', 'new-', '_S._id']]],
    ])
    const reply = await transform([
      { _id: 'a', n: 0 },
      { _id: 'b', n: 1 },
    ])
    if (reply.is !== 'done') throw new Error(reply.is)
    const states = reply.results.map((result) =>
      result?.outputs.map(([origin, , text, state]) => {
        return [origin === '', text === null ? null : readEntity(text)._id, state]
      }),
    )
    expect(states).toEqual([
      [[true, 'a', 'filtered']],
      expect.arrayContaining([
        [true, 'b', 'out'],
        [false, 'new-b', 'out'],
      ]),
    ])
  })

  it('asks for entities of other datasets, and records the look-ups by dataset and index', async () => {
    const names: Readonly<Record<string, readonly string[]>> = { x: ['{"_id":"x","name":"the x"}'] }
    const { transform, replies } = serveRules(
      [
        ['copy', '_id'],
        ['add', 'name', hopExpression],
      ],
      (key) => names[key] ?? [],
    )
    const reply = await transform([
      { _id: 'a', code: 'x' },
      { _id: 'b', code: 'y' },
    ])
    if (reply.is !== 'done') throw new Error(reply.is)
    expect(replies.some(({ is }) => is === 'wants')).toBe(true)
    expect(reply.slots.map(([dataset]) => dataset)).toEqual(['codes'])
    expect(reply.joined).toEqual({ rows: 1, most: 1 })
    const texts = reply.results.flatMap((result) => result?.outputs.map(([, , text]) => text) ?? [])
    expect(texts.map((text) => readEntity(text ?? '{}'))).toMatchObject([{ _id: 'a', name: ['the x'] }, { _id: 'b' }])
    expect(reply.results.map((result) => result?.lookups)).toEqual([
      [0, 'x'],
      [0, 'y'],
    ])
  })

  it('keeps what a batch has looked up for its next chunk, not for another batch', async () => {
    const { transform, replies } = serveRules([['add', 'name', hopExpression]], () => [])
    const wantsCount = () => replies.filter(({ is }) => is === 'wants').length
    await transform([{ _id: 'a', code: 'x' }], { batch: 1 })
    await transform([{ _id: 'b', code: 'x' }], { batch: 1 })
    expect(wantsCount()).toBe(1)
    await transform([{ _id: 'b', code: 'x' }], { batch: 2 })
    expect(wantsCount()).toBe(2)
  })

  it('refuses what it does not know: another version, pipe or configuration, and broken texts', async () => {
    const { transform } = serveRules([['copy', '*']])
    for (const more of [{ version: 2 }, { pipe: 'q' }, { pipe: '__proto__' }, { fingerprint: 'x' }, { entities: '{' }])
      expect((await transform([{ _id: 'a' }], more)).is, JSON.stringify(more)).toBe('refused')
    expect((await transform([{ _id: 'a' }])).is).toBe('done')
  })

  it('refuses what needs secrets, which stay with the data', async () => {
    for (const [key, is] of [['a plain key', 'done'] as const, ['$SECRET(key)', 'refused'] as const]) {
      const { transform } = serveRules([['add', 'x', ['encrypt', key, '_S.text']]])
      expect((await transform([{ _id: 'a', text: 'b' }])).is).toBe(is)
    }
  })

  it('transforms chunks in the order in which they come', async () => {
    const { transform, replies } = serveRules([
      ['copy', '*'],
      ['add', 'name', hopExpression],
    ])
    await Promise.all(['a', 'b', 'c'].map((_id) => transform([{ _id, code: _id }])))
    expect(replies.flatMap((reply) => (reply.is === 'done' ? [reply.chunk] : []))).toEqual([0, 1, 2])
  })
})
