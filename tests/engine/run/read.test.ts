/** The reader for a pipe's source: which one is used, and when it is replaced. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { Lookups, PipeRunContext } from '../../../engine-worker/run/context.ts'
import { materializesSource, openReader } from '../../../engine-worker/run/read.ts'
import { Components } from '../../../engine-worker/run/sources/components.ts'
import { IndexedStore } from '../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { opened } from '../connectors/open.ts'
import { dtl, engine, of } from './engine.ts'
import { ticking } from './histories.ts'

const merge = {
  type: 'merge',
  version: 2,
  identity: 'first',
  datasets: ['a a', 'b b'],
  equality: [['eq', 'a.k', 'b.k']],
}
const hops = (more: JsonObject = {}) =>
  dtl([['add', 'v', ['hops', { datasets: ['look l'], where: [['eq', '_S._id', 'l._id']], ...more }]]])
const embedded = { type: 'embedded', entities: [{ _id: '1' }] }

async function readers() {
  const environment = ticking()
  const store = new IndexedStore(memoryStore(environment))
  const components = () => Components.load(store.store, 'merge/p/', store.seed)
  const openWith = (pipe: ReturnType<typeof opened>, known: Components, wanted = true) => {
    const running = new PipeRunContext(pipe, environment, new Lookups(store, null), new AbortController().signal, null)
    return openReader(pipe, { store, components: known, running, batch: 10, wanted, heldBack: async () => null })
  }
  return { components, open: openWith }
}

describe('the reader of a source', () => {
  it('reads the datasets that the source names, as a whole where everything can be read again', async () => {
    const { components, open } = await readers()
    const known = await components()
    const datasetsOf = (source: JsonObject) => open(opened({ pipe: { source } }), known).datasets
    expect(datasetsOf({ type: 'dataset', dataset: 'in' })).toEqual(['in'])
    expect(datasetsOf({ type: 'union_datasets', datasets: ['x', 'y'] })).toEqual(['x', 'y'])
    expect(datasetsOf({ type: 'merge_datasets', datasets: ['x', 'y'] })).toEqual(['x', 'y'])
    expect(datasetsOf(merge)).toEqual(['a', 'b'])
    expect(datasetsOf(embedded)).toEqual([])
  })

  it('of a merge lives as long as what is remembered of the pipe, and its configuration', async () => {
    const { components, open } = await readers()
    const known = await components()
    const pipe = opened({ pipe: { source: merge } })
    const first = open(pipe, known)
    expect(open(pipe, known)).toBe(first)
    expect(open(opened({ pipe: { source: merge } }), known)).not.toBe(first)
    expect(open(pipe, await components())).not.toBe(first)
  })

  it('gives nothing of a source outside that is not wanted this time', async () => {
    const { components, open } = await readers()
    const known = await components()
    const pipe = opened({ pipe: { source: embedded } })
    const count = async (wanted: boolean) => {
      let items = 0
      for await (const batch of open(pipe, known, wanted).changes(null)) items += batch.items.length
      return items
    }
    expect([await count(true), await count(false)]).toEqual([1, 0])
  })
})

describe('what a source outside gives', () => {
  it('is kept where single entities of it may have to be processed again', () => {
    const isMaterialized = (pipe: JsonObject) => materializesSource(opened({ pipe }))
    expect(isMaterialized({ source: embedded, transform: hops() })).toBe(true)
    expect(isMaterialized({ source: embedded, transform: hops({ 'track-dependencies': false }) })).toBe(false)
    expect(isMaterialized({ source: embedded })).toBe(false)
    expect(isMaterialized({ source: { type: 'dataset', dataset: 'in' }, transform: hops() })).toBe(false)
  })
})

describe('the limit of a merge', () => {
  it('is that of the source, otherwise that of the node', async () => {
    const outcome = async (own: JsonObject, node: JsonObject) => {
      const source = { ...merge, datasets: ['a a', 'b b'], ...own }
      const { put, run } = engine([{ _id: 'p', source }], { metadata: { global_defaults: node } })
      await put('a', [{ _id: '1', k: 'x' }])
      await put('b', [
        { _id: '2', k: 'x' },
        { _id: '3', k: 'x' },
      ])
      return of(await run(), 'p').state
    }
    expect(await outcome({}, {})).toBe('done')
    expect(await outcome({ max_merged: 2 }, {})).toBe('failed')
    expect(await outcome({}, { max_merged: 2 })).toBe('failed')
    expect(await outcome({ max_merged: 3 }, { max_merged: 2 })).toBe('done')
  })
})
