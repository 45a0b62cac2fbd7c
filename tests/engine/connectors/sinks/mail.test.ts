/** The mail sink; configuration-sinks-email.rst. */
import { expect, test } from 'vitest'
import { embedded, output, problemsOf } from '../open.ts'
import { sent, systems } from './sent.ts'

test('mail fills its templates in and keeps what it does not know', async () => {
  const sink = {
    type: 'mail',
    system: 'mail',
    mail_from: 'me@x',
    subject_template: 'Hi {{ name }}',
    body_template: '{{ gone }}!',
  }
  const [message] = await sent(sink, { _id: '1', name: 'Ann', recipients: ['a@x', 'b@x'] })
  expect(message).toMatchObject({
    kind: 'message',
    headers: { To: 'a@x, b@x', Subject: 'Hi Ann' },
    text: '{{ gone }}!',
  })
})

test('mail can be strict, and sends HTML with a plain form beside it', async () => {
  const sink = { type: 'mail', system: 'mail', mail_from: 'me@x', recipients: 'a@x', subject_template: 's' }
  const strict = { unhandled_template_variable_replacement: 'strict', body_template: '{{ gone }}!' }
  const pipe = { source: embedded({ _id: '1' }), sink: { ...sink, ...strict } }
  expect((await output({ pipe, systems })).problems).toEqual(['unknown-template-variable'])
  const [message] = await sent({ ...sink, body_template: '<p>Hi <b>{{ _id }}</b> &amp; all</p>' }, { _id: '1' })
  expect(message?.contentType).toBe('multipart/alternative; boundary="alternative"')
  expect(message?.text.split('--alternative')).toEqual([
    '',
    '\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHi 1 & all\r\n',
    '\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hi <b>1</b> &amp; all</p>\r\n',
    '--\r\n',
  ])
})

test('what it needs is asked for', () => {
  expect(problemsOf({ sink: { type: 'mail', system: 'mail' } })).toContain('missing-property sink mail_from')
})
