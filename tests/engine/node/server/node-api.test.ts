/** The documented calls of a node, sent to `pipewright serve` as a process. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checks, conformance, noShared } from '../../../shared.ts'
import { client } from '../../../support/server.ts'
import { ended, serverProcess } from '../../../support/server-process.ts'

describe.skipIf(noShared)('the API of a node', () => {
  it.each([
    ['the documented cases', join(conformance, 'node-api.json')],
    ['what the documented cases leave out', join(import.meta.dirname, 'node-api-cases.json')],
    ['each parameter, wrong values, methods and roles', join(import.meta.dirname, 'node-api-parameters.json')],
  ])('answers %s', { timeout: 300_000 }, async (_, cases) => {
    const store = mkdtempSync(join(tmpdir(), 'pipewright-cases-'))
    const server = await serverProcess(store)
    try {
      const { admin, user } = await client(store, server.address)
      const player = join(checks, 'http-cases.mjs')
      const child = spawn('node', [player, cases, server.address, JSON.stringify({ admin, user })])
      let output = ''
      child.stdout.on('data', (piece) => {
        output += piece
      })
      await new Promise((resolve) => child.on('exit', resolve))
      expect(output).toMatch(/^(\d+) of \1 cases\s*$/)
    } finally {
      await ended(server.process, 'SIGTERM')
      rmSync(store, { recursive: true, force: true })
    }
  })
})
