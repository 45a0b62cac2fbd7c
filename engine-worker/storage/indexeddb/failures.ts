/** What can go wrong with the browser's storage, in words, and how Dexie's and IndexedDB's errors map to it. */
import { Fault, problem } from '../../problem.ts'

type FailureFacts = { project: string }

const storageFull = problem<FailureFacts>({
  code: 'storage-full',
  severity: 'error',
  says: ({ project }) =>
    `The browser has no room left for the data of ${project}. The last batch was not stored; everything before it is safe.`,
  fix: () => 'Free disk space, delete datasets or projects that are not needed, or compact datasets; then run again.',
})

export const storageClosed = problem<FailureFacts>({
  code: 'storage-closed',
  severity: 'error',
  says: ({ project }) =>
    `The browser closed the storage of ${project} while it was in use. What was stored before is safe.`,
  fix: () =>
    'Reload the page. If site data was cleared, or the project deleted in another tab, import the project again.',
})

const storageUnavailable = problem<FailureFacts & { reason: string }>({
  code: 'storage-unavailable',
  severity: 'error',
  says: ({ project, reason }) => `The browser gives no access to the storage of ${project}: ${reason}.`,
  fix: () => 'Allow this site to store data (private windows often forbid it), or use another browser profile.',
})

export const storageNewer = problem<FailureFacts>({
  code: 'storage-newer',
  severity: 'error',
  says: ({ project }) => `The data of ${project} was stored by a newer version of this app.`,
  fix: () => 'Reload the page to get the newer version.',
})

export const openElsewhere = problem<FailureFacts>({
  code: 'project-open-elsewhere',
  severity: 'error',
  says: ({ project }) => `${project} is open in another tab or window, and only one at a time can run its pipes.`,
  fix: () => 'Close the other tab, then reload this one.',
})

const CLOSED = ['DatabaseClosedError', 'InvalidStateError', 'InvalidState', 'TransactionInactiveError', 'AbortError']
const UNAVAILABLE_ERRORS = [
  'MissingAPIError',
  'MissingApiError',
  'OpenFailedError',
  'SecurityError',
  'NotAllowedError',
  'UnknownError',
]

/** The error as a Fault where it is the storage's; any other error as it is. */
export function storageFault(error: unknown, project: string): unknown {
  if (error instanceof Fault) return error
  const names = causeChain(error).map((cause) => cause.name)
  if (names.includes('QuotaExceededError')) return new Fault(storageFull({ project }))
  if (names.includes('VersionError')) return new Fault(storageNewer({ project }))
  if (names.some((name) => UNAVAILABLE_ERRORS.includes(name))) {
    const reason = causeChain(error).at(-1)?.message || 'it failed without a reason'
    return new Fault(storageUnavailable({ project, reason }))
  }
  if (names.some((name) => CLOSED.includes(name))) return new Fault(storageClosed({ project }))
  return error
}

/** An error with what it wraps: Dexie hides the reason of an aborted transaction in `inner`. */
function causeChain(error: unknown): { readonly name: string; readonly message: string }[] {
  const found: { name: string; message: string }[] = []
  let next: unknown = error
  while (typeof next === 'object' && next !== null && found.length < 8) {
    const { name, message, inner, cause } = next as Record<string, unknown>
    found.push({ name: String(name), message: String(message ?? '') })
    next = inner ?? cause
  }
  return found
}
