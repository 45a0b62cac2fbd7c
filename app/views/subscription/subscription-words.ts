/** The words of the view in both languages. */
import { enAgreement } from '../../i18n/en-agreement.ts'
import { enEnvironments } from '../../i18n/en-environments.ts'
import { enInvoices } from '../../i18n/en-invoices.ts'
import { enSubscription } from '../../i18n/en-subscription.ts'
import { enVpn } from '../../i18n/en-vpn.ts'
import { nbAgreement } from '../../i18n/nb-agreement.ts'
import { nbEnvironments } from '../../i18n/nb-environments.ts'
import { nbInvoices } from '../../i18n/nb-invoices.ts'
import { nbSubscription } from '../../i18n/nb-subscription-view.ts'
import { nbVpn } from '../../i18n/nb-vpn.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = {
  subscription: nbSubscription,
  vpn: nbVpn,
  invoices: nbInvoices,
  agreement: nbAgreement,
  environments: nbEnvironments,
}

export const useSubscriptionWords = viewWords<typeof nb>({
  en: {
    subscription: enSubscription,
    vpn: enVpn,
    invoices: enInvoices,
    agreement: enAgreement,
    environments: enEnvironments,
  },
  nb,
})
