/** Durable data of a project: its second copy, its backups, and the way back. */
import { declaredKind } from '../config/model/declared.ts'
import { Fault, problem } from '../problem.ts'
import { durablePipes } from '../run/durable-pipes.ts'
import type { Backup } from '../storage/copy/backups.ts'
import type { ReadableFile } from '../storage/copy/folder.ts'
import type { DataSafety, Restored, SafetySettings, SafetyState } from '../storage/copy/safety.ts'
import { type CallContext, capability } from './capability.ts'

const noCopiesHere = problem<Record<string, never>>({
  code: 'no-copies-here',
  severity: 'error',
  says: () => 'Copies and backups are not kept here.',
})

/** What the page shows of durable data. */
export interface SafetyReport {
  /** Pipes with `metadata.durable`. */
  readonly durable: readonly string[]
  /** Other pipes that the documentation advises to make durable: they are pushed to, or they send (durable-data.rst). */
  readonly advised: readonly string[]
  /** Null where nothing keeps copies. */
  readonly state: SafetyState | null
  /** The last restore of which the datasets know: its identifier. */
  readonly restored: string | null
}

/** How the data of the open project is kept. */
export const safety = capability('safety', 'deployed', async (_: null, { host }): Promise<SafetyReport> => {
  const { session, store } = host.current()
  const durable = durablePipes(session.project)
  const advised = session.openPipes().flatMap(({ effective, runnable }) => {
    const isPushed = declaredKind('source', effective.source.type)?.receivesPushes === true
    const sends = runnable.sink.writes === 'outside' && runnable.sink.publication === undefined
    return (isPushed || sends) && !durable.includes(effective.id) ? [effective.id] : []
  })
  const marks = (await store.list()).flatMap(({ meta: { restore } }) =>
    typeof restore === 'object' && restore !== null && 'uuid' in restore ? [String(restore.uuid)] : [],
  )
  return { durable, advised, state: (await host.safety?.state()) ?? null, restored: marks[0] ?? null }
})

/** Sets where the second copy and the backups are, and whether they are made every day. */
export const configureSafety = capability(
  'configureSafety',
  'deployed',
  async (settings: SafetySettings, { host }: CallContext): Promise<void> => {
    await requireSafety(host.safety).configure(settings)
  },
)

/** Makes a backup now. */
export const makeBackup = capability(
  'makeBackup',
  'deployed',
  (_: null, { host }): Promise<Backup> => requireSafety(host.safety).backUp(),
)

/** A backup as a file; bytes cross by reference. */
export const backupFile = capability(
  'backupFile',
  'deployed',
  (id: string, { host }): Promise<ReadableFile> => requireSafety(host.safety).file(id),
)

/** Removes a backup. */
export const removeBackup = capability(
  'removeBackup',
  'deployed',
  (id: string, { host }): Promise<void> => requireSafety(host.safety).remove(id),
)

/** Puts a backup in the place of the data of the open project when its runs have ended; the present data is backed up first. */
export const restoreBackup = capability(
  'restoreBackup',
  'deployed-data',
  (from: { readonly id: string } | { readonly file: ReadableFile }, { host }): Promise<Restored> => {
    const keeper = requireSafety(host.safety)
    return host.reopenAfter(() => keeper.restore(from))
  },
)

function requireSafety(found: DataSafety | null): DataSafety {
  if (!found) throw new Fault(noCopiesHere({}))
  return found
}
