/** The limits of a configuration: pipes, bytes and engines, each with its message. */
import { describe, expect, it } from 'vitest'
import { limitsIn, limitsOf } from '../../../../engine-worker/node/server/limits.ts'
import { testServer } from '../../../support/server.ts'

const receiver = (_id: string) => ({ _id, type: 'pipe', source: { type: 'http_endpoint' } })

const reader = { source: { type: 'dataset', dataset: 'a' }, pump: { mode: 'manual' } }

describe('limits', () => {
  it('are read by name, with units for bytes alone', () => {
    expect(limitsIn('a:pipes=3,bytes=2MB')).toEqual({ name: 'a', limits: { pipes: 3, bytes: 2_000_000 } })
    expect(limitsIn('engines=2')).toEqual({ name: null, limits: { engines: 2 } })
    for (const wrong of ['', 'pipes', 'pipes=', 'pipes=-1', 'pipes=2GB', 'wheels=4', 'bytes=2XB'])
      expect(limitsIn(wrong), wrong).toBeNull()
    const said = ['pipes=9,engines=2', 'a:pipes=3']
    expect(limitsOf(said, 'a')).toEqual({ pipes: 3, engines: 2, bytes: Infinity })
    expect(limitsOf(said, 'b')).toEqual({ pipes: 9, engines: 2, bytes: Infinity })
  })

  it('refuse more pipes, more data and more engines, and let go what makes room', { timeout: 60_000 }, async () => {
    const limits = ['pipes=2,bytes=20KB,engines=1']
    const server = await testServer([], undefined, { limits, engines: 4 })
    try {
      const posted = (...ids: string[]) => server.call('POST', '/pipes', { json: ids.map(receiver) })
      expect((await posted('a', 'b')).status).toBe(200)
      const refused = await posted('c')
      expect([refused.status, refused.text]).toEqual([
        403,
        expect.stringContaining('may have 2 pipes; with this change it would have 3'),
      ])
      // A change of an existing pipe does not count as a new one.
      expect((await posted('a')).status).not.toBe(403)
      expect((await server.call('GET', '/', { base: '/pipewright' })).json()).toMatchObject({ engines: 1 })
      const push = (id: string) =>
        server.call('POST', '/receivers/a/entities', { json: [{ _id: id, text: 'x'.repeat(30_000) }] })
      expect((await push('1')).status).toBe(200)
      await expect
        .poll(async () => (await push('2')).text, { timeout: 10_000, interval: 300 })
        .toContain('this configuration may have 20000')
      // A pump has no room either, and says why; what it had stays.
      expect((await server.call('PUT', '/pipes/b/config', { json: { ...receiver('b'), ...reader } })).status).toBe(200)
      expect((await server.call('POST', '/pipes/b/pump', { form: { operation: 'start' } })).status).toBe(200)
      const runtime = async () => (await server.call('GET', '/pipes/b')).json()
      await expect
        .poll(runtime, { timeout: 10_000 })
        .toMatchObject({ runtime: { success: false, 'last-message': expect.stringContaining('may have 20000') } })
      expect((await server.call('GET', '/health')).status).toBe(200)
      expect((await server.call('DELETE', '/datasets/a')).status).toBe(200)
      await expect.poll(async () => (await push('3')).status, { timeout: 10_000, interval: 300 }).toBe(200)
    } finally {
      await server.close()
    }
  })
})
