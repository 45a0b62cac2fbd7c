/** Both catalogues have all texts; numbers and durations are formatted correctly. */
import { describe, expect, it } from 'vitest'
import { en } from '../../../app/i18n/en.ts'
import { decimalText, duration, setLanguage } from '../../../app/i18n/i18n.ts'
import { nb } from '../../../app/i18n/nb.ts'

function paths(catalogue: object, at = ''): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'object' ? paths(value, `${at}${key}.`) : [`${at}${key} ${typeof value}`],
  )
}

function textsIn(catalogue: object): string[] {
  return Object.values(catalogue).flatMap((value) =>
    typeof value === 'string' ? [value] : typeof value === 'object' ? textsIn(value) : [],
  )
}

describe('words', () => {
  it('are complete in Norwegian, and nothing is left over', () => expect(paths(nb).sort()).toEqual(paths(en).sort()))
  it('are never empty', () => expect([...textsIn(en), ...textsIn(nb)].filter((text) => text.trim() === '')).toEqual([]))
  it('write durations so that they compare', () => {
    expect([9.4, 210, 12_000, 185_000].map(duration)).toEqual(['9 ms', '0.21 s', '12 s', '3 min 05 s'])
    // A duration just below a minute is rounded up to the minute.
    expect(duration(899_700)).toBe('15 min 00 s')
  })

  it('write decimals as the chosen language does', async () => {
    expect([decimalText(54.55, 1), decimalText(-0.04, 1), decimalText(-1.25, 2)]).toEqual(['54.5', '0.0', '-1.25'])
    await setLanguage('nb')
    expect([decimalText(54.5, 1), duration(210)]).toEqual(['54,5', '0,21 s'])
    await setLanguage('en')
  })
})
