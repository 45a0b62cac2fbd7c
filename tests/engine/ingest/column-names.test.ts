/** The similarity of column names. */
import { expect, test } from 'vitest'
import { nameLikeness } from '../../../engine-worker/ingest/column-names.ts'

test.each([
  ['firstName', 'first_name', 1],
  ['crm:email', 'Email', 1],
  ['E-post', 'email', 0.9],
  ['fornavn', 'firstName', 0.9],
  ['Kredittgrense', 'credit_limit', 0.9],
  ['kundenr', 'customer-number', 0.9],
  ['Kunde-epost', 'email', 0.6],
  ['Postnr', 'zip code', 0.9],
  ['tel', 'phone', 0.9],
  ['Mobil', 'tlf.nr', 0.9],
  ['mobile_phone', 'telefon', 0.9],
  ['OrgNr', 'organisasjonsnummer', 0.9],
  ['org_number', 'organizationNumber', 0.9],
  ['fnr', 'nationalId', 0.9],
  ['hjemmeside', 'website', 0.9],
  ['Leverandør', 'vendor', 0.9],
  ['phone', 'email', 0],
  ['address_city', 'city', 0.6],
  ['order_date', 'birth_date', 0],
  ['kundenr', 'nummer', 0],
  ['colour', 'size', 0],
  ['__', 'x', 0],
])('%s and %s', (a, b, likeness) => {
  expect(nameLikeness(a, b)).toBe(likeness)
  expect(nameLikeness(b, a)).toBe(likeness)
})
