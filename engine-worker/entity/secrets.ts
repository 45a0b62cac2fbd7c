/**
 * Text that is a secret, or holds one: by the name of the property or parameter that it stands under, by the place that it
 * stands in (a header, the query of an address, a connection string), and by its shape (the formats of known keys, random
 * characters). What shares, logs or shows configuration asks here.
 */

/** How sure it is that a text is secret. `possible`: it may be one, which a person has to say. */
export type SecretCertainty = 'certain' | 'possible'

/** A part of a text that is secret; `to` is behind its last character. */
interface SecretSpan {
  readonly from: number
  readonly to: number
  /** The parameter or header that it is the value of, where the text names it; otherwise what it looks like. */
  readonly name: string
  readonly named: boolean
  readonly certainty: SecretCertainty
}

/** Where a named value stands. Headers and parameters have names that say more there than elsewhere. */
export type SecretPlace = 'header' | 'parameter' | 'other'

/** Words that make a name that of a secret. */
const SECRET_WORDS = new Set(
  'password passwords passwd pwd passphrase passcode passkey secret secrets token tokens apikey apikeys authtoken accesstoken refreshtoken credential credentials authorization cookie cookies sig signature sas bearer jwt sid sessionid sess pat privatekey secretkey accesskey accountkey sharedkey pword pw psk otp totp pincode passord hemmelig hemmelighet lösenord hemlighet adgangskode kodeord salasana lykilorð passwort kennwort geheim geheimnis wachtwoord contraseña contrasena senha hasło haslo heslo motdepasse'.split(
    ' ',
  ),
)

/** `key` alone names many things; behind one of these words it is a secret one. */
const KEY_WORDS = new Set(
  'api access private secret subscription functions function account shared master encryption encrypt decryption signing sign licence license auth authentication host storage service services consumer admin app application client server deploy deployment ssh rsa pgp gpg hmac aes webhook management query ingestion instrumentation integration security web live test product user'.split(
    ' ',
  ),
)

/** A name that ends so tells something of a secret, or of what is no secret at all. */
const TELLING_OF = new Set(
  'url uri urls endpoint address name names type property properties expression path field column header length bytes expires expiry expiration lifetime ttl seconds minutes in at grant location placement policy scheme method algorithm alg format param parameter prefix suffix operation operations count size limit page enabled required valid errors mode hint provider source version kind template pattern regex issuer audience hash'.split(
    ' ',
  ),
)

/** And one that begins so. */
const NO_SECRET_BEGINS = new Set(
  'page next previous continuation cursor max min public primary foreign partition sort group is has use no without pagination skip csrf xsrf'.split(
    ' ',
  ),
)

/** Names of headers that hold a secret, beyond those whose words say so. */
const SECRET_HEADER_WORDS = new Set(['auth', 'authentication', 'key', 'session', 'authz'])

/** Names of parameters whose value is a secret where it looks like one. */
const SECRET_PARAMETERS = new Set(['key', 'code', 'auth', 'session'])

/** Whether a name is that of a secret, and how surely. Names in camelCase, kebab-case and snake_case are alike. */
export function secretName(name: string, place: SecretPlace = 'other'): SecretCertainty | null {
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  if (words.length === 0 || TELLING_OF.has(last) || NO_SECRET_BEGINS.has(words[0] ?? '')) return null
  if (last === 'id') return words.some((word) => word === 'session' || word === 'secret') ? 'certain' : null
  if (words.some((word) => SECRET_WORDS.has(word))) return 'certain'
  const before = words.at(-2) ?? ''
  if ((last === 'key' || last === 'keys') && KEY_WORDS.has(before)) return 'certain'
  if (/^conn(?:ection)?str(?:ing)?$/.test(words.slice(-2).join('')) || /^conn(?:ection)?str(?:ing)?$/.test(last))
    return 'certain'
  if (words.length > 1 && SECRET_WORDS.has(words.slice(-3).join(''))) return 'certain'
  if ((last === 'code' && before === 'pin') || (last === 'auth' && before === 'basic')) return 'certain'
  if (last === 'pass' || (last === 'phrase' && before === 'pass')) return 'certain'
  if (place === 'header' && SECRET_HEADER_WORDS.has(last)) return 'certain'
  if (place === 'parameter' && SECRET_PARAMETERS.has(last)) return 'possible'
  return /(?:secret|passw(?:or)?d|apikey|token)$/.test(last) ? 'certain' : null
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
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

interface KeyFormat {
  readonly name: string
  readonly pattern: RegExp
}

/** Formats of keys that say what they are. Each pattern is linear in the length of the text. */
const FORMATS: readonly KeyFormat[] = [
  {
    name: 'private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
  { name: 'AWS access key', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  { name: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255})\b/g },
  { name: 'GitLab token', pattern: /\bgl(?:pat|dt|rt|ptt|agent|soat)-[\w-]{16,}/g },
  { name: 'Slack token', pattern: /\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}/g },
  { name: 'Slack webhook', pattern: /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{10,}/g },
  { name: 'Teams webhook', pattern: /(?<=webhook\.office\.com\/webhookb2\/)[\w@/-]{10,}/g },
  { name: 'Discord webhook', pattern: /(?<=discord(?:app)?\.com\/api\/webhooks\/\d{1,25}\/)[\w-]{20,}/g },
  { name: 'Telegram token', pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  { name: 'HubSpot token', pattern: /\bpat-(?:na|eu|ap)\d-[0-9A-Za-z-]{20,}/g },
  { name: 'Atlassian token', pattern: /\bATATT3[\w=-]{30,}/g },
  { name: 'Notion token', pattern: /\bntn_[A-Za-z0-9]{30,}/g },
  { name: 'Linear key', pattern: /\blin_api_[A-Za-z0-9]{30,}/g },
  { name: 'Postman key', pattern: /\bPMAK-[0-9a-f]{24}-[0-9a-f]{20,}/g },
  { name: 'New Relic key', pattern: /\bNRAK-[A-Z0-9]{20,}/g },
  { name: 'Grafana token', pattern: /\bgl(?:sa|c)_[A-Za-z0-9_+/=]{30,}/g },
  { name: 'Figma token', pattern: /\bfig[dour]_[\w-]{30,}/g },
  { name: 'Square token', pattern: /\bsq0(?:atp|csp)-[\w-]{20,}/g },
  { name: 'Mailchimp key', pattern: /\b[0-9a-f]{32}-us\d{1,2}\b/g },
  { name: 'Stripe key', pattern: /\b(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{10,}/g },
  { name: 'Google key', pattern: /\bAIza[\w-]{30,}|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}/g },
  { name: 'JWT', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{4,}\.[\w-]*/g },
  { name: 'SendGrid key', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/g },
  { name: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{30,}/g },
  { name: 'PyPI token', pattern: /\bpypi-[\w-]{30,}/g },
  { name: 'OpenAI key', pattern: /\bsk-(?:proj-|ant-|svcacct-)?[\w-]{20,}/g },
  { name: 'Twilio key', pattern: /\bSK[0-9a-f]{32}\b/g },
  { name: 'Mailgun key', pattern: /\bkey-[0-9a-f]{32}\b/g },
  { name: 'Databricks token', pattern: /\bdapi[0-9a-f]{32}\b/g },
  { name: 'Shopify token', pattern: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/g },
  { name: 'DigitalOcean token', pattern: /\bdo[opr]_v1_[0-9a-f]{40,}/g },
  { name: 'Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,}/g },
  { name: 'HashiCorp Vault token', pattern: /\bhv[sbr]\.[\w-]{20,}/g },
  { name: 'Age key', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/g },
  { name: 'Azure client secret', pattern: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g },
  {
    name: 'credentials',
    pattern: /(?<=\b(?:Bearer|Basic|Digest|SharedAccessSignature|ApiKey) {1,3})[A-Za-z0-9+/._~=-]{6,}/gi,
  },
]

/** `https://user:password@host` and `//token@host`. */
const URL_PASSWORD = /\/\/[^/\s:@?#'"]*:([^/\s@'"]+)@/g

/** `https://token@host`: a name of a person is rarely as long. */
const URL_USER = /\/\/([^/\s:@?#'"$%{]{8,})@/g

/** `curl -u user:password`. */
const COMMAND_PASSWORD = /(?<=\s(?:-u|--user)[ =]?["']?[^\s:'"]{1,60}:)[^\s'"]+/g

/**
 * `name=value` of queries, forms and connection strings. The name may hold spaces (`Account Key`); the value ends where the
 * next parameter begins.
 */
const PAIR =
  /(?<=^|[?&;#,\s"'{(])([A-Za-z_][\w.$-]{0,60}(?: [A-Za-z][\w.-]{0,30}){0,3})\s?=\s?("[^"]*"|'[^']*'|\{[^}]*\}|[^&;\s"'<>#]+)/g

/** `"name": "value"` of JSON in a text, and `Name: value` of headers. */
const COLON = /(?<=^|[{,\s"'])["']?([A-Za-z_][\w.-]{0,60})["']?\s?:\s?("[^"\n]*"|'[^'\n]*'|[^\s"',;{}[\]][^\n"',;{}]*)/g

/** The parts of a text that are secret, in their order, none inside another. */
export function secretsInText(text: string): SecretSpan[] {
  const found: SecretSpan[] = []
  const add = (from: number, to: number, name: string, certainty: SecretCertainty, named = false) => {
    if (to > from && isLiteralSecret(text.slice(from, to))) found.push({ from, to, name, named, certainty })
  }
  for (const match of text.matchAll(URL_PASSWORD)) {
    const to = match.index + match[0].length - 1
    add(to - (match[1]?.length ?? 0), to, 'password', 'certain')
  }
  for (const match of text.matchAll(URL_USER)) {
    const to = match.index + match[0].length - 1
    add(to - (match[1]?.length ?? 0), to, 'user', 'possible')
  }
  for (const match of text.matchAll(COMMAND_PASSWORD)) {
    add(match.index, match.index + match[0].length, 'password', 'certain')
  }
  for (const pattern of [PAIR, COLON]) {
    for (const match of text.matchAll(pattern)) {
      const [whole, name = '', value = ''] = match
      const quoted = /^["'{]/.test(value) && value.length > 1 ? 1 : 0
      const content = value.slice(quoted, value.length - quoted)
      const certainty = pairCertainty(whole, name, content, {
        quoted: quoted > 0,
        list: text.includes(';'),
        colon: pattern === COLON,
      })
      const to = match.index + whole.length - quoted
      if (certainty) add(to - content.length, to, name, certainty, true)
    }
  }
  for (const { name, pattern } of FORMATS) {
    for (const match of text.matchAll(pattern)) add(match.index, match.index + match[0].length, name, 'certain')
  }
  if (isRandom(text)) add(0, text.length, 'random characters', 'possible')
  return withoutOverlaps(found)
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
  return list || !/\s=|=\s/.test(whole) ? 'certain' : null
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

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/**
 * Whether a text looks as if it was drawn at random: one piece of at least 20 letters and digits (as base64 or hex writes
 * them) that are spread as random ones are. UUIDs, words with hyphens, names and paths are none.
 */
export function isRandom(text: string): boolean {
  if (!/^[A-Za-z0-9+/_=.~-]{20,512}$/.test(text) || UUID.test(text)) return false
  if (/^[0-9a-f]+$/i.test(text) && text.length >= 32) return /[a-f]/i.test(text) && /\d/.test(text)
  const pieces = text.split(/[-_./]/)
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((each) => each.test(text)).length
  if (pieces.length > 3 && pieces.every((piece) => piece.length < 12)) return false
  return classes === 3 && mixes(text) >= text.length * 0.36 && entropy(text) > 3.3
}

/** How often letters, capitals and digits take turns: rarely in names, all the time in random text. */
function mixes(text: string): number {
  const kind = (char: string): string =>
    /[a-z]/.test(char) ? 'a' : /[A-Z]/.test(char) ? 'A' : /\d/.test(char) ? '0' : '-'
  let turns = 0
  for (let index = 1; index < text.length; index++)
    if (kind(text.charAt(index)) !== kind(text.charAt(index - 1))) turns++
  return turns
}

/** Shannon's entropy in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
