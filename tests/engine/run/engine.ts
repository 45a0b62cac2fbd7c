/** A small engine for tests: pipes as JSON, data put by hand, datasets read back as JSON. */

import { printJson } from '../../../engine-worker/entity/json.ts'
import { decodeTransit, encodeTransit } from '../../../engine-worker/entity/transit.ts'
import { isDict, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import type { Environment } from '../../../engine-worker/environment.ts'
import type { RunResult } from '../../../engine-worker/run/progress.ts'
import { visible } from '../../../engine-worker/run/scenario.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { ticking } from './histories.ts'

interface EngineOptions {
  readonly batch?: number
  readonly metadata?: JsonObject
  readonly environment?: Environment
}

export function engine(pipes: JsonObject[], options: EngineOptions = {}) {
  const environment = options.environment ?? ticking()
  const store = memoryStore(environment)
  const session = new Session({ store, environment, ...(options.batch ? { batch: options.batch } : {}) })
  const configure = (some: JsonObject[]) => {
    const files: Record<string, string> = {
      'pipes.conf.json': printJson(some.map((pipe) => ({ type: 'pipe', ...pipe }))),
    }
    if (options.metadata)
      files['node-metadata.conf.json'] = printJson({ _id: 'node', type: 'metadata', ...options.metadata })
    session.open(files)
  }
  configure(pipes)
  let runs = 0
  return {
    session,
    store,
    configure,
    async put(dataset: string, entities: Json[]) {
      const decoded = entities.map((entity) => decodeTransit(entity)).filter((entity) => isDict(entity))
      await session.runner.store.commit({ datasets: [{ dataset, entities: decoded, populated: true }] })
    },
    run: (only?: string[], full = false): Promise<RunResult> =>
      session.run({ run: String(++runs), full, ...(only ? { pipes: only } : {}) }),
    reset: (pipe: string) => session.runner.reset(pipe),
    /** Latest versions ordered by `_id`. */
    async read(dataset: string, how: { live?: boolean; history?: boolean } = {}): Promise<Json[]> {
      const entities: JsonObject[] = []
      for await (const batch of store.scan(dataset, how)) {
        for (const entity of batch) {
          const shown = encodeTransit(visible(entity))
          if (typeof shown === 'object' && shown !== null && !Array.isArray(shown)) entities.push({ ...shown })
        }
      }
      return how.history ? entities : entities.sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1))
    },
  }
}

/** Progress of one pipe of a run. */
export function of(result: RunResult, pipe: string) {
  const found = result.pipes.find((each) => each.pipe === pipe)
  if (!found) throw new Error(`${pipe} is not part of the run`)
  return found
}

export function dtl(rules: Json[], more: JsonObject = {}): JsonObject {
  return { type: 'dtl', rules: { default: rules, ...more } }
}
