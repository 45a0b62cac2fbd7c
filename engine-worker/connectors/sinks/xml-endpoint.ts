import { advanced, flagField, textField, textMap } from '../../config/model/field.ts'
import { flagSetting } from '../../config/model/setting.ts'
import { comment } from '../../config/model/shared-fields.ts'
import type { Entity } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { documentParts } from '../xml.ts'
import { download } from './http-endpoint.ts'
import { publishingSink } from './payload-sink.ts'

/** configuration-sinks-xml.rst */
export const xmlEndpointSink = kind({
  role: 'sink',
  type: 'xml_endpoint',
  label: 'XML endpoint',
  icon: 'file-code',
  says: 'Publishes the entities as an XML document at the address of the pipe.',
  more: 'Properties in angle brackets are tags, the others attributes.',
  group: 'files',
  runs: 'here',
  fields: [
    textField('wrapper', 'The tag around all entities.'),
    textMap('root-attributes', 'Attributes of the outermost tag, such as xmlns.', { aim: 'format' }),
    flagField('include-xml-decl', 'Begin with an XML declaration.', false, { aim: 'format' }),
    flagField('skip-deleted-entities', 'Leave deleted entities out.', true, { aim: 'storage' }),
    flagField('byte_order_mark', 'Begin the file with a byte order mark.', false, { ...advanced, aim: 'format' }),
    ...download,
    comment,
  ],
  template: { type: 'xml_endpoint', wrapper: 'entities' },
  example: {
    config: { type: 'xml_endpoint', wrapper: 'customers' },
    takes: [{ _id: '7', '<customer>': { number: '7', '<name>': 'Ada Lovelace' } }],
    sends: [
      'Content-Type: application/xml\nContent-Disposition: inline\n\n<customers><customer><name number="7">Ada Lovelace</name></customer></customers>',
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-xml.rst',
  /** The whole as one document. */
  open: (part, context) => {
    const skip = flagSetting(part.config, 'skip-deleted-entities', true)
    const mark = flagSetting(part.config, 'byte_order_mark', false) ? '\ufeff' : ''
    return here(
      publishingSink(part, context, 'application/xml', 'xml', () => {
        const { begin, one, end } = documentParts(part.config)
        const batchText = (entities: readonly Entity[]) =>
          entities.map((entity) => (skip && entity._deleted === true ? '' : one(entity))).join('')
        return { begin: mark + begin, batch: batchText, end }
      }),
    )
  },
})
