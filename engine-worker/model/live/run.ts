/** The pipes of a model run in memory on records that are stored elsewhere; nothing that is stored changes. */
import '../../connectors/kinds.ts'
import type { FileContents } from '../../config/project/read.ts'
import { printJson } from '../../entity/json.ts'
import type { Entity, JsonObject } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import type { Problem } from '../../problem.ts'
import type { RunEvent } from '../../run/progress.ts'
import { Session } from '../../run/session.ts'
import { memoryStore } from '../../storage/memory.ts'
import { type DatasetStore, SCAN_BATCH } from '../../storage/store.ts'
import { openProjectOf, runInternal } from '../../testing/outputs.ts'
import { testProfile } from '../generate/pipes.ts'
import { collectName } from '../generate/plan-names.ts'
import type { Model } from '../model.ts'
import type { RecordReader } from './records.ts'

/** A component and the file it is in. */
interface PlacedComponent {
  readonly id: string
  readonly file: string
  readonly config: JsonObject
}

/** The records of a pipe that collects; null for other pipes. */
type CollectedRecords = (pipe: string) => AsyncIterable<readonly Entity[]> | null

interface MemoryRun {
  readonly store: DatasetStore
  readonly problems: readonly Problem[]
}

interface MemoryRunOptions {
  /** Other files of the project: its variables. */
  readonly files?: FileContents
  readonly signal?: AbortSignal
  /** Called with the progress of the pipes. */
  readonly progress?: (event: RunEvent) => void
}

/** Runs components until nothing is left to do. Throws the reason of the signal where it is aborted meanwhile. */
export async function runInMemory(
  components: readonly PlacedComponent[],
  records: CollectedRecords,
  environment: Environment,
  options: MemoryRunOptions = {},
): Promise<MemoryRun> {
  return runIn(emptySession(records, environment), components, records, options)
}

interface MemorySession {
  readonly session: Session
  readonly store: DatasetStore
}

function emptySession(records: CollectedRecords, environment: Environment): MemorySession {
  const store = memoryStore(environment)
  const followConfiguration = true
  return { store, session: new Session({ store, environment, followConfiguration, inputs: { inbox: records } }) }
}

/** Runs components in a session; those of `skipped` are not run. */
async function runIn(
  { session, store }: MemorySession,
  components: readonly PlacedComponent[],
  records: CollectedRecords,
  { files: others = testProfile, signal, progress }: MemoryRunOptions,
  skipped: ReadonlySet<string> = new Set(),
): Promise<MemoryRun> {
  const inbox = { type: 'http_endpoint' }
  const files = Object.fromEntries(
    components.map(({ id, file, config }) => [
      file,
      printJson(records(id) === null ? config : { ...config, source: inbox }),
    ]),
  )
  session.open({ ...others, ...files })
  const open = openProjectOf(session)
  const pipes = open.pipes.filter(({ runnable }) => !skipped.has(runnable.id))
  const options = { ...(signal ? { signal } : {}), ...(progress ? { progress } : {}) }
  const result = await runInternal({ ...open, pipes }, options)
  signal?.throwIfAborted()
  const faults = open.problems.filter(({ severity }) => severity === 'error')
  return { store, problems: [...faults, ...result.pipes.flatMap(({ problems }) => problems)] }
}

/** After this number of runs it starts again from the beginning, so that nothing can add up without end. */
const MAX_RUNS = 40

/** More records than these are not kept in memory between two runs. */
const MAX_CACHED_RECORDS = 150_000

/** What a kept run needs to know of the records: their number, and a text that changes with them. */
interface RecordState {
  readonly state: string
  readonly size: number
}

interface KeptSession extends MemorySession {
  readonly state: string
  readonly runs: number
  /** The pipes that have collected all records, and their configurations: they have nothing to do again. */
  readonly collected: ReadonlyMap<string, string>
}

/**
 * Runs of which each goes on from the one before: as long as the records are the same, only the pipes that an edit of the
 * model touches run again, with all that comes after them. One that was stopped goes on where it was stopped.
 */
export class KeptRun {
  private cachedSession: KeptSession | null = null

  constructor(private readonly environment: Environment) {}

  /** As {@link runInMemory}. Runs must not overlap. */
  async run(
    components: readonly PlacedComponent[],
    records: CollectedRecords,
    { state, size }: RecordState,
    options: MemoryRunOptions = {},
  ): Promise<MemoryRun> {
    const before = this.cachedSession?.state === state && this.cachedSession.runs < MAX_RUNS ? this.cachedSession : null
    const { session, store } = before ?? emptySession(records, this.environment)
    const runs = (before?.runs ?? 0) + 1
    const configured = components.map(({ id, config }) => [id, printJson(config)] as const)
    const skipped = configured.filter(([id, text]) => before?.collected.get(id) === text).map(([id]) => id)
    this.cachedSession =
      size <= MAX_CACHED_RECORDS ? { session, store, state, runs, collected: before?.collected ?? new Map() } : null
    const run = await runIn({ session, store }, components, records, options, new Set(skipped))
    const collected = new Map(configured.filter(([id]) => records(id) !== null))
    if (this.cachedSession !== null) this.cachedSession = { ...this.cachedSession, collected }
    return run
  }
}

/** All stored records of a model, for the pipes that collect them. */
export async function collectedRecords(
  model: Model,
  reader: RecordReader,
): Promise<RecordState & { readonly records: CollectedRecords }> {
  const found = new Map<string, readonly Entity[]>()
  const states: string[] = []
  for (const [system, { datatypes }] of Object.entries(model.systems))
    for (const datatype of Object.keys(datatypes)) {
      const { entities, state } = await reader.records(model, system, datatype)
      const pipe = collectName({ system, datatype })
      found.set(pipe, entities)
      states.push(`${pipe} ${state}`)
    }
  const size = [...found.values()].reduce((sum, { length }) => sum + length, 0)
  return { records: (pipe) => batchesOf(found.get(pipe)), state: states.sort().join('\n'), size }
}

/** These records for the pipes that collect them; other pipes that collect get none. */
export function givenRecords(model: Model, given: ReadonlyMap<string, readonly Entity[]>): CollectedRecords {
  const collects = new Set(
    Object.entries(model.systems).flatMap(([system, { datatypes }]) =>
      Object.keys(datatypes).map((datatype) => collectName({ system, datatype })),
    ),
  )
  return (pipe) => (collects.has(pipe) ? batchesOf(given.get(pipe) ?? []) : null)
}

function batchesOf(entities: readonly Entity[] | undefined): AsyncIterable<readonly Entity[]> | null {
  if (entities === undefined) return null
  return (async function* () {
    for (let from = 0; from < entities.length; from += SCAN_BATCH) yield entities.slice(from, from + SCAN_BATCH)
  })()
}
