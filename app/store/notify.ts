/** Notifications for the desktop: shown there where the browser allows it, and in the page. */
import type { Notification as RuleNotification } from '../../engine-worker/index.ts'
import { currentWords } from '../i18n/i18n.ts'
import { toast } from './toasts.ts'

/** Shows a notification. */
export function showNotification({ problem, ruleName, pipe }: RuleNotification): void {
  const text = currentWords().engine.message({ ...problem, where: { pipe } })
  if ('Notification' in globalThis && Notification.permission === 'granted')
    new Notification(ruleName, { body: text, tag: `${ruleName} ${pipe}` })
  toast(text, problem.severity === 'hint' ? 'good' : 'bad')
}

/** Asks whether the desktop may be used; says what has been decided. */
export async function askForDesktop(): Promise<boolean> {
  return 'Notification' in globalThis && (await Notification.requestPermission()) === 'granted'
}
