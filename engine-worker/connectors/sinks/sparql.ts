import { advanced, flagField, inSesam, required, textField } from '../../config/model/field.ts'
import { flagSetting, textSetting } from '../../config/model/setting.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { expandName } from '../../config/project/namespaces.ts'
import { fromNanos, printTime } from '../../entity/datetime.ts'
import type { DateTime } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { here, systemOf } from '../open-context.ts'
import { joinUrl } from '../request.ts'
import { plainText } from '../to-text.ts'
import { headersOf } from './entities-request.ts'
import { payloadSink } from './payload-sink.ts'

/** configuration-sinks-sparql.rst */
export const sparqlSink = kind({
  role: 'sink',
  type: 'sparql',
  label: 'SPARQL',
  icon: 'share',
  says: 'Writes entities as statements into a graph of a triple store.',
  group: 'rdf',
  runs: 'captured',
  fields: [
    system(['system:url']),
    textField('url', 'The address of the endpoint, relative to the system.', required),
    textField('update_url', 'The address for updates, where it is another one.', advanced),
    textField('graph', 'The URI of the graph.', required),
    inSesam(flagField('do_diff', 'Write only statements that differ from what the graph has.', false, advanced)),
    flagField('write_sdshare_updated', 'Also write when the subject was updated.', true, advanced),
    comment,
  ],
  template: { type: 'sparql', system: '', url: '', graph: '' },
  example: {
    config: {
      type: 'sparql',
      system: 'store',
      url: 'update',
      graph: 'http://example.org/persons',
      write_sdshare_updated: false,
    },
    system: { _id: 'store', type: 'system:url', url_pattern: 'https://triples.example.org/%s' },
    takes: [{ _id: 'http://example.org/person/7', 'http://xmlns.com/foaf/0.1/name': 'Ada Lovelace' }],
    sends: [
      'POST https://triples.example.org/update\nContent-Type: application/sparql-update\n\nDELETE WHERE { GRAPH <http://example.org/persons> { <http://example.org/person/7> ?p ?o } };\nINSERT DATA { GRAPH <http://example.org/persons> {\n<http://example.org/person/7> <http://xmlns.com/foaf/0.1/name> "Ada Lovelace" .\n} }',
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-sparql.rst',
  /** One update a batch: what was known of each subject goes, its statements come. */
  open: (part, context) => {
    const { namespaces } = context.pipe
    const address = textSetting(part.config, 'update_url') ?? textSetting(part.config, 'url', '')
    const graph = textSetting(part.config, 'graph', '')
    const stamps = flagSetting(part.config, 'write_sdshare_updated', true)
    return here(
      payloadSink(part, context, 100, async (batch, running) => {
        const { toTriples } = await import('../rdf.ts')
        const now = literalOf(fromNanos(running.environment.now()))
        return [
          {
            kind: 'request',
            method: 'POST',
            url: joinUrl(systemOf(part, context)?.config ?? {}, address),
            headers: { 'Content-Type': 'application/sparql-update', ...headersOf(part, context) },
            contentType: 'application/sparql-update',
            text: batch
              .flatMap((entity) => {
                const subject = `<${expandName(plainText(entity._id ?? null), namespaces)}>`
                const remove = `DELETE WHERE { GRAPH <${graph}> { ${subject} ?p ?o } }`
                if (entity._deleted === true) return [remove]
                const updated = stamps ? `${subject} <${LAST_MODIFIED}> ${now} .\n` : ''
                return [remove, `INSERT DATA { GRAPH <${graph}> {\n${toTriples(entity, namespaces)}${updated}} }`]
              })
              .join(';\n'),
          },
        ]
      }),
    )
  },
})

/** Says in SDShare when a resource was changed. */
const LAST_MODIFIED = 'http://www.sdshare.org/2012/extension/lastmodified'

function literalOf(time: DateTime | null): string {
  const seconds = time ? printTime(time).replace(/\.\d+/, '') : ''
  return `"${seconds}"^^<http://www.w3.org/2001/XMLSchema#dateTime>`
}
