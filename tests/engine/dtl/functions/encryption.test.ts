import { describe, expect, it } from 'vitest'
import { exampleKeys } from '../../../../engine-worker/dtl/functions/example-keys.ts'
import { printValue } from '../../../../engine-worker/entity/transit.ts'
import type { Json } from '../../../../engine-worker/entity/value.ts'
import { evaluateCase } from '../../../../engine-worker/testing/cases/case.ts'
import type { CaseResult } from '../../../../engine-worker/testing/cases/result.ts'
import { environment } from '../corpus.ts'

const clock = environment()

/** The value as transit text, or the code of the problem. */
async function evaluate(expr: Json, secrets: { [name: string]: Json } = {}): Promise<string> {
  const result: CaseResult = await evaluateCase({ id: 'x', expr, source: {}, context: { secrets } }, clock)
  if ('problem' in result) return result.problem.code
  return 'value' in result ? printValue(result.value) : ''
}

const { rsaPublic, rsaPrivate, pgpPublic, pgpPrivate } = exampleKeys

describe('encrypt and decrypt', () => {
  it('give back any value with its types', async () => {
    const values = [
      '["~f1.50",1.0,12345678901234567890,"~:a:b","~t2021-01-01",null,{"å":["~bAAEC"]}]',
      '"x"',
      '""',
      '[]',
      'false',
    ]
    for (const text of values) {
      const parsed = ['first', ['json-transit-parse', ['list', text]]]
      expect(await evaluate(['decrypt', 'pw', ['encrypt', 'pw', parsed]])).toBe(text)
    }
    expect(await evaluate(['encrypt', 'pw', null])).toBe('null')
  })

  it('never give the same bytes twice', async () => {
    expect(await evaluate(['eq', ['encrypt', 'pw', 'a'], ['encrypt', 'pw', 'a']])).toBe('false')
  })

  it('refuse another password, changed bytes and missing secrets', async () => {
    expect(await evaluate(['decrypt', 'other', ['encrypt', 'pw', 'a']])).toBe('dtl-cannot-decrypt')
    expect(await evaluate(['decrypt', 'pw', ['bytes', 'A'.repeat(200)]])).toBe('dtl-cannot-decrypt')
    expect(await evaluate(['decrypt', 'pw', ['bytes', 'short']])).toBe('dtl-cannot-decrypt')
    expect(await evaluate(['encrypt', '$SECRET(none)', 'a'])).toBe('dtl-missing-secret')
    const secret = ['encrypt', '$SECRET(one)', 'a']
    expect(await evaluate(['decrypt', 'first', secret], { one: 'first' })).toBe('"a"')
  })
})

describe('public keys', () => {
  it('encrypt short texts that the private key opens', async () => {
    const encrypted = ['encrypt-pki', rsaPublic, ['list', 'æ', '', 1]]
    expect(await evaluate(['decrypt-pki', rsaPrivate, encrypted])).toBe('["æ",""]')
    expect(await evaluate(['encrypt-pki', rsaPublic, 'x'.repeat(190)])).toMatch(/^"~b/)
    expect(await evaluate(['encrypt-pki', rsaPublic, 'x'.repeat(191)])).toBe('dtl-too-long-to-encrypt')
  })

  it('encrypt a secret that the rule names, and never one that data names', async () => {
    const encryptAndDecrypt = (value: Json) =>
      evaluate(['decrypt-pki', '$SECRET(k)', ['encrypt-pki', rsaPublic, value]], { k: rsaPrivate, pin: '0042' })
    expect(await encryptAndDecrypt('$SECRET(pin)')).toBe('"0042"')
    expect(await encryptAndDecrypt(['concat', ['list', '$SECRET', '(pin)', ['string', ['now']]]])).toMatch(
      /^"\$SECRET\(pin\)/,
    )
    expect(await encryptAndDecrypt('$SECRET(unknown)')).toBe('dtl-missing-secret')
  })

  it('say when a key is none, or the wrong one', async () => {
    expect(await evaluate(['encrypt-pki', 'no key', 'x'])).toBe('dtl-bad-key')
    expect(await evaluate(['decrypt-pki', 'no key', ['bytes', 'x']])).toBe('dtl-bad-key')
    expect(await evaluate(['decrypt-pki', rsaPrivate, ['bytes', 'x'.repeat(256)]])).toBe('dtl-cannot-decrypt')
    expect(await evaluate(['encrypt-pgp', rsaPublic, 'x'])).toBe('dtl-bad-key')
    expect(await evaluate(['decrypt-pgp', pgpPrivate, 'wrong', 'x'])).toBe('dtl-bad-key')
    expect(await evaluate(['decrypt-pgp', pgpPrivate, 'open sesame', 'x'])).toBe('dtl-cannot-decrypt')
  })

  it('work as PGP for long texts, inside any expression', async () => {
    const long = 'æøå '.repeat(2000)
    const decrypted = [
      'decrypt-pgp',
      '$SECRET(key)',
      '$SECRET(phrase)',
      ['encrypt-pgp', pgpPublic, ['list', long, 'b', 3]],
    ]
    const secrets = { key: pgpPrivate, phrase: 'open sesame' }
    expect(await evaluate(['map', ['length', '_.'], decrypted], secrets)).toBe(`[${long.length},1]`)
    expect(await evaluate(['decrypt-pgp', pgpPrivate, 'open sesame', ['encrypt-pgp', pgpPublic, 'b']])).toBe('"b"')
  })
})
