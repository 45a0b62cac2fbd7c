/** The words of notification rules in both languages, with what the engine declares of their kinds. */
import { enNotifications } from '../../i18n/en-notifications.ts'
import { nbNotifications } from '../../i18n/nb-notifications.ts'
import type { Widened } from '../../i18n/types.ts'
import { viewWords } from '../../store/view-words.ts'

interface NotificationWords {
  readonly notifications: Widened<typeof enNotifications> & { readonly declared: Readonly<Record<string, string>> }
}

/** The engine's words are English: only another language has others for them. */
export const useNotificationWords = viewWords<NotificationWords>({
  en: { notifications: { ...enNotifications, declared: {} } },
  nb: { notifications: nbNotifications },
})
