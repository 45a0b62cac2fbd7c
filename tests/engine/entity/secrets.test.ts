import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRandom } from '../../../engine-worker/entity/secret-formats.ts'
import { secretName } from '../../../engine-worker/entity/secret-names.ts'
import { isLiteralSecret, replaceSecrets, secretsInText } from '../../../engine-worker/entity/secrets.ts'

describe('what is secret', () => {
  test('by its name', () => {
    const secret = [
      'password',
      'PWD',
      'dbPass',
      'client_secret',
      'apiKey',
      'X-Api-Key',
      'aws_secret_access_key',
      'sig',
      'Set-Cookie',
    ]
    for (const name of [
      ...secret,
      'connectionString',
      'ConnStr',
      'session_id',
      'AccountKey',
      'private-key',
      'accessToken',
    ]) {
      expect(secretName(name), name).toBe('certain')
    }
    const others = [
      'username',
      'token_url',
      'primary_key',
      'public_key',
      'next_page_token',
      'password_property',
      'passenger',
    ]
    for (const name of [
      ...others,
      'client_id',
      'key',
      'monkey',
      'compass',
      'author',
      'signal',
      'tokenizer',
      'secretary',
      '',
    ]) {
      expect(secretName(name), name).toBeNull()
    }
    for (const name of [
      'passord',
      'dbPassord',
      'Lösenord',
      'mot_de_passe',
      'contraseña',
      'kennwort',
      'pin_code',
      'basic_auth',
    ])
      expect(secretName(name), name).toBe('certain')
    for (const name of ['passordregler_url', 'code', 'spinCode']) expect(secretName(name), name).toBeNull()
    expect([secretName('X-Auth', 'header'), secretName('X-Auth')]).toEqual(['certain', null])
    expect([secretName('code', 'parameter'), secretName('code')]).toEqual(['possible', null])
  })

  test('not by its name where the value comes from elsewhere', () => {
    for (const text of ['$SECRET(a)', 'Bearer $ENV(a)', '{{ secret("x") }}', '', ' Basic {{ a }}:{{ b }} ']) {
      expect(isLiteralSecret(text), text).toBe(false)
    }
    for (const text of ['a', '$SECRET(a)b', 'æ']) expect(isLiteralSecret(text), text).toBe(true)
  })

  test('by its characters', () => {
    for (const text of [
      'h7Gk29sLq0ZpXv4Tb81MnRw6',
      'd41d8cd98f00b204e9800998ecf8427e',
      'wJ7lrXUt9FEMIK7mDeN5bPxRf3CyExAm',
    ]) {
      expect(isRandom(text), text).toBe(true)
    }
    const plain = [
      'customer-address-changed-2020',
      'CustomerAddressChangedEvent2',
      '0f8fad5b-d9cb-469f-a165-70867728950e',
    ]
    for (const text of [
      ...plain,
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'https://example.com/Path1/Path2',
      '20240101T000000Z-20250101',
    ]) {
      expect(isRandom(text), text).toBe(false)
    }
  })

  test('in parts of a text, which are replaced', () => {
    expect(replaceSecrets('see https://me:pw@h/?token=abc&x=1 and AKIAIOSFODNN7EXAMPLE', (name) => `<${name}>`)).toBe(
      'see https://me:<password>@h/?token=<token>&x=1 and <AWS access key>',
    )
  })

  test('in any text without losing anything else, in time that grows with the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        let at = 0
        for (const { from, to } of secretsInText(text)) {
          expect(from).toBeGreaterThanOrEqual(at)
          expect(to).toBeGreaterThan(from)
          at = to
        }
        expect(at).toBeLessThanOrEqual(text.length)
      }),
    )
    for (const piece of [
      'a=',
      'a b c d ',
      '-----BEGIN PRIVATE KEY-----',
      'eyJ',
      '://a:',
      '"a": ',
      'key-',
      'Bearer ',
      '{"',
      '     ',
      '\n',
      '<a ',
      '--a ',
      'a is ',
      'mysql -p',
      'https://h/a/',
      'jdbc:oracle:x:a/',
      'a|default(',
    ]) {
      expect(secretsInText(piece.repeat(20_000)).length).toBeGreaterThanOrEqual(0)
    }
  })
})

test.each([
  [
    'https://discord.com/api/webhooks/123456789012345678/abcdefghijklmnopqrstuvwxyzABCDEF',
    'Discord webhook',
    'certain',
  ],
  ['pat-eu1-11111111-2222-3333-4444-555555555555', 'HubSpot token', 'certain'],
  ['https://token1234abcd@host/x', 'user', 'possible'],
  ['curl -u me:hunter2 https://host', 'password', 'certain'],
])('%s holds a secret', (text, name, certainty) => {
  expect(secretsInText(text).map((found) => [found.name, found.certainty])).toEqual([[name, certainty]])
})
