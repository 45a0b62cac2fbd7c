/** A server in which something is thrown where nobody catches it: it says so, is unhealthy, and serves on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { client } from '../../../support/server.ts'
import { ended, serverProcess } from '../../../support/server-process.ts'

const base = mkdtempSync(join(tmpdir(), 'pipewright-guard-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** Code that a process loads before the server, and that throws when it is told to. */
const throwing = `
  const signal = new AbortController()
  signal.signal.addEventListener('abort', () => { throw new Error('thrown by a listener of an abort') })
  const steps = [
    () => signal.abort(),
    () => { setTimeout(() => { throw new Error('thrown by a timer') }) },
    () => { Promise.reject(new Error('a promise that nobody waits for')) },
  ]
  process.on('SIGUSR2', () => steps.shift()?.())
`

it('goes on, and says what was thrown', { timeout: 60_000 }, async () => {
  const script = join(base, 'throwing.mjs')
  writeFileSync(script, throwing)
  const store = join(base, 'store')
  const server = await serverProcess(store, ['--no-backups'], { NODE_OPTIONS: `--import ${script}` })
  let said = ''
  server.process.stderr?.on('data', (piece) => {
    said += piece
  })
  try {
    const api = await client(store, server.address)
    expect((await api.call('GET', '/health')).status).toBe(200)
    for (const words of ['a listener of an abort', 'by a timer', 'a promise that nobody waits for']) {
      server.process.kill('SIGUSR2')
      await expect.poll(() => said, { timeout: 10_000 }).toContain(words)
      expect((await api.call('GET', '/health')).status).toBe(503)
    }
    expect((await api.call('GET', '/metrics')).text).toContain('sesam_health{sesam_health="unhealthy"} 1')
    expect((await api.call('GET', '/logs/node')).text).toContain('CRITICAL A mistake in this program')
    const pipe = { _id: 'a', type: 'pipe', source: { type: 'http_endpoint' } }
    expect((await api.call('POST', '/pipes', { json: [pipe] })).status).toBe(200)
    expect((await api.call('POST', '/receivers/a/entities', { json: [{ _id: '1' }] })).status).toBe(200)
    await ended(server.process, 'SIGTERM')
    expect(server.process.exitCode).toBe(0)
  } finally {
    await ended(server.process, 'SIGKILL')
  }
})
