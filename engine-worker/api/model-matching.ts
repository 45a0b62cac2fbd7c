/** How the records of concepts match as the model stands, on the records that are stored now. */
import type { MatchingReport } from '../model/live/report.ts'
import { capability } from './capability.ts'
import { soundModel } from './checked-model.ts'
import { modelSession } from './model-session.ts'

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
