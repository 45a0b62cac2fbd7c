/** Addresses with parameters. Secrets stay names in them, and are encoded with the rest when the request leaves. */

const SECRET_PATTERN = /(\$SECRET\([^()]*\))/

/** An address, and the position from which on it is encoded, secrets that are put in there included. */
export interface QueryUrl {
  readonly url: string
  readonly encodedFrom: number
}

/** Applies an encoding to a text, except to the names of secrets in it. */
export function encodeAround(text: string, encode: (part: string) => string): string {
  return text
    .split(SECRET_PATTERN)
    .map((part, index) => (index % 2 === 1 ? part : encode(part)))
    .join('')
}

/** The address with parameters added. */
export function withParams(url: string, params: Readonly<Record<string, string>>): QueryUrl {
  const list = Object.entries(params).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeAround(value, encodeURIComponent)}`,
  )
  const added = list.length === 0 ? '' : `${url.includes('?') ? '&' : '?'}${list.join('&')}`
  return { url: url + added, encodedFrom: url.length }
}

/**
 * The address of the next page with the parameters of every request. What the address says itself stays, unless the
 * parameter has another value than on the page before.
 */
export function nextUrl(
  address: string,
  params: Readonly<Record<string, string>>,
  previous: Readonly<Record<string, string>> = {},
): QueryUrl {
  const [, path = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/s.exec(address) ?? []
  const isChanged = (name: string) => Object.hasOwn(params, name) && params[name] !== previous[name]
  const own = query.split('&').filter((part) => part !== '' && !isChanged(nameOf(part)))
  const present = new Set(own.map(nameOf))
  const added = Object.entries(params).filter(([name]) => !present.has(name))
  const { url } = withParams(own.length === 0 ? path : `${path}?${own.join('&')}`, Object.fromEntries(added))
  return { url, encodedFrom: path.length }
}

/** Whether an address has a parameter. */
export function hasParam(url: string, name: string): boolean {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? []
  return query.split('&').some((part) => part !== '' && nameOf(part) === name)
}

/** The name in `name=value` of a query. */
function nameOf(part: string): string {
  const [name = ''] = new URLSearchParams(part).keys()
  return name
}
