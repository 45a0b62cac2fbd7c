/** Addresses of servers, as people type and paste them. */
import { describe, expect, it } from 'vitest'
import { serverAddress, shortAddress } from '../../../../app/store/server/address.ts'

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
