import { required, textField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { messageFields, recipientsOf, renderedTemplate } from './messages.ts'
import { payloadSink } from './payload-sink.ts'

/** configuration-sinks-sms.rst */
export const smsSink = kind({
  role: 'sink',
  type: 'sms',
  label: 'SMS',
  icon: 'message',
  says: 'Sends a text message for each entity.',
  group: 'messages',
  runs: 'captured',
  namespaced: true,
  fields: [
    system(['system:twilio']),
    ...messageFields,
    textField('from_number', 'The phone number that sends, with its country code.', required),
    comment,
  ],
  template: { type: 'sms', system: '', body_template: '', recipients: '', from_number: '' },
  example: {
    config: {
      type: 'sms',
      system: 'phone',
      body_template: 'Your order {{ _id }} has been sent.',
      recipients_property: 'phone',
      from_number: '+4790010000',
    },
    system: { _id: 'phone', type: 'system:twilio', account: 'AC0', token: '$SECRET(twilio)' },
    takes: [{ _id: 'order-1', phone: '+4790010001' }],
    sends: ['From: +4790010000\nTo: +4790010001\n\nYour order order-1 has been sent.'],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-sms.rst',
  /** One message for each entity and recipient. */
  open: (part, context) =>
    here(
      payloadSink(part, context, 1, (batch, running) =>
        batch
          .filter((entity) => entity._deleted !== true)
          .flatMap((entity) =>
            recipientsOf(entity, part.config).map((to) => ({
              kind: 'message' as const,
              contentType: 'text/plain',
              headers: { From: textSetting(part.config, 'from_number', ''), To: to },
              text: renderedTemplate(entity, part, 'body_template', running) ?? '',
            })),
          ),
      ),
    ),
})
