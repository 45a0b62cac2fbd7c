/** Requests that push entities, by the documented expressions (configuration-sources-http.rst, receive-webhook-events-pattern.rst). */
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { PushRequest } from '../../../engine-worker/connectors/runtime.ts'
import { environment, opened } from './open.ts'

async function codeFor(
  expression: string,
  request: Partial<PushRequest>,
  fetch: typeof globalThis.fetch | null = null,
) {
  const source = { type: 'http_endpoint', validation_expression: expression }
  const pipe = opened({ pipe: { source }, secrets: { webhook_secret: 'abc', public_key: pem } })
  if (pipe.source.reads !== 'outside' || !pipe.source.refusal) return 'no check'
  const whole = { url: '', params: {}, headers: {}, body: '', ...request }
  return (await pipe.source.refusal(whole, { environment, fetch }))?.code ?? 'accepted'
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const unsigned = `${encode({ alg: 'RS256', kid: 'k' })}.${encode({ sub: 'shop' })}`
const token = `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey).toString('base64url')}`

describe('a push', () => {
  const bySecret =
    "{{ '' if request_headers['X-Sesam-Authorization'] == secret('webhook_secret') else 'Invalid authorization header value' }}"
  test('is accepted with the right header, whatever the case of its name', async () => {
    expect(await codeFor(bySecret, { headers: { 'x-sesam-authorization': 'abc' } })).toBe('accepted')
    expect(await codeFor(bySecret, { headers: { 'X-Sesam-Authorization': 'abd' } })).toBe('push-refused')
    expect(await codeFor(bySecret, {})).toBe('unknown-template-variable')
  })
  test('may be signed with its text', async () => {
    const signed =
      "{% if request_headers['X-Hmac-SHA256'] == b64encode(hmacsha256digest(secret('webhook_secret'), request_body)) %}{% else %}FAIL{% endif %}"
    const body = '[{"_id": "æ"}]'
    const headers = { 'X-Hmac-SHA256': createHmac('sha256', 'abc').update(body).digest('base64') }
    expect(await codeFor(signed, { body, headers })).toBe('accepted')
    expect(await codeFor(signed, { body: `${body} `, headers })).toBe('push-refused')
  })
  test('may carry a token, checked with a key or with keys of a server', async () => {
    const byKey = "{% if (request_headers['jwt'] | decode_jwt(secret('public_key'))) %}{% else %}FAIL!{% endif %}"
    expect(await codeFor(byKey, { headers: { jwt: token } })).toBe('accepted')
    expect(await codeFor(byKey, { headers: { jwt: `${token}x` } })).toBe('broken-template')
    const keySet = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k' }] }
    const byServer = (address: string) =>
      `{% if (request_headers.jwt | decode_jwt(jwks_url='https://keys/${address}')).sub != request_params.shop %}other shop{% endif %}`
    const request = { headers: { jwt: token }, params: { shop: 'shop' } }
    expect(await codeFor(byServer('a'), request, async () => Response.json(keySet))).toBe('accepted')
    const other = { ...request, params: { shop: 'b' } }
    expect(await codeFor(byServer('a'), other, async () => Response.json(keySet))).toBe('push-refused')
    expect(await codeFor(byServer('b'), request, null)).toBe('validation-keys-missing')
    const closed = async () => new Response('', { status: 503 })
    expect(await codeFor(byServer('b'), request, closed)).toBe('validation-keys-missing')
  })
  test('is accepted where nothing is asked of it', async () => {
    expect(await codeFor('', {})).toBe('accepted')
  })
})
