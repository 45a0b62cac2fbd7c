/** The same in Norwegian. */
import type { enMappingOffers } from './en-mapping-offers.ts'

export const nbMappingOffers: typeof enMappingOffers = {
  notUsed: 'ikke brukt',
  offers: 'Foreslått ut fra dataene',
  suggested: (n) => `Forslag: ${n}`,
  take: (n) => (n === 1 ? 'Koble en egenskap' : `Koble ${n} egenskaper`),
  takeAll: (n) => `Koble alle ${n}`,
  keepAll: (n) => `Kopier alle ${n} ubrukte`,
  takes: { map: 'Koble', fill: 'Fyll inn', keep: 'Kopier' },
  takeOne: (source, target) => `Koble ${source} til ${target}`,
  moreOffers: (n) => `${n} til`,
  wantedBy: {
    test: (name) => `testen ${name} forventer den`,
    reader: (name) => `${name} leser den`,
    sibling: (name) => `${name} har den`,
  },
  fills: (n, of) => `ville fylt ${n} til av ${of}`,
  present: (n, of) => `${n} av ${of} har en`,
  why: { name: 'etter navn', shape: 'verdiene ligner' },
  agree: (n, of) => `${n} av ${of} verdier er like`,
}
