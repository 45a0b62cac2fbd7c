/** RDF in its usual notations: an entity for each subject. */
import { parseRdf } from '../../connectors/sources/rdf.ts'
import { decodeBytes } from '../../entity/charset.ts'
import { defineFormat } from '../format.ts'
import { tableOfObjects } from '../table.ts'

/** How RDF files are written, by their endings. */
const notations: Readonly<Record<string, string>> = { ttl: 'ttl', nt: 'nt', n3: 'n3', rdf: 'xml', owl: 'xml' }

export const rdfFormat = defineFormat({
  kind: 'rdf',
  endings: Object.keys(notations),
  partial: false,
  begins: (bytes) => /<rdf:RDF\b|^\s*@prefix\s/.test(new TextDecoder().decode(bytes.subarray(0, 2000))),
  read: async (bytes, _settings, _complete, name) => {
    const source = { type: 'rdf', config: { type: 'rdf', format: notationOf(name) }, path: ['source'] }
    return tableOfObjects(await parseRdf(decodeBytes(bytes).text, source), true)
  },
})

/** The value of `format` of the source that reads a file. */
export function notationOf(name: string): string {
  return notations[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'xml'
}
