/** Addresses of servers as people type them, and the tokens for them. */

/**
 * The address below which a server has its calls, without a slash at its end; null for other texts. What people copy
 * from elsewhere (`…/api`, `…/pipewright/`, no scheme) is understood.
 */
export function serverAddress(typed: string): string | null {
  const text = typed.trim()
  if (text === '' || /\s/.test(text)) return null
  const isLocal = /^(localhost|127\.|\[::1\])/.test(text)
  const whole = /^https?:\/\//i.test(text) ? text : `${isLocal ? 'http' : 'https'}://${text}`
  if (!URL.canParse(whole)) return null
  const { origin, pathname, username } = new URL(whole)
  if (username !== '') return null
  return origin + pathname.replace(/\/+$/, '').replace(/\/(api|pipewright)$/, '')
}

/** The part of an address that people know it by: `127.0.0.1:9042`, `pipes.example.org/north`. */
export function shortAddress(address: string): string {
  return address.replace(/^https?:\/\//, '')
}

const storageKey = (address: string) => `pipewright.token ${address}`

/** The token for a server: of this tab, or kept in this browser. */
export function tokenFor(address: string): string | null {
  return inMemory.get(address) ?? readToken(() => sessionStorage, address) ?? readToken(() => localStorage, address)
}

/** Whether the token for a server is kept in this browser, beyond the tab. */
export function isTokenKept(address: string): boolean {
  return readToken(() => localStorage, address) !== null
}

/** Remembers a token for this tab, or (`keep`) in this browser. */
export function rememberToken(address: string, token: string, keep: boolean): void {
  inMemory.delete(address)
  if (!writeToken(() => sessionStorage, address, token)) inMemory.set(address, token)
  writeToken(() => localStorage, address, keep ? token : null)
}

/** Tokens of this page where storage is switched off. */
const inMemory = new Map<string, string>()

function readToken(storage: () => Storage, address: string): string | null {
  try {
    return storage().getItem(storageKey(address))
  } catch {
    return null
  }
}

/** False where storage is switched off. */
function writeToken(storage: () => Storage, address: string, token: string | null): boolean {
  try {
    if (token === null) storage().removeItem(storageKey(address))
    else storage().setItem(storageKey(address), token)
    return true
  } catch {
    return false
  }
}
