/** No request goes to a server before somebody has said yes to it. */
import { describe, expect, it } from 'vitest'
import { permittedFetch } from '../../../engine-worker/connectors/network-permission.ts'

function network(isAllowed: (host: string) => Promise<boolean>) {
  const sent: string[] = []
  const fetch = permittedFetch(async (input) => {
    sent.push(String(input))
    return new Response('ok')
  }, isAllowed)
  return { sent, fetch }
}

describe('a network with permission', () => {
  it('sends nothing while the question is open, and sends once it is allowed', async () => {
    let allow: (allowed: boolean) => void = () => undefined
    const { sent, fetch } = network(() => new Promise((resolve) => (allow = resolve)))
    const answer = fetch('https://a.example.org:99/x')
    await Promise.resolve()
    expect(sent).toEqual([])
    allow(true)
    await answer
    expect(sent).toEqual(['https://a.example.org:99/x'])
  })

  it('names the host when it is refused', async () => {
    const { sent, fetch } = network(async (host) => host !== 'a.example.org:99')
    await expect(fetch('https://a.example.org:99/x')).rejects.toThrow('No request went to a.example.org:99')
    expect(sent).toEqual([])
  })

  it('is left when the run is stopped although the question is open', async () => {
    const { sent, fetch } = network(() => new Promise(() => undefined))
    const stop = new AbortController()
    const answer = fetch('https://a.example.org/', { signal: stop.signal })
    stop.abort()
    await expect(answer).rejects.toThrow('aborted')
    expect(sent).toEqual([])
  })
})
