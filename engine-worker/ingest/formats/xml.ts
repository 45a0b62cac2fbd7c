/** XML: the element that is repeated most is a row; its attributes and elements are the columns. */
import { decodeXml } from '../../entity/charset.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import { defineFormat } from '../format.ts'
import { tableOfObjects } from '../table.ts'
import { recordsIn } from './json.ts'

export const xmlFormat = defineFormat({
  kind: 'xml',
  endings: ['xml'],
  partial: false,
  begins: (bytes) => /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 100))),
  read: async (bytes) => {
    const text = decodeXml(bytes)
    // fast-xml-parser: XML as plain objects, without a DOM and without eval; loaded when XML comes.
    const { XMLParser, XMLValidator } = await import('fast-xml-parser')
    const valid = XMLValidator.validate(text)
    if (valid !== true) throw new Error(`${valid.err.msg} (line ${valid.err.line})`)
    // Texts stay texts: what they are is for the columns to say. Entities of a DTD are not followed.
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      textNodeName: 'text',
      parseTagValue: false,
      parseAttributeValue: false,
      ignoreDeclaration: true,
      ignorePiTags: true,
      processEntities: { enabled: true, maxEntityCount: 0 },
    })
    return tableOfObjects(recordsIn(plainValue(parser.parse(text)), 8), true)
  },
})

/** What the parser gives, as values; elements that hold nothing but one list are that list. */
function plainValue(value: unknown): Value {
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : null
  const dict: Dict = {}
  for (const [name, inner] of Object.entries(value)) if (!name.startsWith('xmlns')) dict[name] = plainValue(inner)
  return isDict(dict) ? dict : null
}
