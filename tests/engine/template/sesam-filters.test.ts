/** Sesam's own filters and functions: the results of the DTL functions of the same names, signatures and tokens. */
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fromNanos } from '../../../engine-worker/entity/datetime.ts'
import type { DateTime } from '../../../engine-worker/entity/value.ts'
import { withNeeds } from '../../../engine-worker/template/needs.ts'
import { compileTemplate, renderProgram } from '../../../engine-worker/template/render.ts'

const noon = fromNanos(1_600_000_000_000_000_000n) as DateTime
const options = { now: () => noon, random: () => 0.5 }

function render(template: string, values: Record<string, unknown> = {}): string {
  return renderProgram(compileTemplate(template), values, options)
}

function renderLater(template: string, values: Record<string, unknown>, documents: Record<string, string> = {}) {
  const fetchText = async (url: string) => documents[url] ?? '{}'
  return withNeeds(() => render(template, values), fetchText)
}

describe('filters', () => {
  test.each([
    ['{{ 0 | datetime | datetime_format("%Y-%m-%d") }}', '1970-01-01'],
    ['{{ (1738756240000 * 1000 * 1000) | datetime | datetime_format }}', '2025-02-05T11:50:40Z'],
    ['{{ 0 | datetime | datetime_format("Europe/Oslo", "%H:%M") }}', '01:00'],
    ['{{ 0 | datetime | datetime_filter("%Y") }}', '1970'],
    ['{{ "2021-03-04T05:06:07Z" | datetime | datetime_format("%d.%m.%y") }}', '04.03.21'],
    ['{{ 0 | datetime }}', '1970-01-01T00:00:00Z'],
    ['{{ "no date" | datetime }}', 'None'],
    ['{{ ["2021-03-04", "x"] | datetime | datetime_format("%j") | length if false else 1 }}', '1'],
    ["{{ ('0:' + 'tok') | bytes | base64_encode }}", 'MDp0b2s='],
    ["{{ 'æ' | bytes | base64_encode }}", 'w6Y='],
    ["{{ 'w6Y=' | base64_decode }}", "b'\\xc3\\xa6'"],
    ["{{ ('w6Y=' | base64_decode).decode() }}", 'æ'],
    ["{{ (now() + timedelta(hours=48)).strftime('%Y-%m-%d') }}", '2020-09-15'],
    ['{{ now().year }}/{{ (now() - timedelta(days=1)).isoformat() }}', '2020/2020-09-12T12:26:40'],
    ['{{ (now() - now()).total_seconds() }}', '0.0'],
  ])('%s', (template, wanted) => {
    expect(render(template)).toBe(wanted)
  })
})

describe('unusual arguments', () => {
  test.each([
    ["{{ '' | b64encode }}/{{ b64encode('') }}", '/'],
    ["{{ b64encode('æ') }} {{ b64encode('æ' | bytes) }} {{ 'æ' | b64encode }}", 'w6Y= w6Y= w6Y='],
    ["{{ 'æ' | base64_encode }} {{ none | b64encode }} {{ 5 | b64encode }}", 'None None None'],
    ["{{ ['a', 1, none] | b64encode }}", "['YQ==']"],
    ["{{ hmacsha256digest('', '') | b64encode }}", 'thNnmggU2ex3L5XXeMNfxf8Wl8STcVZTxscSFEKSxa0='],
    ["{{ hmacsha256digest('nøkkel', 'æøå 🦜') == hmacsha256digest('nøkkel' | bytes, 'æøå 🦜' | bytes) }}", 'True'],
    ["{{ ('k' | hmacsha256digest('m')) == hmacsha256digest(key='k', message='m') }}", 'True'],
    ["{{ none | datetime }} {{ '' | datetime }} {{ true | datetime }} {{ 1.5 | datetime }}", 'None None None None'],
    ['{{ [] | datetime }} {{ [] | datetime_format }}', '[] []'],
    ["{{ -1 | datetime | datetime_format('%f') }}", '999999'],
    ["{{ '2024-03-31T01:30:00Z' | datetime_format('Europe/Oslo', '%H:%M %z') }}", '03:30 +0200'],
    ["{{ '2024-02-29' | datetime_format(format='%d.%m.%Y', timezone='Asia/Kolkata') }}", '29.02.2024'],
    ["{{ none | datetime_format }} {{ 5 | datetime_format('%Y') }} {{ 'x' | datetime_format }}", 'None None None'],
    ["{{ '2024-02-29' | datetime_format('') }}", ''],
  ])('%s', async (template, wanted) => {
    expect(await renderLater(template, {})).toBe(wanted)
  })

  test.each([
    ["{{ '2024-02-29' | datetime_format('Europe/Nowhere', '%H') }}", /zone/i],
    ['{{ missing | datetime }}', /missing/],
    ['{{ b64encode(5) }}', /bytes or text/],
    ['{{ b64encode() }}', /bytes or text/],
    ["{{ hmacsha256digest('k') }}", /key and a message/],
    ["{{ hmacsha256digest(5, 'm') }}", /key and a message/],
    ["{{ '' | decode_jwt('k') }}", /token is not valid/],
    ["{{ 5 | decode_jwt('k') }}", /token is not valid/],
    ["{{ 'a.b.c.d' | decode_jwt('k') }}", /three parts/],
    ["{{ '§.§.§' | decode_jwt('k') }}", /base64/],
    ["{{ 'W10.W10.x' | decode_jwt('k') }}", /header is no JSON object/],
  ])('%s is an error in words', (template, words) => {
    expect(() => render(template)).toThrow(words)
  })
})

test('a webhook signature is checked as documented', async () => {
  const template =
    "{% if request_headers['X-Hmac'] == b64encode(hmacsha256digest(secret('s'), request_body)) %}{% else %}FAIL{% endif %}"
  const values = { secret: () => 'key', request_body: 'The quick brown fox jumps over the lazy dog' }
  const signature = '97yD9DBThCSxMpjmqm+xQ+9NWaFJRhdZl0edvC0aPNg='
  expect(await renderLater(template, { ...values, request_headers: { 'X-Hmac': signature } })).toBe('')
  expect(await renderLater(template, { ...values, request_headers: { 'X-Hmac': 'other' } })).toBe('FAIL')
})

describe('decode_jwt', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = (claims: object, header: object = {}) => {
    const text = `${encode({ alg: 'RS256', typ: 'JWT', ...header })}.${encode(claims)}`
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`
  }
  const now = 1_600_000_000

  test('gives the claims of a token that is signed with the key', async () => {
    const values = { jwt: token({ sub: 'ada', exp: now + 10 }), key: pem }
    expect(await renderLater('{{ (jwt | decode_jwt(key)).sub }}', values)).toBe('ada')
    expect(await renderLater('{{ (jwt | decode_jwt(key=key)).sub }}', values)).toBe('ada')
  })
  test.each<[string, object, string]>([
    ['expired', { exp: now - 1 }, ''],
    ['not valid yet', { nbf: now + 60 }, ''],
    ['of another issuer', { iss: 'a' }, ", issuer='b'"],
    ['for another audience', { aud: 'a' }, ", audience='b'"],
    ['for an audience that is not expected', { aud: 'a' }, ''],
    ['without a claim that it must have', {}, ", require=['sub']"],
  ])('refuses a token %s', async (_, claims, more) => {
    await expect(renderLater(`{{ jwt | decode_jwt(key${more}) }}`, { jwt: token(claims), key: pem })).rejects.toThrow(
      /token/,
    )
  })
  test('takes a little less time than allowed, and no checks where none are wanted', async () => {
    const expired = { jwt: token({ sub: 'ada', exp: now - 5 }), key: pem }
    expect(await renderLater('{{ (jwt | decode_jwt(key, leeway=10)).sub }}', expired)).toBe('ada')
    expect(await renderLater('{{ (jwt | decode_jwt(key, verify=false)).sub }}', expired)).toBe('ada')
    expect(await renderLater('{{ (jwt | decode_jwt(key, verify_exp=false)).sub }}', expired)).toBe('ada')
  })
  test('refuses other keys, changed tokens and algorithms that were not allowed', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    const wrong = other.export({ type: 'spki', format: 'pem' }).toString()
    const jwt = token({ sub: 'ada' })
    const changed = jwt.replace(/\.[^.]*\./, `.${encode({ sub: 'eve' })}.`)
    const text = `${encode({ alg: 'HS256' })}.${encode({ sub: 'eve' })}`
    const confused = `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`
    const none = `${encode({ alg: 'none' })}.${encode({ sub: 'eve' })}.`
    await expect(renderLater('{{ jwt | decode_jwt(key) }}', { jwt, key: wrong })).rejects.toThrow(/signature/)
    await expect(renderLater('{{ jwt | decode_jwt(key) }}', { jwt: changed, key: pem })).rejects.toThrow(/signature/)
    await expect(renderLater('{{ jwt | decode_jwt(key) }}', { jwt: confused, key: pem })).rejects.toThrow(/algorithm/)
    await expect(renderLater('{{ jwt | decode_jwt(key) }}', { jwt: none, key: pem })).rejects.toThrow(/algorithm/)
    const allowed = "{{ jwt | decode_jwt(key, algorithms=['HS256', 'RS256']) }}"
    await expect(renderLater(allowed, { jwt: confused, key: pem })).rejects.toThrow(/signature/)
  })
  test('finds the key in a key set by its address', async () => {
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one' }
    const documents = { 'https://keys/set': JSON.stringify({ keys: [jwk] }) }
    const values = { jwt: token({ sub: 'ada' }, { kid: 'one' }) }
    expect(await renderLater("{{ (jwt | decode_jwt(jwks_url='https://keys/set')).sub }}", values, documents)).toBe(
      'ada',
    )
    const plain = "{{ jwt | decode_jwt(jwks_url='http://keys/set') }}"
    await expect(renderLater(plain, values, documents)).rejects.toThrow(/https/)
  })
  test('reads a key set again after five minutes, when the service may have changed its keys', async () => {
    const one = { ...publicKey.export({ format: 'jwk' }), kid: 'one' }
    const sets = [{ keys: [] }, { keys: [one] }]
    const asked: string[] = []
    const fetchText = async (url: string) => {
      asked.push(url)
      return JSON.stringify(sets.shift())
    }
    const program = compileTemplate("{{ (jwt | decode_jwt(jwks_url='https://keys/changed')).sub }}")
    const claimsAt = (seconds: number) => {
      const now = () => fromNanos(BigInt(seconds) * 1_000_000_000n) as DateTime
      const jwt = token({ sub: 'ada' }, { kid: 'one' })
      return withNeeds(() => renderProgram(program, { jwt }, { ...options, now }), fetchText)
    }
    await expect(claimsAt(now)).rejects.toThrow(/signature/)
    await expect(claimsAt(now + 299)).rejects.toThrow(/signature/)
    expect(asked).toHaveLength(1)
    expect(await claimsAt(now + 301)).toBe('ada')
    expect(asked).toHaveLength(2)
  })
  test.each([
    ['a claim that is null counts as missing', { sub: null }, "require='sub'"],
    ['a name of every object is no claim', {}, "require=['constructor']"],
    ['a missing issuer is not the text undefined', {}, "issuer='undefined'"],
    ['an audience in a list is not the single one', { aud: ['a'] }, "audience='a', strict_aud=true"],
  ])('%s', async (_, claims, more) => {
    await expect(renderLater(`{{ jwt | decode_jwt(key, ${more}) }}`, { jwt: token(claims), key: pem })).rejects.toThrow(
      /token/,
    )
  })
  test('needs a key or the address of one', async () => {
    await expect(renderLater('{{ jwt | decode_jwt }}', { jwt: token({}) })).rejects.toThrow(/key/)
  })
})
