import { describe, expect, it } from 'vitest'
import { matchingItems } from '../../../app/commands/match.ts'

const items = ['crm-contact', 'crm-contact-update', 'global-customer', 'join', 'Run all'].map((text) => ({
  text,
  keywords: text === 'join' ? 'Puts the texts of a list together' : '',
}))
const matchesOf = (typed: string) => matchingItems(typed, items).map(({ text }) => text)

describe('finding by typed letters', () => {
  it('shows everything when nothing is typed', () => expect(matchesOf('')).toHaveLength(5))
  it('puts the exact name first', () => expect(matchesOf('crm-contact')[0]).toBe('crm-contact'))
  it('finds the starts of words', () => expect(matchesOf('cust')).toEqual(['global-customer']))
  it('finds several parts in any order', () => expect(matchesOf('update crm')).toEqual(['crm-contact-update']))
  it('finds by other words', () => expect(matchesOf('together')).toEqual(['join']))
  it('finds letters in order', () => expect(matchesOf('glcu')).toEqual(['global-customer']))
  it('finds nothing where there is nothing', () => expect(matchesOf('xyz')).toEqual([]))
})
