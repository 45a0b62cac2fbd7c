/** Sources that are not datasets: read straight through, or kept as a copy of which single entities can be read again. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutsideSource, RunContext } from '../../../../engine-worker/connectors/runtime.ts'
import { makeContext } from '../../../../engine-worker/dtl/context.ts'
import type { Entity, Json } from '../../../../engine-worker/entity/value.ts'
import {
  copyReader,
  materializeSource,
  outsideReader,
  sourceCopy,
} from '../../../../engine-worker/run/sources/outside.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { ticking } from '../histories.ts'

const environment = ticking()
const runContext: RunContext = {
  pipe: 'p',
  environment,
  context: makeContext({ environment }),
  at: () => undefined,
  signal: new AbortController().signal,
  pause: async () => undefined,
  fetch: null,
}

/** A source of these batches; records the positions from which it is read. */
function sourceOf(batches: readonly (readonly Entity[])[], since: OutsideSource['since'] = null, whole = true) {
  const asked: unknown[] = []
  const source: OutsideSource = {
    reads: 'outside',
    config: {},
    since,
    whole,
    async *read(request) {
      asked.push(request.since)
      yield* batches
    },
  }
  return { source, asked }
}

/** All batches of changes from a position on. */
async function changesOf(reader: ReturnType<typeof outsideReader>, position: Json | null = null) {
  const all = []
  for await (const batch of reader.changes(position)) all.push(batch)
  return all
}

describe('a source that is read straight through', () => {
  it('gives its entities with their _id as key, or their place where they have none', async () => {
    const { source } = sourceOf([[{ _id: 'a' }, { n: 1 }], [{ _id: 'b' }]])
    const batches = await changesOf(outsideReader(source, runContext, true, 10))
    expect(batches.flatMap(({ items }) => items.map(({ key, order }) => [key, order]))).toEqual([
      ['a', 0],
      ['#1', 1],
      ['b', 2],
    ])
    expect(batches.map(({ position }) => position)).toEqual([null, null, {}])
  })

  it('is not read when it is not wanted', async () => {
    const { source, asked } = sourceOf([[{ _id: 'a' }]])
    const reader = outsideReader(source, runContext, false, 10)
    expect(await reader.idle(null)).toBe(true)
    expect(await changesOf(reader)).toEqual([])
    expect(asked).toEqual([])
  })

  it('keeps its position after each batch where it is chronological, and at the end where it is the greatest', async () => {
    const batches = [
      [
        { _id: 'a', _updated: 2 },
        { _id: 'b', _updated: 5 },
      ],
      [{ _id: 'c', _updated: 4 }],
    ]
    const positions = async (since: OutsideSource['since']) => {
      const { source, asked } = sourceOf(batches, since)
      const changes = await changesOf(outsideReader(source, runContext, true, 10), { since: 1 })
      expect(asked).toEqual([1])
      return changes.map(({ position }) => position)
    }
    expect(await positions('chronological')).toEqual([{ since: 5 }, { since: 4 }, { since: 4 }])
    expect(await positions('max')).toEqual([null, null, { since: 5 }])
  })
})

const ids = ['a', 'b', 'c']
const entities = fc
  .uniqueArray(fc.record({ _id: fc.constantFrom(...ids), v: fc.integer({ min: 0, max: 2 }) }), {
    selector: ({ _id }) => _id,
  })
  .map((all) => all.map(({ _id, v }): Entity => ({ _id, v: BigInt(v) })))

describe('a source that is kept as a copy', () => {
  it('has in the copy what the last full read had, and what is missing from it is gone silently', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entities, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        async (reads, size) => {
          const store = new IndexedStore(memoryStore(ticking()))
          const copy = { dataset: sourceCopy('p'), store, copied: (all: readonly Entity[]) => all }
          const ever = new Set<string>()
          for (const read of reads) {
            for (const { _id } of read) ever.add(String(_id))
            const batches: Entity[][] = []
            for (let at = 0; at < read.length; at += size) batches.push(read.slice(at, at + size))
            await materializeSource(sourceOf(batches).source, copy, runContext, null)
          }
          const reader = copyReader('p', store, 10)
          const items = (await changesOf(reader)).flatMap((batch) => batch.items)
          const last = reads.at(-1) ?? []
          const state = (key: string) => items.find((item) => item.key === key)
          for (const entity of last) {
            expect(state(String(entity._id))?.entity).toMatchObject({ ...entity })
            expect(state(String(entity._id))?.gone).toBeUndefined()
          }
          for (const id of ever) if (!last.some(({ _id }) => _id === id)) expect(state(id)?.gone).toBe('silently')
          expect(new Set(items.map(({ key }) => key))).toEqual(ever)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('gives single entities again as they came, without the _id that the copy gave them', async () => {
    const store = new IndexedStore(memoryStore(ticking()))
    const copy = { dataset: sourceCopy('p'), store, copied: (all: readonly Entity[]) => all }
    await materializeSource(sourceOf([[{ _id: 'a', v: 'x' }, { v: 'y' }]]).source, copy, runContext, null)
    const [a, other] = await copyReader('p', store, 10).fetch(['a', '#1'])
    expect(a?.entity).toMatchObject({ _id: 'a', v: 'x' })
    expect(other?.entity).toMatchObject({ v: 'y' })
    expect(other?.entity).not.toHaveProperty('_id')
  })

  it('keeps what an incremental read does not have', async () => {
    const store = new IndexedStore(memoryStore(ticking()))
    const copy = { dataset: sourceCopy('p'), store, copied: (all: readonly Entity[]) => all }
    const first = sourceOf(
      [
        [
          { _id: 'a', _updated: 1 },
          { _id: 'b', _updated: 2 },
        ],
      ],
      'chronological',
    )
    const position = await materializeSource(first.source, copy, runContext, null)
    const later = sourceOf([[{ _id: 'c', _updated: 3 }]], 'chronological')
    expect(await materializeSource(later.source, copy, runContext, position)).toEqual({ since: 3 })
    expect(later.asked).toEqual([2])
    const items = (await changesOf(copyReader('p', store, 10))).flatMap((batch) => batch.items)
    expect(items.filter(({ gone }) => gone !== undefined)).toEqual([])
    expect(items.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  })
})
