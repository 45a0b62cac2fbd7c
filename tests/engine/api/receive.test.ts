/** Files of entities of any size, read piece by piece. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventOf } from '../../../engine-worker/api/list.ts'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'

const files = {
  'pipes/inbox.conf.json': JSON.stringify({ _id: 'inbox', type: 'pipe', source: { type: 'http_endpoint' } }),
}

async function openEngine() {
  const engine = testEngine(memoryPlatform())
  await engine.open({ project: 'p', files })
  const ids = async () => {
    await engine.run({ run: 'r', pipes: ['inbox'] })
    const { rows } = await engine.rows({ dataset: 'inbox', from: 0, count: 100 })
    return rows.map((row) => JSON.parse(row)._id).sort()
  }
  return { engine, ids }
}

/** A file that is read in these pieces; with `fails`, reading fails after them. */
function fileOf(pieces: readonly Uint8Array[], fails = false) {
  const stream = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece)
        if (fails) controller.error(new Error('it was moved'))
        else controller.close()
      },
    })
  return { size: pieces.reduce((sum, { length }) => sum + length, 0), stream } as unknown as Blob & { size: number }
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('a file for a source', () => {
  it('is the same whatever pieces it comes in, also where they cut letters in two', async () => {
    const lines = ['ø', 'å"', '\ud83d\ude00', 'x'].map((_id) => JSON.stringify({ _id })).join('\n')
    const bytes = bytesOf(lines)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 })), async (cuts) => {
        const { engine, ids } = await openEngine()
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const pieces = places.slice(1).map((end, at) => bytes.slice(places[at], end))
        const result = await engine.receive({ pipe: 'inbox', name: 'all.ndjson', file: fileOf(pieces) })
        expect(result).toMatchObject({ entities: 4, problems: [], skipped: 0 })
        expect(await ids()).toEqual(['x', 'å"', 'ø', '\ud83d\ude00'])
      }),
      { numRuns: 15 },
    )
  })

  it('takes the place of what was there before, when it is stored as a whole', async () => {
    const { engine, ids } = await openEngine()
    await engine.supply({ pipe: 'inbox', name: 'old.json', text: '[{"_id":"old"}]' })
    const events: EventOf<'receive'>[] = []
    const file = fileOf([bytesOf('[{"_id":"a"},'), bytesOf('{"_id":"b"}]')])
    await engine.receive({ pipe: 'inbox', name: 'new.json', file }, (event) => events.push(event))
    expect(await ids()).toEqual(['a', 'b'])
    for (const { share } of events) expect(share).toBeLessThanOrEqual(1)
  })

  it('that is not UTF-8, or cannot be read to its end, is refused; what was there before stays', async () => {
    const { engine, ids } = await openEngine()
    await engine.supply({ pipe: 'inbox', name: 'old.json', text: '[{"_id":"old"}]' })
    const broken = await engine.receive({
      pipe: 'inbox',
      name: 'b.json',
      file: fileOf([new Uint8Array([91, 255, 254])]),
    })
    expect(broken).toMatchObject({ entities: 0, problems: [{ code: 'supplied-not-utf8', where: { file: 'b.json' } }] })
    const cut = await engine.receive({ pipe: 'inbox', name: 'c.json', file: fileOf([bytesOf('[{"_id":"a"},')], true) })
    expect(cut).toMatchObject({ entities: 0, problems: [{ code: 'supplied-unreadable' }] })
    expect(await ids()).toEqual(['old'])
  })

  it('names rows that cannot be read, and takes the others', async () => {
    const { engine, ids } = await openEngine()
    const text = '{"_id":"a"}\n{"_id":\n{"_id":"c"}\n'
    const { entities, skipped, problems } = await engine.receive({
      pipe: 'inbox',
      name: 'rows.ndjson',
      file: fileOf([bytesOf(text)]),
    })
    expect([entities, skipped]).toEqual([2, 1])
    expect(problems).toHaveLength(1)
    expect(await ids()).toEqual(['a', 'c'])
  })
})
