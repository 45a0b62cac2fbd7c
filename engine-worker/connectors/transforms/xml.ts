import { advanced, flagField, required, textField, textMap } from '../../config/model/field.ts'
import { flagSetting, objectSetting, textSetting } from '../../config/model/setting.ts'
import { comment, triggerOn } from '../../config/model/shared-fields.ts'
import { put } from '../../entity/dict.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { declaration, toXml } from '../xml.ts'
import { eachEntity } from './each-entity.ts'

/** configuration-transforms-xml.rst */
export const xmlTransform = kind({
  role: 'transform',
  type: 'xml',
  label: 'XML',
  icon: 'file-code',
  says: 'Writes an entity as XML into one of its properties.',
  more: 'Properties in angle brackets are tags, the others attributes.',
  group: 'write',
  runs: 'here',
  fields: [
    textField('xml-property', 'The property that receives the XML.', required),
    textMap('root-attributes', 'Attributes of the outermost tag, such as xmlns.', { aim: 'format' }),
    flagField('include-xml-decl', 'Begin with an XML declaration.', false, { aim: 'format' }),
    flagField('skip-deleted-entities', 'Leave deleted entities as they are.', true, { ...advanced, aim: 'storage' }),
    triggerOn,
    comment,
  ],
  template: { type: 'xml', 'xml-property': 'xml' },
  example: {
    config: { type: 'xml', 'xml-property': 'xml' },
    takes: [{ _id: '7', '<customer>': { number: '7', '<name>': 'Ada Lovelace' } }],
    gives: [
      {
        _id: '7',
        '<customer>': { number: '7', '<name>': 'Ada Lovelace' },
        xml: '<customer><name number="7">Ada Lovelace</name></customer>',
      },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-xml.rst',
  /** Adds the text of the element. */
  open: (part, _context, stage) => {
    const property = textSetting(part.config, 'xml-property', 'xml')
    const head = flagSetting(part.config, 'include-xml-decl', false) ? declaration : ''
    const skip = flagSetting(part.config, 'skip-deleted-entities', true)
    const attributes = objectSetting(part.config, 'root-attributes')
    return here(
      eachEntity(part, stage, (entity) => {
        if (skip && entity._deleted === true) return entity
        const result = { ...entity }
        put(result, property, head + toXml(entity, attributes))
        return result
      }),
    )
  },
})
