/** The limits of a configuration on a server, as the page gets them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readMessage } from '../../../engine-worker/api/json-messages.ts'
import { type TestServer, testServer } from '../../support/server.ts'

const base = mkdtempSync(join(tmpdir(), 'pipewright-limits-'))
const folder = join(base, 'conf')
mkdirSync(join(folder, 'pipes'), { recursive: true })
writeFileSync(
  join(folder, 'pipes', 'a.conf.json'),
  JSON.stringify({ _id: 'a', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1' }] } }),
)
afterAll(() => rmSync(base, { recursive: true, force: true }))

async function limitsOf(server: TestServer): Promise<unknown> {
  const { text } = await server.call('POST', '/ask/limits?page=test', { json: null, base: '/pipewright' })
  return (readMessage(text.trim().split('\n').at(-1) ?? '') as { answer: unknown }).answer
}

describe('limits', () => {
  it('are told with what is used of them, and are none where the command line says none', async () => {
    const limited = await testServer([folder], undefined, { limits: ['pipes=3,bytes=2MB'] })
    try {
      expect(await limitsOf(limited)).toMatchObject({
        pipes: { used: 1, limit: 3 },
        bytes: { limit: 2_000_000 },
        engines: { used: 1, limit: null },
      })
    } finally {
      await limited.close()
    }
    const free = await testServer([folder])
    try {
      expect(await limitsOf(free)).toBeNull()
    } finally {
      await free.close()
    }
  })
})
