/** The shapes of secrets: the formats of known keys, and characters that are spread as if drawn at random. */

interface KeyFormat {
  readonly name: string
  readonly pattern: RegExp
}

/** Formats of keys that say what they are. Each pattern is linear in the length of the text. */
export const SECRET_FORMATS: readonly KeyFormat[] = [
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
  { name: 'Telegram token', pattern: /(?:\b|(?<=\bbot))\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  { name: 'Firebase key', pattern: /\bAAAA[\w-]{7}:APA91b[\w-]{100,}/g },
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
  { name: 'password hash', pattern: /\$(?:2[abxy]|argon2(?:id|i|d)|5|6|y|7|apr1|scrypt)\$[\w./$,=+-]{20,}/g },
  { name: 'password hash', pattern: /\{(?:SSHA|SHA|SMD5|CRYPT|PBKDF2)[\w-]{0,10}\}[\w+/=$.]{16,}/g },
  // Beginnings of private keys (PKCS#8, PKCS#1, SEC 1, OpenSSH, PEM) that are written in base64.
  {
    name: 'private key',
    pattern:
      /\b(?:MII[A-Za-z0-9+/]{3}(?:IBADANBgkqhkiG9w0BAQEFAAS|AIBAAKC)|MHcCAQEE|MHQCAQEE|MIGHAgEAMBMGByqGSM49|MC4CAQAwBQYDK2VwBCIEI|b3BlbnNzaC1rZXktdjE|LS0tLS1CRUdJTi(?!BDRVJU|BQVUJM))[A-Za-z0-9+/=\s]{16,}/g,
  },
  { name: 'private key', pattern: /PuTTY-User-Key-File-\d[^"]{20,}/g },
  {
    name: 'credentials',
    pattern: /(?<=\b(?:Bearer|Basic|Digest|SharedAccessSignature|ApiKey) {1,3})[A-Za-z0-9+/._~=-]{6,}/gi,
  },
]

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
/** Beginnings of pictures, documents and certificates in base64. */
const MEDIA_START = /^(?:iVBOR|\/9j\/|R0lG|JVBER|UEsDB|PHN2Z|MII)/

/**
 * Whether a text looks as if it was drawn at random: one piece of at least 20 letters and digits (as base64 or hex writes
 * them) that are spread as random ones are. UUIDs, words with hyphens, names and paths are none.
 */
export function isRandom(text: string): boolean {
  if (!/^[A-Za-z0-9+/_=.~-]{20,8192}$/.test(text) || UUID.test(text) || MEDIA_START.test(text)) return false
  if (/^[0-9a-f]+$/i.test(text) && text.length >= 32) return /[a-f]/i.test(text) && /\d/.test(text)
  const pieces = text.split(/[-_./]/)
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((each) => each.test(text)).length
  if (pieces.length > 3 && pieces.every((piece) => piece.length < 12)) return false
  return classes === 3 && characterKindChanges(text) >= text.length * 0.36 && entropy(text) > 3.3
}

/** How often letters, capitals and digits take turns: rarely in names, all the time in random text. */
function characterKindChanges(text: string): number {
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
