/** The sms sink; configuration-sinks-sms.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

const sink = { type: 'sms', system: 'twilio', from_number: '+47123', body_template: 'Hi {{ name }}' }

test('sends a message to each recipient, and none of deleted entities', async () => {
  const messages = await sent(
    sink,
    { _id: '1', name: 'Ann', recipients: ['+471', '+472'] },
    { _id: '2', name: 'Bob', recipients: ['+473'], _deleted: true },
  )
  expect(messages.map(({ headers, text }) => [headers?.To, text])).toEqual([
    ['+471', 'Hi Ann'],
    ['+472', 'Hi Ann'],
  ])
  expect(messages[0]?.headers).toMatchObject({ From: '+47123' })
})

test('what it needs is asked for', () => {
  expect(problemsOf({ sink: { type: 'sms', system: 'twilio' } })).toContain('missing-property sink from_number')
})
