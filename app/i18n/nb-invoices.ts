/** Norwegian: invoices. */
import type { enInvoices } from './en-invoices.ts'
import type { Widened } from './types.ts'

export const nbInvoices: Widened<typeof enInvoices> = {
  choose: 'EHF, UBL eller CSV…',
  none: 'Ingen faktura ennå',
  noneSays:
    'Velg fakturaer som EHF (UBL i XML) eller CSV med kolonnene number, issued, currency, description, quantity, price, amount. Hver linje holdes mot egen telling og prislisten; fakturaene beholdes bare i dataene til prosjektet.',
  export: 'Eksporter JSON',
  dates: (issued, due) => `av ${issued}, forfaller ${due}`,
  paid: 'betalt',
  payable: 'Å betale',
}
