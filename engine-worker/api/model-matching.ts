/** How the records of concepts match as the model stands, on the records that are stored now. */
import type { MatchingReport, RecordPlace } from '../model/live/report.ts'
import { capability } from './capability.ts'
import { modelSession, soundModel } from './model-session.ts'

/** The text of a model, and a concept; all of them where none is named. */
interface ModelMatchingRequest {
  readonly text: string
  readonly concept?: string
}

/** A report for each concept. */
export const modelMatching = capability(
  'modelMatching',
  'draft',
  async ({ text, concept }: ModelMatchingRequest, { host, signal }): Promise<Record<string, MatchingReport>> => {
    const model = await soundModel(text)
    const { matcher } = await modelSession(host)
    const { matchingReport } = await import('../model/live/report.ts')
    const reports = new Map<string, MatchingReport>()
    for (const name of concept === undefined ? Object.keys(model.concepts) : [concept]) {
      signal.throwIfAborted()
      const matched = await matcher.match(model, name)
      if (matched !== null) reports.set(name, matchingReport(matched))
    }
    return Object.fromEntries(reports)
  },
)

/** Records of a concept that are looked at side by side. */
interface ModelGoldenRequest {
  readonly text: string
  readonly concept: string
  readonly records: readonly RecordPlace[]
}

/** What the pipes of the model make of some records. */
export const modelGolden = capability('modelGolden', 'draft', async (request: ModelGoldenRequest, { host }) => {
  const model = await soundModel(request.text)
  const { reader, environment } = await modelSession(host)
  const { goldenOf } = await import('../model/live/golden.ts')
  return goldenOf(model, request.concept, request.records, reader, environment)
})

/** The matrix of a concept, and which of its records is followed through it. */
interface ModelMasteringRequest {
  readonly text: string
  readonly concept: string
  /** The place of the followed record among all, those that most systems know first. */
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
    const width = (cluster: readonly number[]) => new Set(cluster.map((each) => mappings[each])).size
    const widest = clusters.toSorted((a, b) => width(b) - width(a) || a.length - b.length)
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
