/** The words of the view beside those of the frame, in the chosen language. They come with the view. */
import { enInvoices } from '../../i18n/en-invoices.ts'
import { enSubscription } from '../../i18n/en-subscription.ts'
import { enVpn } from '../../i18n/en-vpn.ts'
import { useWords } from '../../i18n/i18n.ts'
import { nbInvoices } from '../../i18n/nb-invoices.ts'
import { nbSubscription } from '../../i18n/nb-subscription-view.ts'
import { nbVpn } from '../../i18n/nb-vpn.ts'
import type { Words } from '../../i18n/types.ts'
import { useSettings } from '../../store/settings.ts'

const catalogues = {
  en: { subscription: enSubscription, vpn: enVpn, invoices: enInvoices },
  nb: { subscription: nbSubscription, vpn: nbVpn, invoices: nbInvoices },
} as const

export function useSubscriptionWords(): Words & (typeof catalogues)['nb'] {
  return { ...useWords(), ...catalogues[useSettings((state) => state.language)] }
}
