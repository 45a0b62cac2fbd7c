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
  says: 'Posts entities as N-Triples to a service that speaks SDShare push.',
  group: 'rdf',
  runs: 'captured',
  fields: [
    system(['system:url', 'system:microservice']),
    textField('url', 'The address of the service.', required),
    textField('graph', 'The URI of the graph.'),
    comment,
  ],
  template: { type: 'sdshare', system: '', url: '', graph: '' },
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
