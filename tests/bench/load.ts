/**
 * A server under load: 200 clients push at the same time and 50 read, for a minute. Prints how many requests were
 * answered, with which statuses, and how long they took; ends with 1 where one failed. SECONDS says another length.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { client } from '../support/server.ts'
import { ended, serverProcess } from '../support/server-process.ts'

const PUSHERS = Number(process.env.PUSHERS ?? 200)
const READERS = Number(process.env.READERS ?? 50)
const PIPES = 20
const SECONDS = Number(process.env.SECONDS ?? 60)

const store = mkdtempSync(join(tmpdir(), 'pipewright-load-'))
const server = await serverProcess(store, ['--no-backups'])
const api = await client(store, server.address)
const pipes = Array.from({ length: PIPES }, (_, n) => ({
  _id: `in${n}`,
  type: 'pipe',
  source: { type: 'http_endpoint' },
}))
await api.call('POST', '/pipes', { json: pipes })

const times: { readonly push: number[]; readonly read: number[] } = { push: [], read: [] }
const statuses = new Map<string, number>()
const end = performance.now() + 1000 * SECONDS
let pushedCount = 0

async function loop(kind: 'push' | 'read', work: () => Promise<number>): Promise<void> {
  while (performance.now() < end) {
    const began = performance.now()
    const status = await work().catch((error: unknown) => String(error))
    times[kind].push(performance.now() - began)
    statuses.set(`${kind} ${status}`, (statuses.get(`${kind} ${status}`) ?? 0) + 1)
  }
}

const push = (n: number) => async () => {
  const json = Array.from({ length: 10 }, () => ({
    _id: `${n}-${pushedCount++ % 5000}`,
    name: 'x'.repeat(100),
    n: pushedCount,
  }))
  return (await api.call('POST', `/receivers/in${n % PIPES}/entities`, { json })).status
}
const readPath = (n: number) => async () => {
  const path = [`/datasets/in${n % PIPES}/entities?limit=100`, '/pipes', `/datasets/in${n % PIPES}`, '/metrics'][n % 4]
  return (await api.call('GET', path ?? '/pipes')).status
}
await Promise.all([
  ...Array.from({ length: PUSHERS }, (_, n) => loop('push', push(n))),
  ...Array.from({ length: READERS }, (_, n) => loop('read', readPath(n))),
])
await ended(server.process, 'SIGTERM')
rmSync(store, { recursive: true, force: true })

const percentile = (sorted: readonly number[], share: number) =>
  Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
for (const [kind, all] of Object.entries(times)) {
  const sorted = all.toSorted((a, b) => a - b)
  const [middle, p99, most] = [0.5, 0.99, 1].map((share) => percentile(sorted, share))
  console.log(`${kind}: ${all.length} requests, median ${middle} ms, p99 ${p99} ms, longest ${most} ms`)
}
for (const [status, count] of statuses) console.log(`${status}: ${count}`)
process.exitCode = [...statuses.keys()].every((status) => status.endsWith(' 200')) ? 0 : 1
