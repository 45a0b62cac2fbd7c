import { flagField, integerField } from '../../config/model/field.ts'
import { flagSetting, numberSetting, textSetting } from '../../config/model/setting.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { isDict } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { kind } from '../kind.ts'
import { here, systemOf } from '../open-context.ts'
import { plainJson, plainText, withoutReserved } from '../to-text.ts'
import { payloadSink } from './payload-sink.ts'

const notFlat = problem<{ property: string }>({
  code: 'solr-not-flat',
  severity: 'error',
  says: ({ property }) => `Solr takes flat documents only, but ${property} is nested.`,
  fix: () => 'Move the values to the top of the entity in the DTL.',
})

/** configuration-sinks-solr.rst */
export const solrSink = kind({
  role: 'sink',
  type: 'solr',
  label: 'Solr',
  icon: 'search',
  says: 'Writes each entity as a document of a Solr index; nested entities are not allowed.',
  group: 'search',
  runs: 'captured',
  namespaced: true,
  fields: [
    system(['system:solr']),
    integerField('commit_within', 'After how many seconds Solr commits.', { aim: 'speed' }),
    flagField('commit_at_end', 'Commit when the run is over.', true, { aim: 'speed' }),
    comment,
  ],
  template: { type: 'solr', system: '' },
  example: {
    config: { type: 'solr', system: 'search' },
    system: { _id: 'search', type: 'system:solr', url: 'https://search.example.org/solr/customers' },
    takes: [
      { _id: '7', name: 'Ada Lovelace' },
      { _id: '8', _deleted: true },
    ],
    sends: [
      'POST https://search.example.org/solr/customers/update?commit=true\nContent-Type: application/json\n\n[{"id":"7","name":"Ada Lovelace"}]',
      'POST https://search.example.org/solr/customers/update?commit=true\nContent-Type: application/json\n\n{"delete":["8"]}',
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-solr.rst',
  /** One update request a batch. */
  open: (part, context) => {
    const base = textSetting(systemOf(part, context)?.config ?? {}, 'url', 'http://localhost:8983/solr/')
    const within = numberSetting(part.config, 'commit_within', 0)
    const commit =
      within > 0
        ? `?commitWithin=${within * 1000}`
        : flagSetting(part.config, 'commit_at_end', true)
          ? '?commit=true'
          : ''
    return here(
      payloadSink(part, context, 100, (batch) => {
        const deleted = batch
          .filter((entity) => entity._deleted === true)
          .map((entity) => plainText(entity._id ?? null))
        const added = batch
          .filter((entity) => entity._deleted !== true)
          .map((entity) => {
            const document = withoutReserved(entity)
            for (const [property, value] of Object.entries(document)) {
              const items = Array.isArray(value) ? value : [value]
              if (items.some((item) => isDict(item) || Array.isArray(item))) {
                throw new Fault(notFlat({ property }, { pipe: context.pipe.id, entity: plainText(entity._id ?? null) }))
              }
            }
            return plainJson({ id: plainText(entity._id ?? null), ...document })
          })
        const requests = [
          ...(added.length > 0 ? [`[${added.join(',')}]`] : []),
          ...(deleted.length > 0 ? [JSON.stringify({ delete: deleted })] : []),
        ]
        return requests.map((body) => ({
          kind: 'request',
          method: 'POST',
          url: `${base.replace(/\/$/, '')}/update${commit}`,
          headers: { 'Content-Type': 'application/json' },
          contentType: 'application/json',
          text: body,
        }))
      }),
    )
  },
})
