/** English: invoices. */
export const enInvoices = {
  choose: 'EHF, UBL or CSV…',
  none: 'No invoice yet',
  noneSays:
    'Choose invoices as EHF (UBL XML) or CSV with the columns number, issued, currency, description, quantity, price, amount. Each line is held against the own count and the price table; invoices are kept in this project’s data only.',
  export: 'Export JSON',
  dates: (issued: string, due: string) => `of ${issued}, due ${due}`,
  paid: 'paid',
  payable: 'Payable',
}
