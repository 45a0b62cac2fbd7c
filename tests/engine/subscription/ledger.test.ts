/** The ledger of a subscription: reading any stored content. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLedger } from '../../../engine-worker/subscription/ledger.ts'

describe('a ledger', () => {
  it('takes nothing of another type', () => {
    const odd = {
      settings: { plan: 'x', search: 9, fixedGb: '1e9' },
      prices: { storage: 'NaN', x: '1' },
      invoices: [1, {}],
    }
    expect(readLedger(odd)).toEqual(readLedger(null))
  })

  it('that was read is the same when it is read again', () => {
    const parts = fc.record({
      settings: fc.jsonValue(),
      prices: fc.jsonValue(),
      invoices: fc.jsonValue(),
      vpn: fc.jsonValue(),
    })
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), parts), (kept) => {
        const once = readLedger(JSON.parse(JSON.stringify(kept)))
        expect(readLedger(JSON.parse(JSON.stringify(once)))).toEqual(once)
      }),
    )
  })
})
