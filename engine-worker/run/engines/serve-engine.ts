/**
 * An engine that transforms: it has the project, but no datasets, and passes chunks of entities through the stages of a
 * pipe. What it cannot do alone it refuses, so that the engine with the data does it.
 */
import type { Configuration } from '../../config/project/project.ts'
import type { FileContents } from '../../config/project/read.ts'
import { openPipe } from '../../connectors/open.ts'
import type { RunnablePipe } from '../../connectors/runtime.ts'
import { printEntity } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { passThrough } from '../chain.ts'
import { PipeRunContext } from '../context.ts'
import { settingsOf } from '../settings.ts'
import type { SourceRecord } from '../sources/item.ts'
import { EngineProject } from './engine-project.ts'
import type { Address, ChunkDone, ChunkRequest, OutputText, TransformReply, TransformRequest } from './messages.ts'
import { addressText, RemoteLookups } from './remote-lookups.ts'
import { printSent, readSent } from './sent-entities.ts'

/** A pipe as this engine runs it. */
interface EnginePipe {
  readonly runnable: RunnablePipe
  readonly lookups: RemoteLookups
  readonly running: PipeRunContext
  batch: number
}

/** Serves requests; `post` carries the answers. `clock`: milliseconds, for measuring. */
export function serveEngine(
  environment: Environment,
  clock: () => number,
  post: (reply: TransformReply) => void,
): (request: TransformRequest) => void {
  let version = -1
  let project: EngineProject<EnginePipe> | null = null
  const waiting = new Map<number, (lists: readonly (readonly string[])[]) => void>()
  let wants = 0
  /** Chunks are transformed one after the other: a pipe has one context here. */
  let tail: Promise<void> = Promise.resolve()

  const openEnginePipe = (id: string, configuration: Configuration, files: FileContents): EnginePipe | null => {
    const component = configuration.pipes.get(id)
    if (!component) return null
    const known = new Set<string>()
    const lookups = new RemoteLookups(fetch, known)
    // Secrets stay where the data is.
    const refuseSecret = () => {
      throw lookups.notHere()
    }
    const inputs = { files, supplied: () => null, inbox: () => null, network: false, secret: refuseSecret }
    const { runnable } = openPipe(configuration, component, inputs)
    for (const { dataset, index } of runnable.stages.flatMap((stage) => stage.indexes))
      known.add(addressText([dataset, index.id, '']))
    const never = new AbortController().signal
    const refuseCompleteness = () => {
      throw lookups.notHere()
    }
    const running = new PipeRunContext(runnable, environment, lookups, never, null, refuseCompleteness)
    return { runnable, lookups, running, batch: -1 }
  }
  const open = (request: Extract<TransformRequest, { ask: 'open' }>) => {
    project = new EngineProject(request.files, request.options, openEnginePipe, project)
    version = request.version
  }

  let current = -1
  const fetch = (addresses: readonly Address[]): Promise<readonly (readonly string[])[]> =>
    new Promise((resolve) => {
      const want = wants++
      waiting.set(want, resolve)
      post({ is: 'wants', want, chunk: current, addresses })
    })

  const transform = async (request: ChunkRequest): Promise<void> => {
    const { chunk, pipe: id } = request
    const began = clock()
    current = chunk
    try {
      const pipe = request.version === version ? (project?.pipe(id) ?? null) : null
      if (!pipe || settingsOf(pipe.runnable).fingerprint !== request.fingerprint) post({ is: 'refused', chunk })
      else {
        const done = await chunkDone(pipe, request)
        post(done ? { ...done, busy: clock() - began } : { is: 'refused', chunk })
      }
    } catch {
      // The other engine comes to the same error, with the words that belong to it.
      post({ is: 'refused', chunk })
    }
  }

  post({ is: 'ready' })
  return (request) => {
    if (request.ask === 'found') {
      waiting.get(request.want)?.(request.lists)
      waiting.delete(request.want)
    } else if (request.ask === 'open') tail = tail.then(() => open(request))
    else if (request.ask === 'transform') tail = tail.then(() => transform(request))
  }
}

/** A chunk transformed; null where something was missing here. */
async function chunkDone(pipe: EnginePipe, { chunk, batch, entities, gone }: ChunkRequest): Promise<ChunkDone | null> {
  const { lookups, running, runnable } = pipe
  const { stages } = runnable
  lookups.begin(pipe.batch === batch)
  pipe.batch = batch
  const isGone = new Map(gone)
  const records = readSent(entities).map((entity, order): SourceRecord => {
    const how = isGone.get(order)
    return how ? { key: '', entity, order, gone: how } : { key: '', entity, order }
  })
  const processed = await passThrough(stages, records, running)
  if (lookups.isNotHere) return null
  const plain: Entity[] = []
  const results = processed.map(({ outputs, lookups, problem }) => {
    const [only] = outputs
    const isPlain = only?.state === 'out' && only.origin === '' && only.stage === stages.length && only.entity !== null
    if (isPlain && outputs.length === 1 && lookups.length === 0 && problem === null) {
      plain.push(only.entity)
      return null
    }
    return {
      outputs: outputs.map(({ origin, stage, entity, state }): OutputText => {
        return [origin, stage, entity && printEntity(entity), state]
      }),
      lookups,
      problem,
    }
  })
  const { slots, joined } = lookups
  return { is: 'done', chunk, results, entities: printSent(plain), slots, joined, busy: 0 }
}
