/**
 * Which versions of an entity compaction removes (compaction-feature.rst). Both stores ask here, so that they agree.
 *
 * Consumers must not notice: one at position P still reads the versions after P, and for dependency tracking compares
 * with the version it saw last, the newest one at or before P. Neither is ever removed. Versions go from the oldest on,
 * so that what stays is an unbroken chain of `_previous`.
 */
import type { Compaction } from './store.ts'

/** What the decision needs to know of a version. */
export interface CompactedVersion {
  readonly updated: number
  /** Microseconds since 1970. */
  readonly ts: number
  readonly deleted: boolean
  /** Whether it carries `$retract: true`. */
  readonly retract: boolean
}

/** How many versions stay of an entity, given newest first. */
export function keptVersions(versions: readonly CompactedVersion[], settings: Compaction): number {
  const latest = versions[0]
  if (!latest) return 0
  if (latest.updated <= settings.consumedUpTo && isEntirelyRemovable(latest, settings)) return 0
  // The newest version that every consumer has read, which they may still compare with.
  let seen = versions.findIndex((version) => version.updated <= settings.consumedUpTo)
  if (seen < 0) seen = versions.length
  let kept = versions.length
  while (kept > seen + 1) {
    const oldest = versions[kept - 1]
    if (
      !oldest ||
      (!(kept > settings.keepVersions && isOld(oldest, settings.olderThan)) && !isRetracted(versions, kept, settings))
    )
      break
    kept--
  }
  return kept
}

function isEntirelyRemovable(latest: CompactedVersion, settings: Compaction): boolean {
  if (latest.deleted && settings.deletesOlderThan !== undefined && isOld(latest, settings.deletesOlderThan)) return true
  return settings.keepVersions < 1 && settings.olderThan !== undefined && isOld(latest, settings.olderThan)
}

function isOld(version: CompactedVersion, milliseconds: number | undefined): boolean {
  return milliseconds === undefined || version.ts < milliseconds * 1000
}

/** Whether a version newer than the one at `kept - 1` carries `$retract`. */
function isRetracted(versions: readonly CompactedVersion[], kept: number, settings: Compaction): boolean {
  return settings.retract === true && versions.slice(0, kept - 1).some((version) => version.retract)
}
