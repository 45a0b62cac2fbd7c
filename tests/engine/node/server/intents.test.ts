/** A server that is killed while it sends: each repeated request is reported. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { client } from '../../../support/server.ts'
import { ended, serverProcess } from '../../../support/server-process.ts'

const KILLS = Number(process.env.KILLS ?? 3)
const base = mkdtempSync(join(tmpdir(), 'pipewright-intents-'))
let target: Server
let port = 0
/** The number of times that each entity has arrived. */
const arrived = new Map<string, number>()
let onArrival: (id: string) => void = () => undefined

beforeAll(async () => {
  target = createServer(async (request, response) => {
    const { _id } = JSON.parse(await textOf(request))
    arrived.set(_id, (arrived.get(_id) ?? 0) + 1)
    onArrival(_id)
    setTimeout(() => response.writeHead(201).end('{}'), 2)
  })
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  port = (target.address() as AddressInfo).port
})
afterAll(() => {
  target.closeAllConnections()
  target.close()
  rmSync(base, { recursive: true, force: true })
})

/** Invoices that are posted one by one to a service. */
function project(): string {
  const folder = join(base, 'invoices')
  const operations = { create: { method: 'POST', url: '/invoices', payload: '{"_id": "{{ entity._id }}"}' } }
  const files = {
    'pipes/invoices.conf.json': { _id: 'invoices', type: 'pipe', source: { type: 'http_endpoint' } },
    'pipes/send.conf.json': {
      _id: 'send',
      type: 'pipe',
      batch_size: 1,
      source: { type: 'dataset', dataset: 'invoices' },
      sink: { type: 'rest', system: 'service', operation: 'create' },
      pump: { mode: 'manual' },
      metadata: { durable: true },
    },
    'systems/service.conf.json': {
      _id: 'service',
      type: 'system:rest',
      url_pattern: `http://127.0.0.1:${port}/%s`,
      operations,
    },
  }
  for (const name of ['pipes', 'systems']) mkdirSync(join(folder, name), { recursive: true })
  for (const [path, json] of Object.entries(files)) writeFileSync(join(folder, path), JSON.stringify(json))
  return folder
}

it(`says what is in doubt, and sends nothing else twice (${KILLS} kills)`, {
  timeout: 60_000 + KILLS * 30_000,
}, async () => {
  const [folder, store] = [project(), join(base, 'store')]
  const said = new Map<string, number>()
  const total = 60
  for (let kill = 0; kill <= KILLS; kill++) {
    const { process: child, address } = await serverProcess(store, [folder])
    const api = await client(store, address)
    if (kill === 0) {
      const json = Array.from({ length: total }, (_, n) => ({ _id: `i${n}` }))
      expect((await api.call('POST', '/receivers/invoices/entities', { json })).status).toBe(200)
    }
    const start = () => api.call('POST', '/pipes/send/pump', { form: { operation: 'start' } })
    if (kill < KILLS) {
      // Killed in the middle of a request, or between two.
      let left = 1 + Math.floor(Math.random() * (total / (KILLS + 1)))
      const dead = new Promise<void>((resolve) => {
        onArrival = () => {
          if (--left === 0) setTimeout(() => void ended(child, 'SIGKILL').then(resolve), Math.random() * 4)
        }
      })
      await start().catch(() => undefined)
      // A run with a request in doubt ends with that problem; the next one continues.
      const again = setInterval(() => void start().catch(() => undefined), 200)
      await dead
      clearInterval(again)
      onArrival = () => undefined
      continue
    }
    const isDone = async () => {
      await start()
      return [...arrived.keys()].length
    }
    await expect.poll(isDone, { timeout: 30_000, interval: 300 }).toBe(total)
    const log = (await api.call('GET', '/pipes/send/log?history=true')).json() as {
      event_type: string
      entities?: string[]
    }[]
    for (const { event_type: type, entities = [] } of log)
      if (type === 'send-in-doubt') for (const id of entities) said.set(id, (said.get(id) ?? 0) + 1)
    const twice = [...arrived].filter(([id, times]) => times > 1 + (said.get(id) ?? 0))
    expect(twice).toEqual([])
    await ended(child, 'SIGTERM')
  }
})
