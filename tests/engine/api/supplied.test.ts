/** Supplied data can be removed, for any project and any number of pipes. */
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { testEngine } from '../../support/engine.ts'
import { environment } from '../dtl/corpus.ts'

const files = {
  'pipes/in.conf.json': JSON.stringify({ _id: 'in', type: 'pipe', source: { type: 'json', system: 's', url: 'x' } }),
  'pipes/rows.conf.json': JSON.stringify({ _id: 'rows', type: 'pipe', source: { type: 'http_endpoint' } }),
}
const lines = Array.from({ length: 50 }, (_, n) => `{"_id":"${n}","n":${n}}\n`).join('')

async function openSupplied() {
  const stores = new Map<string, DatasetStore>()
  const around = environment()
  const engine = testEngine({
    environment: around,
    fetch: null,
    openStore: async (project) => {
      const store = stores.get(project) ?? Object.assign(memoryStore(around), { close: async () => undefined })
      stores.set(project, store)
      return store
    },
    deleteStore: async (project) => void stores.delete(project),
  })
  await engine.open({ project: 'first', files })
  await engine.supply({ pipe: 'in', name: 'in.json', text: '[{"_id":"a"}]' })
  await engine.receive({ pipe: 'rows', name: 'rows.ndjson', file: new Blob([lines]) })
  return engine
}

const expectedAnswer = {
  given: [
    { pipe: 'in', name: 'in.json', text: '[{"_id":"a"}]' },
    { pipe: 'rows', name: 'rows.ndjson', text: lines },
  ],
  leftOut: [],
}

describe('supplied data', () => {
  it('of the open project comes out as it was given, what was read in pieces too', async () => {
    const engine = await openSupplied()
    expect(await engine.supplied({ project: 'first', most: 10_000 })).toEqual(expectedAnswer)
  })

  it('of a project that is not open comes out as well, and the open one stays open', async () => {
    const engine = await openSupplied()
    await engine.open({ project: 'second', files: {} })
    expect(await engine.supplied({ project: 'first', most: 10_000 })).toEqual(expectedAnswer)
    expect(await engine.supplied({ project: 'second', most: 10_000 })).toEqual({ given: [], leftOut: [] })
  })

  it('that is too much is left out whole, and named', async () => {
    const engine = await openSupplied()
    const { given, leftOut } = await engine.supplied({ project: 'first', most: 100 })
    expect(given.map(({ pipe }) => pipe)).toEqual(['in'])
    expect(leftOut).toEqual(['rows'])
  })
})
