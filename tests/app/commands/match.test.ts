import { describe, expect, it } from 'vitest'
import { matchingItems } from '../../../app/commands/match.ts'

const all = ['crm-contact', 'crm-contact-update', 'global-customer', 'join', 'Run all'].map((text) => ({
  text,
  keywords: text === 'join' ? 'Puts the texts of a list together' : '',
}))
const found = (typed: string) => matchingItems(typed, all).map(({ text }) => text)

describe('finding by typed letters', () => {
  it('shows everything when nothing is typed', () => expect(found('')).toHaveLength(5))
  it('puts the exact name first', () => expect(found('crm-contact')[0]).toBe('crm-contact'))
  it('finds the starts of words', () => expect(found('cust')).toEqual(['global-customer']))
  it('finds several parts in any order', () => expect(found('update crm')).toEqual(['crm-contact-update']))
  it('finds by other words', () => expect(found('together')).toEqual(['join']))
  it('finds letters in order', () => expect(found('glcu')).toEqual(['global-customer']))
  it('finds nothing where there is nothing', () => expect(found('xyz')).toEqual([]))
})
