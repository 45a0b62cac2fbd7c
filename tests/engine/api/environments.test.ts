/** Environments of a subscription: their prices and days. */
import { describe, expect, it } from 'vitest'
import { openedEngine } from '../../support/opened-engine.ts'

describe('environments', () => {
  it('cost what their groups use, and have their days', async () => {
    const { engine } = await openedEngine()
    const [first] = (await engine.subscription()).environments
    if (first === undefined) throw new Error('no environment')
    const priced = await engine.environmentPrices({
      environments: [first, { ...first, settings: { ...first.settings, plan: 'developer' } }],
      own: {},
    })
    expect(priced.map(({ price }) => ('total' in price ? price.total : price))).toEqual(['1352.00', '78.00'])
    const agreement = { ...first.agreement, start: '2000-01-01', minimumMonths: 12, noticeMonths: 3 }
    const { today, ends } = await engine.reminders({ environments: [{ ...first, agreement }] })
    expect(ends[0]?.minimumTerm).toBe('2000-12-31')
    expect((ends[0]?.lastDay ?? '') > today).toBe(true)
  })
})
