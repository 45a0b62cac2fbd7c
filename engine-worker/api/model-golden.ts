/** What the pipes of a model make of records that are looked at side by side. */
import type { RecordPlace } from '../model/live/report.ts'
import { capability } from './capability.ts'
import { soundModel } from './checked-model.ts'
import { modelSession } from './model-session.ts'

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
