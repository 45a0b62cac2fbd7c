/** What can go wrong between a page and a server, in words that say what to do. */
import { currentWords } from '../../i18n/i18n.ts'

/**
 * `unreachable`: no answer, or one that the browser keeps from this page; `token`: not valid there; `roles`: not
 * enough; `other`: something else answers at the address; `version`: page and server do not fit; `changed`: the server
 * has a newer revision; `refused`: the configuration has errors; `busy`: too many requests; `failed`: the server could
 * not do it.
 */
type ServerFailureKind =
  | 'unreachable'
  | 'token'
  | 'roles'
  | 'other'
  | 'version'
  | 'changed'
  | 'refused'
  | 'busy'
  | 'failed'

/** A call to a server that did not succeed; `message` says it in the chosen language. */
export class ServerFailure extends Error {
  constructor(
    readonly kind: ServerFailureKind,
    address: string,
    /** What the server said, where it said something. */
    readonly said = '',
  ) {
    super(currentWords().connected.failures[kind](address, said, globalThis.location?.origin ?? ''))
    this.name = 'ServerFailure'
  }
}

/** The failure that a status stands for. */
export async function failureOf(response: Response, address: string): Promise<ServerFailure> {
  const message = messageIn(await response.text().catch(() => ''))
  switch (response.status) {
    case 401:
      return new ServerFailure('token', address, message)
    case 403:
      return new ServerFailure('roles', address, message)
    case 404:
    case 405:
      return new ServerFailure('other', address, message)
    case 412:
      return new ServerFailure('changed', address, message)
    case 400:
      return new ServerFailure('refused', address, message)
    case 429:
      return new ServerFailure('busy', address, message)
    default:
      return new ServerFailure('failed', address, message)
  }
}

/** The words of an answer: its message, or the first errors of a configuration. */
function messageIn(text: string): string {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json !== 'object' || json === null) return ''
    if ('message' in json && typeof json.message === 'string') return json.message
    if ('validation_errors' in json && Array.isArray(json.validation_errors))
      return json.validation_errors.slice(0, 3).flatMap(errorsIn).slice(0, 3).join(' ')
    return ''
  } catch {
    return ''
  }
}

function errorsIn(entry: unknown): string[] {
  if (typeof entry !== 'object' || entry === null || !('config-errors' in entry)) return []
  const errors = entry['config-errors']
  const posted = 'posted-config' in entry ? entry['posted-config'] : null
  const id = typeof posted === 'object' && posted !== null && '_id' in posted ? `${posted._id}: ` : ''
  return Array.isArray(errors)
    ? errors.flatMap((error) => (typeof error?.msg === 'string' ? [`${id}${error.msg}`] : []))
    : []
}
