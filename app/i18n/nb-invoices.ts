/** Norwegian: invoices. */
import type { enInvoices } from './en-invoices.ts'
import { count, countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

export const nbInvoices: Widened<typeof enInvoices> = {
  title: 'Fakturaer',
  choose: 'EHF, UBL, CSV eller PDF…',
  enter: 'Skriv inn…',
  none: 'Ingen faktura ennå',
  noneSays:
    'Velg fakturaer som EHF (UBL i XML) eller CSV med kolonnene number, issued, currency, description, quantity, price, amount; en PDF beholdes og vises mens du skriver inn linjene. Hver linje sammenlignes med de daglige tellingene for måneden og prislisten. Fakturaene beholdes bare i dataene til prosjektet.',
  exportJson: 'Lagre JSON',
  exportCsv: 'Lagre CSV',
  list: 'Fakturaer, den nyeste først',
  issued: (number, day) => `${number} av ${day}`,
  due: (day) => `forfaller ${day}`,
  dueComputed: (day) => `forfaller ${day} (30 dager; fakturaen sier det ikke)`,
  dueIn: (days) =>
    days < 0
      ? `forfalt for ${counted(-days, 'dag', 'dager')} siden`
      : days === 0
        ? 'forfaller i dag'
        : `forfaller om ${counted(days, 'dag', 'dager')}`,
  paidOn: (day) => `betalt ${day}`,
  agrees: 'stemmer',
  notCounted: 'ikke talt',
  paid: 'Betalt',
  paidDay: 'Betalt den',
  line: 'Linje',
  invoiced: 'Fakturert',
  own: 'Egen telling',
  difference: 'Forskjell',
  sum: 'Sum',
  payable: (currency) => `Å betale, ${currency}`,
  times: (quantity, price) => `${quantity} × ${price}`,
  onlyInvoiced: 'ikke i egen telling',
  onlyOwn: 'ikke fakturert',
  counted: (days, month) => `Egen telling er snittet av ${counted(days, 'dag', 'dager')} i ${month}.`,
  noCount: (month) => `Ingen dag i ${month} er talt her, så det er ingenting å sammenligne med.`,
  explained: {
    mean: 'snittet for måneden',
    highest: (day) => `den høyeste tellingen i måneden, ${day}`,
    last: (day) => `den siste tellingen i måneden, ${day}`,
  },
  explanation: (description, what, search, isDurableOnce) =>
    `${description}: det fakturerte er ${what}${
      search === 0 ? '' : `, med data i globale talt ${count(search + 1)} ganger`
    }${isDurableOnce ? ', med varige data talt én gang' : ''}.`,
  remove: 'Fjern',
  removed: (number) => `Faktura ${number} ble fjernet`,
  document: 'Vis PDF-en',
  entry: 'Skriv inn en faktura',
  number: 'Nummer',
  issuedLabel: 'Utstedt',
  dueLabel: 'Forfall',
  dueHelp: 'Tomt: 30 dager etter utstedelsen',
  month: 'Fakturert måned',
  currency: 'Valuta',
  description: 'Beskrivelse',
  quantity: 'Antall',
  price: 'Pris',
  amount: 'Beløp',
  addLine: 'Ny linje',
  removeLine: (at) => `Fjern linje ${count(at)}`,
  keep: 'Behold',
  deviationMail: 'Kopier som tekst',
  copied: 'Kopiert',
}
