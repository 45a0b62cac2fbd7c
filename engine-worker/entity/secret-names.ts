/** Names of secrets: properties, headers, parameters and variables whose value nobody else may see. */

/** How sure it is that a text is secret. `possible`: it may be one, which a person has to say. */
export type SecretCertainty = 'certain' | 'possible'

/** Where a named value stands. Headers and parameters have names that say more there than elsewhere. */
export type SecretPlace = 'header' | 'parameter' | 'other'

/** Words that make a name that of a secret. */
const SECRET_WORDS = new Set(
  'creds cred pfx pkcs12 keystore keytab mnemonic hmac userpwd bindpw passw password passwords passwd pwd passphrase passcode passkey secret secrets token tokens apikey apikeys authtoken accesstoken refreshtoken credential credentials authorization cookie cookies sig signature sas bearer jwt sid sessionid sess pat privatekey secretkey accesskey accountkey sharedkey pword pw psk otp totp pincode passord hemmelig hemmelighet lösenord hemlighet adgangskode kodeord salasana lykilorð passwort kennwort geheim geheimnis wachtwoord contraseña contrasena senha hasło haslo heslo motdepasse'.split(
    ' ',
  ),
)

/** `key` alone names many things; behind one of these words it is a secret one. */
const KEY_WORDS = new Set(
  'nonce certificate cert tls ssl jwt jwe oauth saml keystore api access private secret subscription functions function account shared master encryption encrypt decryption signing sign licence license auth authentication host storage service services consumer admin app application client server deploy deployment ssh rsa pgp gpg hmac aes webhook management query ingestion instrumentation integration security web live test product user'.split(
    ' ',
  ),
)

/** A name with one of these endings describes a secret, or something that is not secret. */
const DESCRIPTIVE_WORDS = new Set(
  'url uri urls endpoint address name names type property properties expression path field column header length bytes expires expiry expiration lifetime ttl seconds minutes in at grant location placement policy scheme method algorithm alg format param parameter prefix suffix operation operations count size limit page enabled required valid errors mode hint provider source version kind template pattern regex issuer audience hash date dato time timestamp changed created updated modified reset rotation strength score question'.split(
    ' ',
  ),
)

/** And one that begins so. */
const HARMLESS_PREFIXES = new Set(
  'page next previous continuation cursor max min public primary foreign partition sort group is has use no without pagination skip csrf xsrf'.split(
    ' ',
  ),
)

/** Names of headers that hold a secret, beyond those whose words say so. */
const SECRET_HEADER_WORDS = new Set(['auth', 'authentication', 'key', 'session', 'authz'])

/** Names of parameters whose value is a secret where it looks like one. */
const SECRET_PARAMETERS = new Set(['key', 'code', 'auth', 'session'])

/** Names of what is often secret, and often something else. */
const AMBIGUOUS_WORDS = new Set(['salt', 'salts', 'pepper', 'pin', 'seed', 'assertion', 'clave', 'chiave', 'sleutel'])

/** Names of what is now and then a secret: only a value that looks like one makes it one. */
const RARELY_SECRET =
  /^(?:licen[sc]es?|access|refresh|tickets?|aes\d{0,3}|des|rsa|ecdsa|ed25519|hash|grant|nonce|code)$/

/** `key` in other languages; `api_nøkkel` and `apinøkkel` are both usual. */
const KEY_NOUN = /^(\p{L}*?)(?:keys?|n(?:ø|o|oe)kkel(?:en)?|n(?:ø|oe?)gle|nyckeln?|schl(?:ü|ue)ssel)$/u
/** Words before it that make it a secret one, where both are written as one word. */
const KEY_COMPOUND =
  /^(?:api|auth|consumer|client|access|secret|private?|privat|shared|master|hoved|signing|signerings|encryption|krypterings|licen[sc]e|lisens|account|storage|subscription|abonnements|function|admin|host|tilgangs|adgangs|åtkomst|zugangs|geheim)$/

/** Names that say of a pair of texts that it is a user and a password, or a certificate and its key. */
const CREDENTIAL_WORDS = new Set(
  'auth authentication basic login logon credential credentials cred creds cert innlogging pålogging legitimasjon'.split(
    ' ',
  ),
)

/** Whether a name is that of credentials, which are written as `user:password` or as a pair. */
export function isCredentials(name: string): boolean {
  return CREDENTIAL_WORDS.has(wordsOf(name).at(-1) ?? '') || /basic_?auth$/i.test(name)
}

/** Whether a name says that accounts are listed under it. */
export function isAccounts(name: string): boolean {
  return /^(?:users|accounts|logins)$/.test(wordsOf(name).at(-1) ?? '')
}

/**
 * Whether a name is that of a secret together with the name of the object that it stands in: the `key` of a `certificate`,
 * the `value` of an `auth`.
 */
export function secretNameInside(name: string, above: string): SecretCertainty | null {
  const [word, ...others] = wordsOf(name)
  if (word === undefined || others.length > 0) return null
  if (/^(?:value|content|text|data|code|kode)$/.test(word) && isCredentials(above)) return 'possible'
  return /^(?:keys?|pass|code|phrase|pin|private)$/.test(word) ? secretName(`${above} ${word}`) : null
}

/** Whether a name is that of a secret, and how surely. Names in camelCase, kebab-case and snake_case are alike. */
export function secretName(name: string, place: SecretPlace = 'other'): SecretCertainty | null {
  const words = withoutVariant(wordsOf(name))
  const last = words.at(-1) ?? ''
  if (words.length === 0 || DESCRIPTIVE_WORDS.has(last) || HARMLESS_PREFIXES.has(words[0] ?? '')) return null
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
  const noun = KEY_NOUN.exec(last)
  if (noun) {
    if (KEY_COMPOUND.test(noun[1] ?? '') || (noun[1] === '' && KEY_WORDS.has(before))) return 'certain'
    if (noun[1] === '' && !last.startsWith('key') && words.length === 1) return 'possible'
  }
  if (/(?:secret|passw(?:or)?d|passwort|passphrase|pwd|token|apikey)$/.test(last)) return 'certain'
  if (/(?:passord|hemmelighet)(?:et|en|er|ene|a)?$|(?:tilgangs|adgangs|engangs|sikkerhets|pin)koden?$/.test(last))
    return 'certain'
  if (/^(?:db|key|store|user|my|admin|root|bind|trust|cert|sql|ftp|smtp)(?:pass|pw)$/.test(last)) return 'certain'
  return AMBIGUOUS_WORDS.has(last) ? 'possible' : null
}

/**
 * Whether a value under a name that is now and then that of a secret (`license`, `refresh`, `aes`) looks like one: one word,
 * no address and no path, with digits among its letters, or long.
 */
export function isSecretValueOf(name: string, value: string): boolean {
  const words = wordsOf(name)
  if (words.length > 2 || !RARELY_SECRET.test(words.at(-1) ?? '')) return false
  if (!/^[^\s/\\{}$%]{8,}$/.test(value) || /^(?:_\w?\.|\d{4}-\d\d-\d\d)/.test(value)) return false
  return (/\d/.test(value) && /\p{L}/u.test(value)) || value.length >= 16 || /^\d{12,}$/.test(value)
}

/** Which of several it is, behind the name: `password2`, `API_KEY_PROD`, `apiKeyValue`. */
const VARIANT = /^(?:v?\d+|value|verdi|prod|production|test|dev|stage|staging|live|qa|old|new|current|backup)$/

/** Words without those at the end that say which of several is meant. */
function withoutVariant(words: readonly string[]): string[] {
  const last = words.findLastIndex((word) => !VARIANT.test(word))
  return words.slice(0, last + 1).map((word) => (/^\D{2,}\d$/.test(word) ? word.slice(0, -1) : word))
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
}
