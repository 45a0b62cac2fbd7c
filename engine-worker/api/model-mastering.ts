/** Whose value wins in a concept of a model, and which mappings have one. */
import { capability } from './capability.ts'
import { soundModel } from './checked-model.ts'
import { modelSession } from './model-session.ts'

/** The matrix of a concept, and which of its records is followed through it. */
interface ModelMasteringRequest {
  readonly text: string
  readonly concept: string
  /** The index of the followed record, in an order in which records that most systems know come first. */
  readonly at: number
}

/** Coverage by property and mapping; and one record with what each system says, and whose value wins. */
export const modelMastering = capability(
  'modelMastering',
  'draft',
  async (request: ModelMasteringRequest, { host }) => {
    const { text, concept, at } = request
    const model = await soundModel(text)
    const { matcher, coverage, reader, environment } = await modelSession(host)
    const { goldenOf } = await import('../model/live/golden.ts')
    const matched = await matcher.match(model, concept)
    if (matched === null) return { coverage: [], total: 0, at: 0, golden: [] }
    const { mappings, ids, clusters } = matched
    const mappingCount = (cluster: readonly number[]) => new Set(cluster.map((each) => mappings[each])).size
    const widest = clusters.toSorted((a, b) => mappingCount(b) - mappingCount(a) || a.length - b.length)
    const place = Math.max(0, Math.min(at, widest.length - 1))
    const members = (widest[place] ?? []).slice(0, 50).flatMap((each) => {
      const mapping = matched.concept.mappings[mappings[each] ?? -1]?.mapping.name
      const id = ids[each]
      return id === undefined || mapping === undefined ? [] : [{ mapping, id }]
    })
    return {
      coverage: await coverage.count(model, matched.concept),
      total: clusters.length,
      at: place,
      golden: await goldenOf(model, concept, members, reader, environment),
    }
  },
)
