/** Telling the desktop: the pages that have the project open show it. */
import { Fault, problem } from '../../problem.ts'
import type { Notification } from './notification.ts'
import type { Channel } from './notifier.ts'

const noPageOpen = problem<Record<string, never>>({
  code: 'notification-no-page',
  severity: 'error',
  says: () => 'No page has the project open.',
})

/** Hands notifications to `show`, which says whether any page has received it. */
export function desktopChannel(show: (notification: Notification) => boolean): Channel {
  return async (_, notification) => {
    if (!show(notification)) throw new Fault(noPageOpen({}))
  }
}
