/**
 * Text that is a secret, or holds one: by the name of the property or parameter that it stands under, by the place that it
 * stands in (a header, the query of an address, a connection string), and by its shape (the formats of known keys, random
 * characters). What shares, logs or shows configuration asks here.
 */
import { isRandom, SECRET_FORMATS } from './secret-formats.ts'
import { type SecretCertainty, secretName } from './secret-names.ts'

/** A part of a text that is secret; `to` is behind its last character. */
interface SecretSpan {
  readonly from: number
  readonly to: number
  /** The parameter or header that it is the value of, where the text names it; otherwise what it looks like. */
  readonly name: string
  readonly named: boolean
  readonly certainty: SecretCertainty
}

/** A value that is taken from a secret, a variable or a template, apart from words such as `Bearer` around it. */
const REFERENCE = /\$(?:SECRET|ENV)\([^)]*\)|\{\{[^}]*\}\}|\{%[^%]*%\}|%\(?\w*\)?s/g

/** Whether anything is left of a text without its references and the words that stand around them. */
export function isLiteralSecret(text: string): boolean {
  const rest = text
    .replace(REFERENCE, '')
    .replace(/\b(?:Bearer|Basic|Token|ApiKey|Digest|SharedAccessSignature)\b/gi, '')
  return /[\p{L}\p{N}]/u.test(rest)
}

interface SecretPosition {
  readonly name: string
  readonly certainty: SecretCertainty
  /** What it matches is the secret. */
  readonly pattern: RegExp
}

/** Positions in addresses, commands and statements where only a secret can stand. Each pattern is linear, or bounded. */
const POSITIONS: readonly SecretPosition[] = [
  // `https://user:password@host`; a password may hold an @, and, though it should not, a slash.
  {
    name: 'password',
    certainty: 'certain',
    pattern: /(?<=\/\/[^/\s:@?#'"]*:)(?:[^/\s'"]{1,300}|(?!\d{1,5}[/?#])[^\s@'"]{1,100})(?=@)/g,
  },
  // `https://token@host`: a name of a person is rarely as long.
  { name: 'user', certainty: 'possible', pattern: /(?<=\/\/)[^/\s:@?#'"$%{]{8,}(?=@)/g },
  {
    name: 'password',
    certainty: 'certain',
    pattern: /(?<=jdbc:oracle:\w{1,9}:[^/@\s:'"]{1,60}\/)[^@\s'"]{1,100}(?=@)/g,
  },
  // `curl -u user:password`, `sqlplus user/password@host`, `mysql -ppassword`, `--password x`.
  { name: 'password', certainty: 'certain', pattern: /(?<=\s(?:-u|--user)[ =]?["']?[^\s:'"]{1,60}:)[^\s'"]+/g },
  {
    name: 'password',
    certainty: 'certain',
    pattern: /(?<=\b(?:sqlplus|sqlldr|expdp|impdp|rman) {1,3}[^/@\s'"]{1,60}\/)[^@\s'"]+/g,
  },
  {
    name: 'password',
    certainty: 'certain',
    pattern: /(?<=\b(?:mysql\w{0,12}|sshpass|mongo\w{0,12}|sqlcmd|bcp)\b[^\n|;&]{0,200} -[pP] ?)[^\s'"-][^\s'"]*/g,
  },
  // `docker login -u me -p x`, `az login -p x -u me`: both options of one command; and `-p x` where x is no port and no path.
  {
    name: 'password',
    certainty: 'certain',
    pattern:
      /(?<=\s(?:-u|--user(?:name)?)[ =][^\s-][^\s]{0,80} [^\n|;&]{0,200}-p )(?!\d{1,5}(?:[:\s]|$))[^\s'"-][^\s'"]*/g,
  },
  {
    name: 'password',
    certainty: 'certain',
    pattern:
      /(?<=\s-p ["']?)(?!\d{1,5}(?:[:\s]|$))[^\s'"-][^\s'"]*(?=["']? [^\n|;&]{0,200}(?:-u|--user(?:name)?)[ =])/g,
  },
  {
    name: 'password',
    certainty: 'possible',
    pattern: /(?<=\s-p ["']?)(?=[^\s'"]{0,60}\d)(?=[^\s'"]{0,60}\p{L})[^\s'"/:\\-][^\s'"/:\\]{5,}(?=["']?(?:\s|$))/gu,
  },
  // `user/password@//host:port/service` of Oracle.
  { name: 'password', certainty: 'certain', pattern: /(?<=^[^/@\s:'"]{1,60}\/)[^@\s'"]{1,100}(?=@\/\/)/g },
  { name: 'password', certainty: 'certain', pattern: /(?<=\blogin\s{1,9}\S{1,60}\s{1,9}password\s{1,9})\S+/g },
  { name: 'password', certainty: 'certain', pattern: /(?<=\bidentified\s{1,9}by\s{1,9}["']?)[^\s"';]+/gi },
  // A line of .pgpass: host:port:database:user:password.
  {
    name: 'password',
    certainty: 'certain',
    pattern: /(?<=^[\w.*-]{1,80}:(?:\d{1,5}|\*):[^:\s]{0,60}:[^:\s]{1,60}:)\S+$/gm,
  },
  { name: 'token', certainty: 'possible', pattern: /(?<=\b(?:token|api[ -]?key) )(?=[\w-]{0,60}\d)[\w-]{8,}/gi },
]

/** A name and what follows it: `<password>x</password>`, `--client-secret x`, `the password is x`, `token | default('x')`. */
const NAMED_SECRETS: readonly { readonly certainty: SecretCertainty; readonly pattern: RegExp }[] = [
  { certainty: 'certain', pattern: /<(?:[\w.-]{1,40}:)?([\w.-]{2,60})(?:\s[^<>]{0,300})?>([^<>]+)(?=<\/)/g },
  { certainty: 'certain', pattern: /(?<=\s|^)--?([a-z][\w-]{2,40})\s{1,3}["']?([^\s"'-][^\s"']*)/gi },
  { certainty: 'certain', pattern: /\b(\w{2,60})\s{0,3}\|\s{0,3}d(?:efault)?\(\s{0,3}["']([^"']+)/g },
  {
    certainty: 'possible',
    pattern: /([\p{L}_-]{2,30})\s{1,3}(?:is|was|er|är|ist|est|es|=|:=|=>)\s{1,3}["'`]?((?=\S{0,60}\d)[^\s"'`]{4,})/gu,
  },
]

/**
 * `name=value` of queries, forms and connection strings. The name may hold spaces (`Account Key`); the value ends where the
 * next parameter begins.
 */
const PAIR_PATTERN =
  /(?<=^|[?&;#,\s"'{(@-])([A-Za-z_][\w.$-]{0,60}(?: [A-Za-z][\w.-]{0,30}){0,3})(?:["']\])?\s?=\s?("[^"]*"|'[^']*'|\{[^}]*\}|[^&;\s"'<>#]+)/g

/** `"name": "value"` of JSON in a text, and `Name: value` of headers. */
const COLON_PATTERN =
  /(?<=^|[{,\s"'])["']?([A-Za-z_][\w.-]{0,60})["']?\s?:\s?("[^"\n]*"|'[^'\n]*'|[^\s"',;{}[\]][^\n"',;{}]*)/g

/** The parts of a text that are secret, in their order, none inside another. */
export function secretsInText(text: string): SecretSpan[] {
  const found: SecretSpan[] = []
  const add = (from: number, to: number, name: string, certainty: SecretCertainty, named = false) => {
    if (to > from && isLiteralSecret(text.slice(from, to))) found.push({ from, to, name, named, certainty })
  }
  for (const { name, certainty, pattern } of POSITIONS) {
    for (const match of text.matchAll(pattern)) add(match.index, match.index + match[0].length, name, certainty)
  }
  for (const { certainty, pattern } of NAMED_SECRETS) {
    for (const { index, 0: whole, 1: name = '', 2: value = '' } of text.matchAll(pattern)) {
      const to = index + whole.length
      if (secretName(name) === 'certain') add(to - value.length, to, name, certainty, true)
    }
  }
  for (const pattern of [PAIR_PATTERN, COLON_PATTERN]) {
    for (const match of text.matchAll(pattern)) {
      const [whole, name = '', value = ''] = match
      const quoted = /^["'{]/.test(value) && value.length > 1 ? 1 : 0
      const content = value.slice(quoted, value.length - quoted)
      const certainty = pairCertainty(whole, name, content, {
        quoted: quoted > 0,
        list: text.includes(';'),
        colon: pattern === COLON_PATTERN,
      })
      const to = match.index + whole.length - quoted
      if (certainty) add(to - content.length, to, name, certainty, true)
    }
  }
  for (const { name, pattern } of SECRET_FORMATS) {
    for (const match of text.matchAll(pattern)) add(match.index, match.index + match[0].length, name, 'certain')
  }
  if (isRandom(text)) add(0, text.length, 'random characters', 'possible')
  for (const { from, to } of secretSegments(text)) add(from, to, 'address', 'possible')
  for (const secret of encodedSecrets(text)) {
    for (let at = text.indexOf(secret.text); at >= 0; at = text.indexOf(secret.text, at + secret.text.length))
      add(at, at + secret.text.length, secret.name, secret.certainty, true)
  }
  return withoutOverlaps(found)
}

/** Segments of the paths of addresses that are random, or those behind a webhook's name. */
function secretSegments(text: string): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = []
  for (const { index, 0: address } of text.matchAll(/\bhttps?:\/\/[^\s"'<>?#]{1,2000}/g)) {
    const hook = /hook/i.exec(address)?.index ?? Number.POSITIVE_INFINITY
    for (const { index: at, 0: segment } of address.matchAll(/(?<=[^/:]\/)[^/]+/g)) {
      const isToken = at > hook && /^(?=.*\d)(?=.*[a-z])[\w-]{6,}$/i.test(segment)
      if (isToken || isRandom(segment)) found.push({ from: index + at, to: index + at + segment.length })
    }
  }
  return found
}

/** Secrets of texts that are in the text with percent signs or backslashes, where they stand there letter by letter. */
function encodedSecrets(text: string) {
  const plain = /%(?:3A|40|3D|22)/i.test(text) ? percentDecoded(text) : text.replaceAll('\\"', '"')
  if (plain === text) return []
  return secretsInText(plain)
    .map(({ from, to, name, certainty }) => ({ text: plain.slice(from, to), name, certainty }))
    .filter((secret) => secret.text.length >= 4)
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

interface Pair {
  readonly quoted: boolean
  /** The text separates its parts by semicolons, as connection strings do. */
  readonly list: boolean
  /** `name: value` instead of `name=value`. */
  readonly colon: boolean
}

/** Names in prose and columns in SQL are followed by words that are no secrets. */
function pairCertainty(
  whole: string,
  name: string,
  value: string,
  { quoted, list, colon }: Pair,
): SecretCertainty | null {
  const certainty = secretName(name, colon ? 'header' : 'parameter')
  if (certainty === null || /^[:@?]\w*$/.test(value) || (name.includes('.') && /^\w+\.\w+$/.test(value))) return null
  if (certainty === 'possible') {
    if (colon || value.length < 12 || !/\d/.test(value) || !/[a-z]/i.test(value)) return null
    return isRandom(value) ? 'certain' : 'possible'
  }
  if (quoted) return 'certain'
  if (colon)
    return /^\S{4,}$|^(?:Bearer|Basic|Digest|Token|ApiKey|SharedAccessSignature)\s+\S+$/i.test(value) ? 'certain' : null
  if (list || !/\s=|=\s/.test(whole)) return 'certain'
  return /\d/.test(value) && value.length >= 4 ? 'possible' : null
}

function withoutOverlaps(found: readonly SecretSpan[]): SecretSpan[] {
  const sorted = found.toSorted((a, b) => a.from - b.from || b.to - a.to)
  const result: SecretSpan[] = []
  for (const span of sorted) {
    const last = result.at(-1)
    if (!last || span.from >= last.to) result.push(span)
    else if (span.to > last.to || (last.certainty === 'possible' && span.certainty === 'certain')) {
      const certainty = last.certainty === 'certain' || span.certainty === 'certain' ? 'certain' : 'possible'
      result[result.length - 1] = { ...last, to: Math.max(last.to, span.to), certainty }
    }
  }
  return result
}

/** The text with its certain secrets replaced. */
export function replaceSecrets(text: string, by: (name: string) => string): string {
  return secretsInText(text)
    .filter(({ certainty }) => certainty === 'certain')
    .reduceRight((result, { from, to, name }) => result.slice(0, from) + by(name) + result.slice(to), text)
}
