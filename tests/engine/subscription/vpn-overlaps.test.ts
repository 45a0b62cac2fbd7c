/** Overlaps of a VPN form, a free range, and the problems of its parts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangesOverlap, readRange } from '../../../engine-worker/subscription/vpn/address.ts'
import { readVpnForm } from '../../../engine-worker/subscription/vpn/form.ts'
import { overlapsOf } from '../../../engine-worker/subscription/vpn/overlaps.ts'
import { vpnVerdicts } from '../../../engine-worker/subscription/vpn/verdicts.ts'

const formOf = (sesam: readonly string[], ...ranges: readonly string[][]) =>
  readVpnForm({
    sesam_address_spaces: [...sesam],
    connections: ranges.map((address_spaces) => ({ gateway_address: 'a.example.com', address_spaces })),
  })

describe('overlaps', () => {
  it('are at the later range, with how much is common and the next free range', () => {
    const found = overlapsOf(formOf(['10.90.4.0/22'], ['10.12.0.0/16', '10.90.6.0/24'], ['10.12.3.0/24']))
    expect(found.map(({ range, other, isSesam, common, free }) => [range, other, isSesam, common, free])).toEqual([
      ['10.90.6.0/24', '10.90.4.0/22', true, 256, '10.90.8.0/24'],
      ['10.12.3.0/24', '10.12.0.0/16', false, 256, '10.13.0.0/24'],
    ])
  })

  it('name no free range outside of private addresses', () => {
    expect(overlapsOf(formOf(['18.10.0.11'], ['18.10.0.0/24']))[0]?.free).toBeNull()
  })

  it('have free ranges that overlap nothing', () => {
    const range = fc
      .record({ second: fc.nat(3), third: fc.nat(7), bits: fc.integer({ min: 14, max: 24 }) })
      .map(({ second, third, bits }) => {
        const size = 2 ** (32 - bits)
        const start = (10 * 256 + second) * 65_536 + third * 256
        const first = start - (start % size)
        return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`
      })
    fc.assert(
      fc.property(fc.array(range, { minLength: 2, maxLength: 6 }), ([sesam = '', ...own]) => {
        for (const { free } of overlapsOf(formOf([sesam], own))) {
          const read = free === null ? null : readRange(free)
          if (read === null) continue
          expect(read.isNetwork).toBe(true)
          for (const text of [sesam, ...own]) {
            const other = readRange(text)
            if (other !== null) expect(rangesOverlap(read, other)).toBe(false)
          }
        }
      }),
    )
  })
})

describe('verdicts', () => {
  it('tell private ranges from public ones, and count what a key may hold', () => {
    const { connections } = readVpnForm({
      connections: [
        {
          address_spaces: ['172.16.0.0/12', '172.32.0.0/16', '10.0.0.1/8', '100.64.0.0/10'],
          shared_key: 'a1b2c3d4e5f6g7h8',
          ipsec_policy: { ike_encryption: 'DES3', ike_integrity: 'SHA384', ipsec_integrity: 'MD5', pfs_group: 'PFS2' },
        },
      ],
    })
    const [connection] = connections
    if (connection === undefined) throw new Error('no connection')
    const { ranges, key, weak } = vpnVerdicts(connection)
    expect(ranges.map(({ index, isPrivate, addresses }) => [index, isPrivate, addresses])).toEqual([
      [0, true, 1_048_576],
      [1, false, 65_536],
      [3, true, 4_194_304],
    ])
    expect(key).toEqual({ characters: 16, bits: 82 })
    expect([...weak].sort()).toEqual(['DES3', 'MD5', 'PFS2'])
  })
})
