/** The pipes of a model run in memory on records that are stored elsewhere; nothing that is stored changes. */
import '../../connectors/kinds.ts'
import type { FileContents } from '../../config/project/read.ts'
import { printJson } from '../../entity/json.ts'
import type { Entity, JsonObject } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import type { Problem } from '../../problem.ts'
import { Session } from '../../run/session.ts'
import { memoryStore } from '../../storage/memory.ts'
import { type DatasetStore, SCAN_BATCH } from '../../storage/store.ts'
import { openProjectOf, runInternal } from '../../testing/outputs.ts'
import { testProfile } from '../generate/pipes.ts'
import { collectName } from '../generate/plan.ts'
import type { Model } from '../model.ts'
import type { RecordReader } from './records.ts'

/** A component and the file it is in. */
interface PlacedComponent {
  readonly id: string
  readonly file: string
  readonly config: JsonObject
}

/** The records of a pipe that collects; null for other pipes. */
export type CollectedRecords = (pipe: string) => AsyncIterable<readonly Entity[]> | null

interface MemoryRun {
  readonly store: DatasetStore
  readonly problems: readonly Problem[]
}

interface MemoryRunOptions {
  /** Other files of the project: its variables. */
  readonly files?: FileContents
  readonly signal?: AbortSignal
}

/** Runs components until nothing is left to do. Throws the reason of the signal where it is aborted meanwhile. */
export async function runInMemory(
  components: readonly PlacedComponent[],
  records: CollectedRecords,
  environment: Environment,
  { files: others = testProfile, signal }: MemoryRunOptions = {},
): Promise<MemoryRun> {
  const inbox = { type: 'http_endpoint' }
  const files = Object.fromEntries(
    components.map(({ id, file, config }) => [
      file,
      printJson(records(id) === null ? config : { ...config, source: inbox }),
    ]),
  )
  const store = memoryStore(environment)
  const session = new Session({ store, environment, inputs: { inbox: records } })
  session.open({ ...others, ...files })
  const open = openProjectOf(session)
  const result = await runInternal(open, signal)
  signal?.throwIfAborted()
  const faults = open.problems.filter(({ severity }) => severity === 'error')
  return { store, problems: [...faults, ...result.pipes.flatMap(({ problems }) => problems)] }
}

/** All stored records of a model, for the pipes that collect them. */
export async function collectedRecords(model: Model, reader: RecordReader): Promise<CollectedRecords> {
  const found = new Map<string, readonly Entity[]>()
  for (const [system, { datatypes }] of Object.entries(model.systems))
    for (const datatype of Object.keys(datatypes))
      found.set(collectName({ system, datatype }), (await reader.records(model, system, datatype)).entities)
  return (pipe) => batchesOf(found.get(pipe))
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
