import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../../../engine-worker/dtl/timezone.ts'

/** The platform's answer, slow and simple. */
function wallClock(name: string, utc: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' }).format(
    utc * 1000,
  )
}

describe('time zones', () => {
  it('show the clock that the platform shows', () => {
    const names = [
      'Europe/Oslo',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kathmandu',
      'EST',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: -3_000_000_000, max: 4_000_000_000 }), (name, utc) => {
        const zone = zoneOf(name)
        const local = utc + (zone?.offset(utc) ?? 0)
        expect(new Date(local * 1000).toISOString().slice(0, 19).replace('T', ' ')).toBe(wallClock(name, utc))
      }),
      { numRuns: 400 },
    )
  })

  it('find the moment of a local time, near changes of the clock too', () => {
    const change = Date.UTC(2021, 2, 28, 1) / 1000
    const back = Date.UTC(2021, 9, 31, 1) / 1000
    const near = fc.tuple(fc.constantFrom(change, back), fc.integer({ min: -9000, max: 9000 }))
    fc.assert(
      fc.property(near, ([centre, distance]) => {
        const zone = zoneOf('Europe/Oslo')
        const utc = centre + distance
        const local = utc + (zone?.offset(utc) ?? 0)
        const found = zone?.toUtc(local) ?? 0
        expect(found + (zone?.offset(found) ?? 0)).toBe(local)
        expect(found).toBeGreaterThanOrEqual(utc)
      }),
    )
  })

  it('know names of old too, and nothing else', () => {
    const old = 'US/Eastern Etc/GMT+3 Zulu GMT0 GMT-0 UCT W-SU EST5EDT ROK NZ-CHAT Asia/Ujung_Pandang US/East-Indiana'
    expect(old.split(' ').filter((name) => zoneOf(name) === null)).toEqual([])
    for (const name of ['Nowhere', '', '+01:00', '../x']) expect(zoneOf(name)).toBeNull()
  })
})
