import type { Entity } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { kind } from '../define.ts'
import type { Part } from '../effective.ts'
import { advanced, choiceField, flagField, required, textField } from '../field.ts'
import { comment, continuation, flag, ifSourceEmpty, system, text } from '../fields.ts'
import type { OpenSource } from '../making.ts'
import { fromTriples } from '../rdf.ts'
import { fetchDocument, openOutside } from './supply.ts'

const noRdfXml = problem<Record<string, never>>({
  code: 'rdf-xml-unsupported',
  severity: 'error',
  says: () => 'RDF/XML cannot be read here.',
  fix: () => 'Supply the data as N-Triples or Turtle and set format to nt or ttl.',
})

/** configuration-sources-rdf.rst */
export const rdf = kind({
  role: 'source',
  type: 'rdf',
  label: 'RDF file',
  says: 'Makes an entity of each subject in an RDF file.',
  group: 'rdf',
  runs: 'supplied',
  fields: [
    system(['system:url', 'system:microservice']),
    textField('url', 'The address of the file, relative to the system.', required),
    choiceField('format', ['nt', 'ttl', 'n3', 'xml'], 'How the file is written.', 'nt'),
    flagField('sort_lists', 'Sort lists of values, so that the result does not depend on chance.', true),
    flagField('is_sorted', 'The file is sorted by subject, so that it need not be held in memory.', false, advanced),
    ifSourceEmpty,
    ...continuation(false, true, false),
    comment,
  ],
  template: { type: 'rdf', system: '', url: '', format: 'ttl' },
  doc: 'documentation/service-configuration/pipes/configuration-sources-rdf.rst',
})

/** Reads a supplied file or one over the network. */
export const openRdf: OpenSource = (part, making) =>
  openOutside(part, making, { parse: parseRdf, fetch: fetchDocument(parseRdf) })

const formats: Readonly<Record<string, string>> = { nt: 'N-Triples', ttl: 'Turtle', n3: 'N3' }

/** The subjects of an RDF text as entities. */
export function parseRdf(source: string, part: Part): Entity[] {
  const format = text(part.config, 'format', 'nt')
  if (format === 'xml') throw new Fault(noRdfXml({}, { path: [...part.path, 'format'] }))
  return fromTriples(source, formats[format] ?? 'Turtle', flag(part.config, 'sort_lists', true))
}
