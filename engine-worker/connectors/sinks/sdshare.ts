import { required, textField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { expandName } from '../../config/project/namespaces.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { urlOf } from '../request.ts'
import { plainText } from '../to-text.ts'
import { headersOf } from './entities-request.ts'
import { payloadSink } from './payload-sink.ts'

/** configuration-sinks-sdshare.rst */
export const sdshareSink = kind({
  role: 'sink',
  type: 'sdshare',
  label: 'SDShare push',
  icon: 'share',
  says: 'Posts entities as N-Triples to a service that supports SDShare push.',
  group: 'rdf',
  runs: 'captured',
  fields: [
    system(['system:url', 'system:microservice']),
    textField('url', 'The address of the service.', required),
    textField('graph', 'The URI of the graph.'),
    comment,
  ],
  template: { type: 'sdshare', system: '', url: '', graph: '' },
  example: {
    config: { type: 'sdshare', system: 'feed', url: 'push', graph: 'http://example.org/persons' },
    system: { _id: 'feed', type: 'system:url', url_pattern: 'https://feed.example.org/%s' },
    takes: [{ _id: 'http://example.org/person/7', 'http://xmlns.com/foaf/0.1/name': 'Ada Lovelace' }],
    sends: [
      'POST https://feed.example.org/push?graph=http%3A%2F%2Fexample.org%2Fpersons&resource=http%3A%2F%2Fexample.org%2Fperson%2F7\nContent-Type: application/n-triples\n\n<http://example.org/person/7> <http://xmlns.com/foaf/0.1/name> "Ada Lovelace" .\n',
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-sdshare.rst',
  /** One request a batch; the resources it speaks of are parameters, deleted ones without statements. */
  open: (part, context) => {
    const { namespaces } = context.pipe
    return here(
      payloadSink(part, context, 100, async (batch) => {
        const { toTriples } = await import('../rdf.ts')
        const resources = batch.map((entity) => expandName(plainText(entity._id ?? null), namespaces))
        const parameters = [
          `graph=${encodeURIComponent(textSetting(part.config, 'graph', ''))}`,
          ...resources.map((resource) => `resource=${encodeURIComponent(resource)}`),
        ]
        const url = urlOf(part, context)
        return [
          {
            kind: 'request',
            method: 'POST',
            url: `${url}${url.includes('?') ? '&' : '?'}${parameters.join('&')}`,
            headers: { 'Content-Type': 'application/n-triples', ...headersOf(part, context) },
            contentType: 'application/n-triples',
            text: batch
              .filter((entity) => entity._deleted !== true)
              .map((entity) => toTriples(entity, namespaces))
              .join(''),
          },
        ]
      }),
    )
  },
})
