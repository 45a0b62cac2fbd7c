/**
 * Writes what an earlier version of the engine stored, as a fixture for tests/engine/storage/earlier-versions.test.ts:
 *   npx tsx tests/corpus/stores/write.mjs indexeddb-1 CHECKOUT   (a checkout of commit f40c548)
 *   npx tsx tests/corpus/stores/write.mjs journal-1 CHECKOUT     (a checkout of commit 783552a)
 * The checkout needs node_modules. The result stands beside this file: the stored records, what that version read from
 * them, and how many entities each pipe read and wrote when that version went on with them.
 */
import 'fake-indexeddb/auto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { files, later, oneMoreOrder, orders, project } from './project.mjs'

const [, , name = '', checkout = '.'] = process.argv
const load = (path) => import(join(resolve(checkout), 'engine-worker', path))

const inboxPrefix = 'system:inbox:'
const limits = { versions: 4, characters: 2000, merge: 3 }

/** How each version opens a store, and how its records are read out. */
const versions = {
  'indexeddb-1': async () => {
    const { openStore } = await load('datasets/indexeddb.ts')
    const open = (surroundings) => openStore({ project, surroundings, lock: null, limits })
    return { open, keep: async () => ({ databases: await dumpDatabases() }), copied: async () => open }
  },
  'journal-1': async () => {
    const { fileSegments } = await load('node/storage/file-segments.ts')
    const { openSegmentStore } = await load('storage/segment-store.ts')
    const here = mkdtempSync(join(tmpdir(), 'store-'))
    const at = (folder) => (surroundings) => openSegmentStore(fileSegments(folder), { project, surroundings, limits }, () => {})
    const copied = async () => {
      const other = mkdtempSync(join(tmpdir(), 'store-'))
      cpSync(here, other, { recursive: true })
      return at(other)
    }
    const keep = async () => {
      const journal = readFileSync(join(here, 'journal')).toString('base64')
      process.on('exit', () => rmSync(here, { recursive: true }))
      return { journal }
    }
    return { open: at(here), keep, copied }
  },
}

const { Session } = await load('run/session.ts')
const { printEntity } = await load('entity/transit.ts')
const inbox = await load('run/inbox.ts')

/** Takes in entities for the source of a pipe. */
async function receive(session, pipe, text, append) {
  const options = { append, file: 'orders.ndjson' }
  if (session.receive) await session.receive(pipe, [text], options)
  else await inbox.receive(session.runner.store, pipe, [text], options)
  session.setInbox(pipe, true)
}

/** A clock that moves by a microsecond whenever it is read, from `start` on, and no randomness. */
function clock(start) {
  let now = start
  return { now: () => (now += 1000n), random: () => 0.5, randomBytes: (length) => new Uint8Array(length) }
}

async function sessionOn(store, surroundings, given) {
  // `environment` is the later name.
  const session = new Session({ store, surroundings, environment: surroundings, fetch: null, followConfiguration: true })
  session.open(given)
  for (const { name } of await store.list()) if (name.startsWith(inboxPrefix)) session.setInbox(name.slice(inboxPrefix.length), true)
  return session
}

const countsOf = ({ pipes }) =>
  Object.fromEntries(
    pipes.map(({ pipe, state, read, written, deleted, unchanged, reprocessed }) => [
      pipe,
      { state, read, written, deleted, unchanged, reprocessed },
    ]),
  )

async function contentOf(store) {
  const datasets = {}
  for (const { name } of await store.list()) {
    const versions = []
    for await (const batch of store.scan(name, { history: true })) versions.push(...batch.map((each) => printEntity(each)))
    datasets[name] = versions
  }
  const states = {}
  for await (const { key, value } of store.states('')) states[key] = value instanceof Uint8Array ? encoded(value) : value
  return { datasets, states }
}

/** Records as JSON: typed arrays and buffers become base64 with the name of their class. */
function encoded(value) {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return { $class: value.constructor.name, base64: bytes.toString('base64') }
  }
  if (value instanceof ArrayBuffer) return { $class: 'ArrayBuffer', base64: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(encoded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, encoded(member)]))
}

const request = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error)
  })

async function dumpDatabases() {
  const found = []
  for (const { name, version } of await indexedDB.databases()) {
    const database = await request(indexedDB.open(name))
    const stores = []
    for (const table of database.objectStoreNames) {
      const store = database.transaction(table).objectStore(table)
      const keys = await request(store.getAllKeys())
      const values = await request(store.getAll())
      stores.push({ table, keyPath: store.keyPath, records: values.map((value, at) => ({ key: keys[at], value: encoded(value) })) })
    }
    database.close()
    found.push({ name, version, stores })
  }
  return found
}

const { open, keep, copied } = await versions[name]()
const surroundings = clock(1_700_000_000_000_000_000n)
const store = await open(surroundings)
const session = await sessionOn(store, surroundings, files)
await receive(session, 'orders', orders, false)
await session.run({ run: '1' })
session.update(later)
await session.run({ run: '2' })
await store.commit({ states: [{ key: 'supplied/table', value: { name: 'table.csv', text: 'id;name\n1;Ada\n' } }] })
const content = await contentOf(store)
await store.close()
const kept = await keep()

// The next runs of that version on the same data: without a change, then with one more order.
const goesOn = await copied()
const onward = clock(1_700_000_100_000_000_000n)
const again = await goesOn(onward)
const next = await sessionOn(again, onward, { ...files, ...later })
const unchanged = countsOf(await next.run({ run: '3' }))
await receive(next, 'orders', oneMoreOrder, true)
const oneMore = countsOf(await next.run({ run: '4' }))
await again.close()

const print = (value) => JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? { $bigint: String(member) } : member), 1)
writeFileSync(join(import.meta.dirname, `${name}.json`), `${print({ ...kept, ...content, unchanged, oneMore })}\n`)
