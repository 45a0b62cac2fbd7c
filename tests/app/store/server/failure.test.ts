/** The failure that a server's answer means, and its text. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setLanguage } from '../../../../app/i18n/i18n.ts'
import { failureOf, ServerFailure } from '../../../../app/store/server/failure.ts'

const address = 'https://pipes.example.org/north'
const failure = (status: number, body = '') => failureOf(new Response(body, { status }), address)

describe('an answer that is no success', () => {
  it.each([
    [401, 'token'],
    [403, 'roles'],
    [404, 'other'],
    [405, 'other'],
    [412, 'changed'],
    [400, 'refused'],
    [429, 'busy'],
    [500, 'failed'],
    [503, 'failed'],
    [428, 'failed'],
  ])('with status %d is of the kind "%s"', async (status, kind) => {
    expect(await failure(status)).toMatchObject({ name: 'ServerFailure', kind })
  })

  it('says what the server said, and the address', async () => {
    const found = await failure(500, '{"message": "The disk is full."}')
    expect(found.said).toBe('The disk is full.')
    expect(found.message).toBe(`${address} could not do it. The disk is full.`)
  })

  it('names the components of a configuration that is refused, three errors at most', async () => {
    const entry = (id: unknown, ...texts: unknown[]) => ({
      'posted-config': id === undefined ? null : { _id: id },
      'config-errors': texts.map((msg) => ({ msg })),
    })
    const messagesOf = async (...entries: unknown[]) =>
      (await failure(400, JSON.stringify({ validation_errors: entries }))).said
    expect(await messagesOf(entry('a', 'no source', 'no sink'), entry(undefined, 'no _id'))).toBe(
      'a: no source a: no sink no _id',
    )
    expect(await messagesOf(entry('a', '1', '2', '3', '4'), entry('b', '5'))).toBe('a: 1 a: 2 a: 3')
    expect(await messagesOf(null, 'text', { 'config-errors': 'none' }, entry('a', 7, null), entry('b', 'last'))).toBe(
      '',
    )
    expect(await messagesOf(null, { 'config-errors': [null] }, entry('b', 'last'))).toBe('b: last')
  })

  it('is in the language that is chosen', async () => {
    const english = (await failure(429)).message
    await setLanguage('nb')
    const norwegian = (await failure(429)).message
    await setLanguage('en')
    expect(norwegian).not.toBe(english)
    expect(norwegian).toContain(address)
  })

  it('is told of whatever the server sends', async () => {
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ message: fc.anything() }).map((value) => JSON.stringify(value) ?? ''),
      fc.jsonValue().map((value) => JSON.stringify({ validation_errors: value })),
      fc
        .jsonValue()
        .map((value) => JSON.stringify({ validation_errors: [{ 'config-errors': [value], 'posted-config': value }] })),
    )
    await fc.assert(
      fc.asyncProperty(body, fc.integer({ min: 400, max: 599 }), async (text, status) => {
        const found = await failure(status, text)
        expect(found).toBeInstanceOf(ServerFailure)
        expect(found.said).toBeTypeOf('string')
        expect(found.message).not.toMatch(/undefined|\[object/)
      }),
    )
  })

  it('is told of also when the connection ends in the middle of it', async () => {
    const broken = new ReadableStream({ pull: (to) => to.error(new Error('reset')) })
    expect(await failureOf(new Response(broken, { status: 500 }), address)).toMatchObject({ kind: 'failed', said: '' })
  })
})
