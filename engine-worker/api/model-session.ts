import type { Environment } from '../environment.ts'
import type { CoverageCounter } from '../model/live/coverage.ts'
import type { Matcher } from '../model/live/matching.ts'
import type { RecordReader } from '../model/live/records.ts'
import type { KeptRun } from '../model/live/run.ts'
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
