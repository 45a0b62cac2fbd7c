/** Addresses of servers in the forms in which people type and paste them. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  isTokenKept,
  rememberToken,
  serverAddress,
  shortAddress,
  tokenFor,
} from '../../../../app/store/server/address.ts'

describe('the address of a server', () => {
  it.each([
    ['http://127.0.0.1:9042', 'http://127.0.0.1:9042'],
    ['127.0.0.1:9042', 'http://127.0.0.1:9042'],
    [' localhost:9042/ ', 'http://localhost:9042'],
    ['http://127.0.0.1:9042/api', 'http://127.0.0.1:9042'],
    ['https://pipes.example.org/north/api/', 'https://pipes.example.org/north'],
    ['pipes.example.org/north/pipewright/', 'https://pipes.example.org/north'],
    ['https://pipes.example.org/north?x=1#y', 'https://pipes.example.org/north'],
    ['[::1]:9042', 'http://[::1]:9042'],
  ])('is found in %s', (typed, address) => {
    expect(serverAddress(typed)).toBe(address)
  })

  it.each(['', '  ', 'not an address', 'http://', 'https://ada:secret@example.org', 'javascript:alert(1)'])(
    'is not in "%s"',
    (typed) => {
      expect(serverAddress(typed)).toBeNull()
    },
  )

  it('is known by its name', () => {
    expect(shortAddress('https://pipes.example.org/north')).toBe('pipes.example.org/north')
  })
})

describe('the token for a server', () => {
  const address = 'https://pipes.example.org'
  const storage = () => {
    const kept = new Map<string, string>()
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    }
  }
  const fullStorage = () => ({
    ...storage(),
    setItem: () => {
      throw new Error('QuotaExceededError')
    },
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is known in this tab, and in the next one where it is kept', () => {
    vi.stubGlobal('sessionStorage', storage())
    vi.stubGlobal('localStorage', storage())
    rememberToken(address, 'one', false)
    expect([tokenFor(address), isTokenKept(address), tokenFor(`${address}/north`)]).toEqual(['one', false, null])
    rememberToken(address, 'two', true)
    vi.stubGlobal('sessionStorage', storage())
    expect([tokenFor(address), isTokenKept(address)]).toEqual(['two', true])
    rememberToken(address, 'three', false)
    expect([tokenFor(address), isTokenKept(address)]).toEqual(['three', false])
  })

  it.each([false, true])('is known in this page where storage is switched off (keep: %s)', (keep) => {
    vi.stubGlobal('sessionStorage', undefined)
    vi.stubGlobal('localStorage', undefined)
    rememberToken(address, 'one', keep)
    expect([tokenFor(address), isTokenKept(address)]).toEqual(['one', false])
  })

  it('is the latest, also where there is no room for it any more', () => {
    const session = storage()
    vi.stubGlobal('sessionStorage', session)
    vi.stubGlobal('localStorage', storage())
    rememberToken(address, 'one', false)
    vi.stubGlobal('sessionStorage', { ...fullStorage(), getItem: session.getItem })
    rememberToken(address, 'two', false)
    expect(tokenFor(address)).toBe('two')
    vi.stubGlobal('sessionStorage', session)
    rememberToken(address, 'three', false)
    expect(tokenFor(address)).toBe('three')
  })
})
