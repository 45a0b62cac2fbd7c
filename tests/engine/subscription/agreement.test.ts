/** The terms of an agreement: end dates, points and deadlines. */
import { describe, expect, it } from 'vitest'
import {
  fixedDataEnd,
  lastDayIfEnded,
  minimumTermEnd,
  readAgreement,
  serviceLevelOf,
} from '../../../engine-worker/subscription/agreement.ts'
import { readLedger } from '../../../engine-worker/subscription/ledger.ts'
import { reductionOf } from '../../../engine-worker/subscription/penalty.ts'
import { remindersOf } from '../../../engine-worker/subscription/reminders.ts'

const agreement = readAgreement({ start: '2025-03-01', minimumMonths: 12, noticeMonths: 3, fixedFrom: '2026-02-28' })

describe('an agreement', () => {
  it('ends after the month in which the notice period ends, and not before its minimum term', () => {
    expect(minimumTermEnd(agreement)).toBe('2026-02-28')
    expect(lastDayIfEnded(agreement, '2026-11-29')).toBe('2027-02-28')
    expect(lastDayIfEnded(agreement, '2026-11-01')).toBe('2027-02-28')
    expect(lastDayIfEnded(agreement, '2025-03-02')).toBe('2026-02-28')
    expect(minimumTermEnd({ ...agreement, minimumMonths: 0 })).toBeNull()
    expect(fixedDataEnd(agreement)).toBe('2027-02-27')
  })

  it('has points by the downtime of a month and by late answers', () => {
    const withDowntime = (minutes: number, points = 0) => ({
      ...agreement,
      incidents: [{ day: '2026-11-05', minutes, points }],
    })
    const points = (minutes: number) => serviceLevelOf(withDowntime(minutes), '2026-11').points
    expect([0, 59, 60, 119, 120, 240, 360, 600].map(points)).toEqual([0, 0, 4, 4, 8, 12, 15, 25])
    const level = serviceLevelOf(withDowntime(360, 6), '2026-11')
    expect(level).toMatchObject({ minutes: 360, points: 21 })
    expect(level.available).toBeCloseTo(1 - 360 / (30 * 24 * 60))
    expect(serviceLevelOf(withDowntime(360), '2026-10').points).toBe(0)
    expect([0, 10, 11, 21, 61, 999].map(reductionOf)).toEqual([0, 0, 5, 10, 40, 40])
  })

  it('takes nothing of another type', () => {
    const odd = { start: '2026-02-30x', minimumMonths: -3, noticeMonths: 'x', incidents: [{ day: 1 }, 7] }
    expect(readAgreement(odd)).toEqual(readAgreement({}))
  })
})

describe('reminders', () => {
  it('say unpaid invoices, also overdue ones, and ends that have not passed', () => {
    const [environment] = readLedger({
      name: 'Production',
      agreement,
      invoices: [
        { number: '1', issued: '2025-10-02', due: '2025-11-01', sum: '5', payable: '5' },
        { number: '2', issued: '2025-10-02', due: '2025-11-01', sum: '5', payable: '5', paid: '2025-10-30' },
        { number: '3', issued: '2025-10-02', due: '2025-11-01', sum: '-5', payable: '-5' },
      ],
    }).environments
    if (environment === undefined) throw new Error('no environment')
    const said = remindersOf([environment], '2025-11-10')
    expect(said.map(({ kind, day, from }) => [kind, day, from])).toEqual([
      ['invoice', '2025-11-01', '2025-10-30'],
      ['notice', '2025-11-30', '2025-11-02'],
      ['minimum-term', '2026-02-28', '2026-01-31'],
      ['fixed-data', '2027-02-27', '2027-01-30'],
    ])
    // Notice on that day ends the agreement with the minimum term; a day later it does not.
    expect(lastDayIfEnded(agreement, '2025-11-30')).toBe('2026-02-28')
    expect(lastDayIfEnded(agreement, '2025-12-01')).toBe('2026-03-31')
  })
})
