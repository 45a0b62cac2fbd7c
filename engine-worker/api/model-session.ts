/** What is kept of a project between questions about its model: records that were read, keys and counts that were made. */
import { LRUCache } from 'lru-cache'
import type { Environment } from '../environment.ts'
import type { CoverageCounter } from '../model/live/coverage.ts'
import type { Matcher } from '../model/live/matching.ts'
import type { RecordReader } from '../model/live/records.ts'
import type { KeptRun } from '../model/live/run.ts'
import type { Model } from '../model/model.ts'
import { Fault, type Problem, problem } from '../problem.ts'
import type { EngineHost, OpenedProject } from './host.ts'

export interface ModelSession {
  readonly environment: Environment
  readonly reader: RecordReader
  readonly matcher: Matcher
  readonly coverage: CoverageCounter
  /** The last dry run, from which the next one goes on. */
  readonly dryRun: KeptRun
}

const sessions = new WeakMap<OpenedProject, ModelSession>()

/** The code of models is loaded when the first question about one is asked. */
export async function modelSession(host: EngineHost): Promise<ModelSession> {
  const opened = host.current()
  const known = sessions.get(opened)
  if (known) return known
  const { CoverageCounter } = await import('../model/live/coverage.ts')
  const { Matcher } = await import('../model/live/matching.ts')
  const { RecordReader } = await import('../model/live/records.ts')
  const { KeptRun } = await import('../model/live/run.ts')
  const { environment } = host.platform
  const reader = new RecordReader(opened.store)
  const made = {
    environment,
    reader,
    matcher: new Matcher(reader, environment),
    coverage: new CoverageCounter(reader, environment),
    dryRun: new KeptRun(environment),
  }
  sessions.set(opened, made)
  return made
}

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

/** Several questions are asked of a text, which is checked once. */
const checked = new LRUCache<string, Promise<CheckedModel>>({ max: 8 })

/** Reads and checks the text of a model; problems have their places in the file. */
export function checkedModel(text: string): Promise<CheckedModel> {
  const known = checked.get(text)
  if (known) return known
  const checking = check(text)
  checked.set(text, checking)
  checking.catch(() => checked.delete(text))
  return checking
}

async function check(text: string): Promise<CheckedModel> {
  const { readModel } = await import('../model/read.ts')
  const { modelProblems } = await import('../model/validate.ts')
  const { model, problems } = readModel(text, 'model.json')
  return { model, problems: model === null ? problems : modelProblems(model, 'model.json') }
}

/** A model without errors. Throws a Fault that says what is wrong. */
export async function soundModel(text: string): Promise<Model> {
  const { model, problems } = await checkedModel(text)
  const error = problems.find(({ severity }) => severity === 'error')
  if (model === null || error !== undefined) throw new Fault(brokenModel({ reason: error?.message ?? '' }))
  return model
}
