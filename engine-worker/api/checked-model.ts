/** A model that was read and checked from its text; the last texts are kept. */
import { LRUCache } from 'lru-cache'
import type { Model } from '../model/model.ts'
import { Fault, type Problem, problem } from '../problem.ts'

const brokenModel = problem<{ reason: string }>({
  code: 'model-broken',
  severity: 'error',
  says: ({ reason }) => `The model cannot be used as it is: ${reason}`,
  fix: () => 'Correct the model first.',
})

/** A model that was read and checked. */
interface CheckedModel {
  readonly model: Model | null
  readonly problems: readonly Problem[]
}

/** A text is checked once for several requests. */
const checkedModels = new LRUCache<string, Promise<CheckedModel>>({ max: 8 })

/** Reads and checks the text of a model; problems have their places in the file. */
export function checkedModel(text: string): Promise<CheckedModel> {
  const known = checkedModels.get(text)
  if (known) return known
  const checking = check(text)
  checkedModels.set(text, checking)
  checking.catch(() => checkedModels.delete(text))
  return checking
}

async function check(text: string): Promise<CheckedModel> {
  const { readModel } = await import('../model/read.ts')
  const { modelProblems } = await import('../model/validate.ts')
  const { model, problems } = readModel(text, 'model.json')
  return { model, problems: model === null ? problems : [...problems, ...modelProblems(model, 'model.json')] }
}

/** A model without errors. Throws a Fault that says what is wrong. */
export async function soundModel(text: string): Promise<Model> {
  const { model, problems } = await checkedModel(text)
  const error = problems.find(({ severity }) => severity === 'error')
  if (model === null || error !== undefined) throw new Fault(brokenModel({ reason: error?.message ?? '' }))
  return model
}
