import { choiceField, required, templateField, textField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { messageFields, recipientsOf, renderedTemplate } from './messages.ts'
import { payloadSink } from './payload-sink.ts'

/** configuration-sinks-email.rst */
export const mailSink = kind({
  role: 'sink',
  type: 'mail',
  label: 'E-mail',
  icon: 'mail',
  says: 'Sends a message for each entity.',
  group: 'messages',
  runs: 'captured',
  namespaced: true,
  fields: [
    system(['system:smtp']),
    templateField('subject_template', 'The subject; properties of the entity can be used by name.'),
    textField('subject_template_property', 'The property that holds the subject instead.', {
      default: 'subject_template',
      advanced: true,
    }),
    ...messageFields,
    templateField('text_body_template', 'A plain version of the text beside an HTML one.', { advanced: true }),
    textField('text_body_template_property', 'The property that holds the plain version instead.', {
      default: 'text_body_template',
      advanced: true,
    }),
    textField('mail_from', 'Who sends the message.', required),
    choiceField(
      'unhandled_template_variable_replacement',
      ['debug', 'empty_string', 'strict'],
      'What replaces unknown variables: their name, nothing, or an error.',
      'debug',
      { aim: 'failures', advanced: true },
    ),
    comment,
  ],
  template: { type: 'mail', system: '', subject_template: '', body_template: '', recipients: '', mail_from: '' },
  example: {
    config: {
      type: 'mail',
      system: 'post',
      subject_template: 'Welcome, {{ name }}',
      body_template: 'Your number is {{ number }}.',
      recipients_property: 'email',
      mail_from: 'office@example.org',
    },
    system: { _id: 'post', type: 'system:smtp', smtp_server: 'mail.example.org' },
    takes: [{ _id: '7', name: 'Ada Lovelace', number: 7, email: 'ada@example.org' }],
    sends: ['From: office@example.org\nTo: ada@example.org\nSubject: Welcome, Ada Lovelace\n\nYour number is 7.'],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-email.rst',
  /** One message an entity, as it would go to the mail server. */
  open: (part, context) =>
    here(
      payloadSink(part, context, 1, (batch, running) =>
        batch
          .filter((entity) => entity._deleted !== true)
          .map((entity) => {
            const body = renderedTemplate(entity, part, 'body_template', running) ?? ''
            const plain = renderedTemplate(entity, part, 'text_body_template', running)
            const headers = {
              From: textSetting(part.config, 'mail_from', ''),
              To: recipientsOf(entity, part.config).join(', '),
              Subject: (renderedTemplate(entity, part, 'subject_template', running) ?? '').replace(/[\r\n]+/g, ' '),
            }
            const html = /<\w+[^>]*>/.test(body)
            if (!html && plain === undefined) return { kind: 'message', contentType: 'text/plain', headers, text: body }
            const parts = [
              { type: 'text/plain', text: plain ?? plainOf(body) },
              { type: 'text/html', text: body },
            ]
            return { kind: 'message', headers, ...alternatives(parts) }
          }),
      ),
    ),
})

/** A message in several forms (RFC 2046, section 5.1.4): the one that says most comes last. */
function alternatives(parts: readonly { readonly type: string; readonly text: string }[]) {
  let boundary = 'alternative'
  while (parts.some(({ text }) => text.includes(boundary))) boundary += '-'
  const written = parts.map(
    ({ type, text }) => `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${text}\r\n`,
  )
  return {
    contentType: `multipart/alternative; boundary="${boundary}"`,
    text: `${written.join('')}--${boundary}--\r\n`,
  }
}

/** The text of HTML, as well as can be said without rendering it. */
function plainOf(html: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }
  return html
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<br\b[^>]*>|<\/(p|div|h[1-6]|li|tr)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (written, name: string) => signs[name] ?? written)
    .trim()
}
