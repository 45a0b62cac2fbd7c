/** Prices of environments: the documented example, limits of plans, and sums that are recomputed in another way. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BigDecimal } from '../../../engine-worker/entity/bigdecimal.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { type PriceRequest, priceOf } from '../../../engine-worker/subscription/price.ts'
import { planNames } from '../../../engine-worker/subscription/prices.ts'

const base: PriceRequest = { plan: 'single', gb: new BigDecimal(60), vpn: false, sla: 'none' }

/** The code and the member of the request that a refused price names. */
function refusalOf(request: Partial<PriceRequest>): [string, unknown] {
  try {
    priceOf({ ...base, ...request })
  } catch (error) {
    if (error instanceof Fault) return [error.problem.code, error.problem.where.path?.[0]]
    throw error
  }
  return ['accepted', null]
}

describe('priceOf', () => {
  it('gives the documented example to the cent', () => {
    const { total, items } = priceOf({ ...base, vpn: true, sla: 'standard' })
    expect(total.toFixed(2)).toBe('4284.80')
    expect(Object.entries(items).map(([name, amount]) => `${name} ${amount.toFixed(2)}`)).toEqual([
      'compute 1352.00',
      'storage 1372.80',
      'vpn 187.20',
      'sla 1372.80',
    ])
  })

  it('refuses what a plan does not allow, and values that mean nothing', () => {
    expect(refusalOf({ plan: 'developer', gb: new BigDecimal(5), vpn: true })).toEqual(['not-allowed', 'vpn'])
    expect(refusalOf({ plan: 'developer', gb: new BigDecimal(5), sla: 'standard' })).toEqual(['not-allowed', 'sla'])
    expect(refusalOf({ gb: new BigDecimal(350) })).toEqual(['not-allowed', 'gb'])
    expect(refusalOf({ gb: new BigDecimal(200), durableGb: new BigDecimal(100) })).toEqual(['not-allowed', 'gb'])
    expect(refusalOf({ plan: 'flexi', engines: 10 })).toEqual(['not-allowed', 'engines'])
    expect(refusalOf({ plan: 'flexi' })).toEqual(['not-allowed', 'engines'])
    expect(refusalOf({ engines: 8 })).toEqual(['not-allowed', 'engines'])
    expect(refusalOf({ plan: 'triple' })).toEqual(['invalid-value', 'plan'])
    expect(refusalOf({ sla: 'gold' })).toEqual(['invalid-value', 'sla'])
    expect(refusalOf({ gb: new BigDecimal(-1) })).toEqual(['invalid-value', 'gb'])
    expect(refusalOf({ durableGb: new BigDecimal(61) })).toEqual(['invalid-value', 'durableGb'])
    expect(refusalOf({ engines: 2.5 })).toEqual(['invalid-value', 'engines'])
  })

  it('replaces entries of the table by own prices', () => {
    expect(priceOf(base, { storage: '20.00' }).total.toFixed(2)).toBe('2552.00')
  })

  it('takes half for agreed data and double for what exceeds it', () => {
    const fixedStorage = (gb: number, fixedGb: number) =>
      priceOf({ ...base, gb: new BigDecimal(gb), fixedGb: new BigDecimal(fixedGb) }).items.storage?.toFixed(2)
    expect(fixedStorage(104, 104)).toBe('1189.76')
    expect(fixedStorage(130, 100)).toBe('2516.80')
  })

  it('gives a total that is the sum of its items, in whole cents counted as integers', () => {
    const request = fc.record({
      plan: fc.constantFrom(...planNames),
      hundredths: fc.integer({ min: 0, max: 500_000 }),
      durableShare: fc.integer({ min: 0, max: 100 }),
      vpn: fc.boolean(),
      sla: fc.constantFrom('none', 'standard', 'enterprise', 'premium'),
      slaPoints: fc.integer({ min: 0, max: 100 }),
    })
    let priced = 0
    fc.assert(
      fc.property(request, ({ plan, hundredths, durableShare, vpn, sla, slaPoints }) => {
        const gb = new BigDecimal(hundredths).div(100)
        const durableGb = gb.mul(durableShare).div(100).toDecimalPlaces(2, BigDecimal.ROUND_DOWN)
        const asked = { plan, gb, durableGb, vpn, sla, slaPoints, ...(plan === 'flexi' ? { engines: 8 } : {}) }
        let price: ReturnType<typeof priceOf>
        try {
          price = priceOf(asked)
        } catch (error) {
          if (error instanceof Fault) return
          throw error
        }
        priced += 1
        const cents = (value: BigDecimal) => BigInt(value.mul(100).toFixed(0))
        const sum = Object.values(price.items).reduce((all, item) => all + cents(item), 0n)
        expect(cents(price.total)).toBe(sum)
        expect(price.total.decimalPlaces()).toBeLessThanOrEqual(2)
        // Storage once more, in integers: hundredths of a GB times cents, rounded half up.
        if (!plan.startsWith('developer')) {
          const units = BigInt(hundredths) + 2n * cents(durableGb)
          expect(cents(price.items.storage ?? new BigDecimal(0))).toBe((units * 2288n + 50n) / 100n)
        }
      }),
    )
    expect(priced).toBeGreaterThan(10)
  })
})
