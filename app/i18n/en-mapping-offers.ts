/** Words of the mappings that the data suggests. */
import { pluralIn } from './numbers.ts'

const plural = pluralIn('en')

export const enMappingOffers = {
  notUsed: 'not used',
  offers: 'Suggested by the data',
  suggested: (n: number) => `Suggested: ${n}`,
  take: (n: number) => plural(n, 'Map a property', `Map ${n} properties`),
  takeAll: (n: string) => `Map all ${n}`,
  keepAll: (n: string) => `Copy all ${n} unused`,
  takes: { map: 'Map it', fill: 'Fill in', keep: 'Copy' },
  takeOne: (source: string, target: string) => `Map ${source} to ${target}`,
  moreOffers: (n: string) => `${n} more`,
  wantedBy: {
    test: (name: string) => `the test ${name} expects it`,
    reader: (name: string) => `${name} reads it`,
    sibling: (name: string) => `${name} has it`,
  },
  fills: (n: string, of: string) => `would fill ${n} more of ${of}`,
  present: (n: string, of: string) => `${n} of ${of} have one`,
  why: { name: 'by name', shape: 'values look alike' },
  agree: (n: string, of: string) => `${n} of ${of} values are the same`,
}
