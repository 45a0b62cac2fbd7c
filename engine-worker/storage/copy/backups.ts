/** Which backups are kept, and what they are called: the same for a server and for a page (behind-the-scenes.rst). */

/** A type, since interfaces are no JSON objects. */
export type Backup = {
  readonly id: string
  /** ISO 8601. */
  readonly created: string
  readonly bytes: number
  readonly status: 'completed'
}

const DAY = 86_400_000

/** How many days, weeks and months have a backup that is kept, besides the last one. */
const keptPeriods = { days: 7, weeks: 4, months: 4 } as const

/** The identifier of a backup that is made now (milliseconds since 1970): identifiers sort by time. */
export function backupId(now: number): string {
  return new Date(now).toISOString().replace(/[:.]/g, '-')
}

/** A backup by its identifier and size; null where the name is not that of a backup. */
export function backupOf(id: string, bytes: number): Backup | null {
  const created = id.replace(/^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d+)Z$/, '$1:$2:$3.$4Z')
  return created === id ? null : { id, created, bytes, status: 'completed' }
}

/** Whether none of the backups is of the last day; one from a time to come, by a clock that was set back, does not count. */
export function isBackupDue(backups: readonly Backup[], now: number): boolean {
  return !backups.some(({ created }) => {
    const age = now - Date.parse(created)
    return age >= 0 && age < DAY
  })
}

/** Which backups are kept: the last, and the last of each of the latest days, weeks and months that have one. */
export function keptBackups(ids: readonly string[]): ReadonlySet<string> {
  const newestFirst = [...ids].sort().reverse()
  const kept = new Set(newestFirst.slice(0, 1))
  const addNewestOfPeriods = (count: number, period: (id: string) => string) => {
    const periods = new Set<string>()
    for (const id of newestFirst) {
      const name = period(id)
      if (periods.has(name)) continue
      if (periods.size >= count) return
      periods.add(name)
      kept.add(id)
    }
  }
  addNewestOfPeriods(keptPeriods.days, (id) => id.slice(0, 10))
  addNewestOfPeriods(keptPeriods.weeks, (id) => String(Math.floor((Date.parse(id.slice(0, 10)) / DAY + 3) / 7)))
  addNewestOfPeriods(keptPeriods.months, (id) => id.slice(0, 7))
  return kept
}
