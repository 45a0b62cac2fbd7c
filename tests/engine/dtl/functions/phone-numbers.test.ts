import { describe, expect, it } from 'vitest'
import { printValue } from '../../../../engine-worker/entity/transit.ts'
import type { Json } from '../../../../engine-worker/entity/value.ts'
import { evaluateCase } from '../../../../engine-worker/testing/cases/case.ts'
import { environment } from '../corpus.ts'

async function evaluate(expr: Json): Promise<string> {
  const result = await evaluateCase({ id: 'x', expr, source: {} }, environment())
  if ('problem' in result) return result.problem.code
  return 'value' in result ? printValue(result.value) : ''
}

describe('phone numbers', () => {
  it('are read however they are written', async () => {
    const written: Json[] = ['+47 22 22 55 55', '0047 22225555', '22 22 55 55', 22225555, '(22) 22-55-55']
    expect(await evaluate(['distinct', ['phonenumber-parse', 'no', ['list', ...written]]])).toBe(
      '["~rtel:+47-22-22-55-55"]',
    )
    expect(await evaluate(['phonenumber-parse', '22225555'])).toBe('null')
    expect(await evaluate(['phonenumber-parse', 'XX', '22225555'])).toBe('null')
    expect(await evaluate(['phonenumber-parse', 'NO', ['list', 'abc', '123', null, 2.5, '']])).toBe('[]')
    expect(await evaluate(['phonenumber-parse', 'US', '(212) 555-0123 ext. 7'])).toBe('"~rtel:+1-212-555-0123;ext=7"')
  })

  it('leave the stacks of other errors as they are', async () => {
    const { stackTraceLimit } = Error
    expect(await evaluate(['phonenumber-parse', 'NO', 'abc'])).toBe('null')
    expect(Error.stackTraceLimit).toBe(stackTraceLimit)
    expect(new Error('later').stack).toContain('phone-numbers.test')
  })

  it('are written in every format', async () => {
    const formats = ['e164', 'rfc3966', 'national', 'international', 'national-e164', 'isocode', 'country-code']
    const all = ['list', ...formats.map((format) => ['phonenumber-format', format, '~rtel:+1-613-555-0123'])]
    expect(await evaluate(all)).toBe(
      '["16135550123","tel:+1-613-555-0123","(613) 555-0123","+1 613-555-0123","6135550123","CA","1"]',
    )
    const given = ['lower', ['list', 'toString']]
    expect(await evaluate(['phonenumber-format', 'loud', '~rtel:+47-22-22-22-22'])).toBe('dtl-not-a-choice')
    expect(await evaluate(['phonenumber-format', ['first', given], '~rtel:+47-22-22-22-22'])).toBe('dtl-not-a-choice')
    expect(await evaluate(['phonenumber-format', ['string', ['now']], '~rtel:+47-22-22-22-22'])).toBe(
      'dtl-unknown-phone-format',
    )
    expect(await evaluate(['phonenumber-format', 'e164', ['list', '~rhttp://x/', 'x', '~rtel:nothing']])).toBe('[]')
  })
})
