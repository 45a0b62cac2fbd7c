/** Why the database of projects refused something, as a value that the status line can show. */

/**
 * `conflict`: another tab wrote the project after this one read it. `deleted`: the project is not in the database any
 * more. `quota`: the disk is full. `unavailable`: the browser refuses storage. `newer`: a newer version of the app made
 * the database.
 */
export type SaveFailure = 'conflict' | 'deleted' | 'quota' | 'unavailable' | 'newer'

/** A failed save with its reason. */
export class DiskError extends Error {
  constructor(
    readonly reason: SaveFailure,
    cause: unknown,
  ) {
    super(`disk: ${reason}`, { cause })
    this.name = 'DiskError'
  }
}

/** Runs database work; what it throws becomes a {@link DiskError}. */
export async function withDiskErrors<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw diskErrorIn(error) ?? new DiskError(isQuota(error) ? 'quota' : 'unavailable', error)
  }
}

/** The reason of a failed save, whatever was thrown. */
export function diskFailureReason(error: unknown): SaveFailure {
  return error instanceof DiskError ? error.reason : 'unavailable'
}

/** Dexie hides why a database was not opened inside the error of each access. */
function diskErrorIn(error: unknown): DiskError | null {
  if (error instanceof DiskError) return error
  return error instanceof Error && 'inner' in error ? diskErrorIn(error.inner) : null
}

/** Dexie hides a full disk inside an AbortError. */
function isQuota(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'QuotaExceededError') return true
  return 'inner' in error && isQuota(error.inner)
}
