/**
 * Stores of earlier versions open without loss: each version of each entity, each state, and the positions and tracking
 * data of pipes, so that runs continue where they were. tests/corpus/stores/write.mjs makes the fixtures.
 */
import 'fake-indexeddb/auto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { AnswerOf } from '../../../engine-worker/api/list.ts'
import { printEntity } from '../../../engine-worker/entity/transit.ts'
import { fileSegments } from '../../../engine-worker/node/storage/file-segments.ts'
import { deleteStore, openStore } from '../../../engine-worker/storage/indexeddb/store.ts'
import { openSegmentStore } from '../../../engine-worker/storage/log/segment-store.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { files, later, oneMoreOrder, project } from '../../corpus/stores/project.mjs'
import { emptyFolder } from '../../support/command.ts'
import { testEngine } from '../../support/engine.ts'
import { ticking } from '../run/histories.ts'

type Counts = Readonly<Record<string, Readonly<Record<string, number | string>>>>

interface Fixture {
  readonly databases?: readonly {
    readonly name: string
    readonly version: number
    readonly stores: readonly {
      readonly table: string
      readonly keyPath: string | null
      readonly records: readonly { readonly key: string; readonly value: unknown }[]
    }[]
  }[]
  /** Base64 of the file. */
  readonly journal?: string
  /** All versions of all entities, by dataset. */
  readonly datasets: Readonly<Record<string, readonly string[]>>
  readonly states: Readonly<Record<string, unknown>>
  /** The next reads and writes of each pipe: without a change, and with one more order. */
  readonly unchanged: Counts
  readonly oneMore: Counts
}

const classes = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array, ArrayBuffer }

/** Records out of their JSON. */
function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded)
  if (typeof value !== 'object' || value === null) return value
  const { $class, base64, $bigint }: { $class?: keyof typeof classes; base64?: string; $bigint?: string } = value
  if ($bigint !== undefined) return BigInt($bigint)
  if ($class !== undefined) {
    const { buffer } = Uint8Array.from(Buffer.from(base64 ?? '', 'base64'))
    return $class === 'ArrayBuffer' ? buffer : new classes[$class](buffer)
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, decoded(member)]))
}

function fixture(name: string): Fixture {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../corpus/stores', `${name}.json`), 'utf8'))
}

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error)
  })
}

async function restoreDatabases({ databases = [] }: Fixture): Promise<void> {
  for (const { name, version, stores } of databases) {
    const opening = indexedDB.open(name, version)
    opening.onupgradeneeded = () => {
      for (const { table, keyPath } of stores)
        opening.result.createObjectStore(table, keyPath === null ? {} : { keyPath })
    }
    const database = await request(opening)
    for (const { table, keyPath, records } of stores) {
      const store = database.transaction(table, 'readwrite').objectStore(table)
      for (const { key, value } of records)
        await request(keyPath === null ? store.put(decoded(value), key) : store.put(decoded(value)))
    }
    database.close()
  }
}

type Environment = ReturnType<typeof ticking>

/** The formats, and how a store that is kept in one is opened. */
const formats: Readonly<
  Record<string, (given: Fixture) => Promise<(environment: Environment) => Promise<DatasetStore>>>
> = {
  'indexeddb-1': async (given) => {
    await restoreDatabases(given)
    return (environment) => openStore({ project, environment, lock: null })
  },
  'journal-1': async ({ journal = '' }) => {
    const folder = join(emptyFolder(), 'data')
    mkdirSync(folder)
    writeFileSync(join(folder, 'journal'), Buffer.from(journal, 'base64'))
    return (environment) => openSegmentStore(fileSegments(folder), { project, environment }, () => undefined)
  },
}

function countsOf({ pipes }: AnswerOf<'run'>, wanted: Counts): Counts {
  return Object.fromEntries(
    pipes.map((progress) => [
      progress.pipe,
      Object.fromEntries(
        Object.keys(wanted[progress.pipe] ?? {}).map((key) => [key, Reflect.get(progress, key) as number | string]),
      ),
    ]),
  )
}

describe.each(Object.entries(formats))('a store in the format %s', (name, restore) => {
  afterEach(() => deleteStore(project))

  async function openFixture() {
    const given = fixture(name)
    const open = await restore(given)
    // The clock goes on where that version had it.
    const base = ticking()
    const environment = { ...base, now: () => base.now() + 100_000_000_000n }
    let store: DatasetStore | null = null
    const engine = testEngine({
      environment,
      fetch: null,
      openStore: async () => {
        store = await open(environment)
        return store
      },
      deleteStore: async () => undefined,
    })
    await engine.open({ project, files: { ...files, ...later } })
    if (store === null) throw new Error('the engine opened no store')
    return { given, engine, store: store as DatasetStore, open, environment }
  }

  it('has every version of every entity and every state', async () => {
    const { given, store } = await openFixture()
    const found: Record<string, string[]> = {}
    for (const { name: dataset } of await store.list()) {
      found[dataset] = []
      for await (const batch of store.scan(dataset, { history: true }))
        found[dataset].push(...batch.map((each) => printEntity(each)))
    }
    // Execution logs have had another name.
    const expected = Object.entries(given.datasets).map(([dataset, versions]) => [
      dataset.replace(/^system:pump:/, 'system:pump_execution:'),
      versions,
    ])
    expect(found).toEqual(Object.fromEntries(expected))
    const states: Record<string, unknown> = {}
    for await (const { key, value } of store.states('')) states[key] = value
    expect(states).toEqual(decoded(given.states))
    await store.close()
  })

  it('runs on from where it was', async () => {
    const { given, engine, store } = await openFixture()
    expect(countsOf(await engine.run({ run: '3' }), given.unchanged)).toEqual(given.unchanged)
    await engine.push({ pipe: 'orders', text: oneMoreOrder })
    expect(countsOf(await engine.run({ run: '4' }), given.oneMore)).toEqual(given.oneMore)
    expect((await store.lookup('joined', ['p1']))[0]?.orders).toHaveLength(3)
    await store.close()
  })

  it('opens again after it was written to', async () => {
    const { engine, store, open, environment } = await openFixture()
    await engine.run({ run: '3' })
    const before = (await store.list()).map(({ name: dataset, versions, live }) => ({ dataset, versions, live }))
    await store.close()
    const again = await open(environment)
    expect((await again.list()).map(({ name: dataset, versions, live }) => ({ dataset, versions, live }))).toEqual(
      before,
    )
    await again.close()
  })
})
