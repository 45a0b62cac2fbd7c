/** Words of durable data: the second copy, backups, and the way back. */
import { bytesIn, countedIn } from './numbers.ts'

const counted = countedIn('en')

export const enDurable = {
  tile: 'Durable data',
  open: 'Durable data and backups…',
  none: 'no durable pipes',
  noneSays: 'nothing is copied',
  copied: (when: string) => `copied ${when}`,
  copyReady: 'copied',
  notCopied: 'not copied',
  pipes: (n: number) => counted(n, 'durable pipe', 'durable pipes'),
  backups: (n: number) => counted(n, 'backup', 'backups'),
  title: 'Durable data and backups',
  says: 'A second copy of data that cannot be read again: what was pushed here, and what was sent to others.',
  durable: 'Durable pipes',
  durableSays:
    'A batch of a project with durable pipes counts only when it is in the database and in the second copy. In Sesam their data counts three times.',
  teach:
    'No pipe is durable. None receives pushed data or sends anything, so all data can be read again from its source.',
  advised: 'advised: its data cannot be read again',
  make: (pipe: string) => `${pipe} is durable`,
  step: { on: (pipe: string) => `make ${pipe} durable`, off: (pipe: string) => `make ${pipe} not durable` },
  copy: 'Second copy',
  places: {
    browser: 'in this browser, beside the database',
    folder: (name: string) => `in the folder ${name}`,
    server: (name: string) => (name === '' ? 'on the server' : `on the server, in ${name}`),
  },
  noCopy: 'There is none: no pipe is durable.',
  noCopyThere: 'There is none: the server was started without --copy DIR.',
  copyIs: (size: string, when: string | null) =>
    when === null ? `${size}, up to date` : `${size}, last written ${when}`,
  mustAllow: (name: string) =>
    `The browser asks again before it writes into ${name}. Until then the copy goes to this browser.`,
  allow: 'Allow the folder',
  choose: 'Choose a folder…',
  useBrowser: 'Keep it in this browser',
  noFolders: 'This browser lets no page write into a folder. Download backups to keep them elsewhere.',
  persistence: {
    kept: 'The browser keeps the data of this site until you delete it.',
    'may-be-cleared': 'The browser may clear the data of this site when the disk is nearly full: a folder is safer.',
    unknown: 'The browser does not say whether it keeps the data of this site.',
  },
  ask: 'Ask it to keep the data',
  failed: (reason: string) => `The last try failed: ${reason}`,
  backupsTitle: 'Backups',
  daily: 'A backup every day that something runs',
  rule: 'Older ones are kept for 7 days, 4 weeks and 4 months, one for each.',
  noBackups:
    'There is no backup yet. One holds all datasets, the positions of all pipes and what was supplied to them.',
  now: 'Back up now',
  made: 'Backup made',
  when: 'Made',
  size: 'Size',
  restore: 'Restore',
  restoreOf: (when: string) => `Restore the backup of ${when}`,
  download: (when: string) => `Download the backup of ${when}`,
  remove: (when: string) => `Delete the backup of ${when}`,
  fromFile: 'Restore from a file…',
  confirmTitle: (when: string) => `Restore the backup of ${when}?`,
  confirm:
    'All datasets and the positions of all pipes become those of the backup. What is here now is backed up first, so that you can come back. Pipes, systems and variables stay as they are.',
  confirmDo: 'Restore',
  restored: (n: number) => `Restored ${counted(n, 'dataset', 'datasets')}`,
  back: 'Back to what was here',
  wasRestored: (id: string) => `Restored: readers of the datasets see it as restore ${id.slice(0, 8)}.`,
  byCommand:
    'A server restores while it does not run: pipewright restore ID --store STORE. In the place of ID it takes a file that was downloaded here, and backup --out FILE.pwbackup makes one for a browser.',
  file: (name: string) => `the file ${name}`,
  bytes: bytesIn('en'),
} as const
