import type { Environment } from '../environment.ts'
import type { CoverageCounter } from '../model/live/coverage.ts'
import type { Matcher } from '../model/live/matching.ts'
import type { RecordReader } from '../model/live/records.ts'
import type { SharingRun } from '../model/live/sharing.ts'
import type { EngineHost, OpenedProject } from './host.ts'

export interface ModelSession {
  readonly environment: Environment
  readonly reader: RecordReader
  readonly matcher: Matcher
  readonly coverage: CoverageCounter
  /** Dry runs, each of which goes on from the one before. */
  readonly sharing: SharingRun
}

const sessionsByProject = new WeakMap<OpenedProject, ModelSession>()

/** The code of models is loaded when the first question about one is asked. */
export async function modelSession(host: EngineHost): Promise<ModelSession> {
  const opened = host.current()
  const known = sessionsByProject.get(opened)
  if (known) return known
  const { CoverageCounter } = await import('../model/live/coverage.ts')
  const { Matcher } = await import('../model/live/matching.ts')
  const { RecordReader } = await import('../model/live/records.ts')
  const { SharingRun } = await import('../model/live/sharing.ts')
  const { environment } = host.platform
  const reader = new RecordReader(opened.store)
  const matcher = new Matcher(reader, environment)
  const coverage = new CoverageCounter(reader, environment)
  const sharing = new SharingRun(reader, matcher, environment)
  const made = { environment, reader, matcher, coverage, sharing }
  sessionsByProject.set(opened, made)
  return made
}
