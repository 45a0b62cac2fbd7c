/** Helpers for tests of pipes: open one, run it alone, inspect its output. */

import { loadProject } from '../../../engine-worker/config/project/project.ts'
import type { FileContent, FileContents } from '../../../engine-worker/config/project/read.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { openPipe } from '../../../engine-worker/connectors/open.ts'
import type { DataFile } from '../../../engine-worker/connectors/open-context.ts'
import type { CapturedOutput, RunnablePipe, SinkRuntime } from '../../../engine-worker/connectors/runtime.ts'
import type { Sandbox } from '../../../engine-worker/connectors/sandbox/messages.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { decodeTransit, encodeTransit } from '../../../engine-worker/entity/transit.ts'
import { type Entity, isDict, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import type { Environment } from '../../../engine-worker/environment.ts'
import { Runner } from '../../../engine-worker/run/run.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'

export const environment: Environment = {
  now: () => 1_600_000_000_000_000_000n,
  random: () => 0.5,
  randomBytes: (length) => new Uint8Array(length),
}

/** A pipe with its environment. */
export interface Given {
  readonly pipe: JsonObject
  readonly systems?: readonly JsonObject[]
  readonly metadata?: JsonObject
  /** Other files of the project. */
  readonly files?: FileContents
  /** Answers requests; without it there is no network. */
  readonly fetch?: typeof globalThis.fetch
  readonly secrets?: Readonly<Record<string, string>>
  readonly pause?: (seconds: number) => Promise<void>
  readonly sandbox?: Sandbox
  /** A large file supplied for the source. */
  readonly data?: DataFile
}

/** The pipe, ready to run. */
export function opened({
  pipe,
  systems = [],
  metadata,
  files = {},
  fetch,
  secrets,
  sandbox,
  data: file,
}: Given): RunnablePipe {
  const all: Record<string, FileContent> = { ...files }
  const complete = { _id: 'p', type: 'pipe', source: { type: 'empty' }, ...pipe }
  all['pipes/p.conf.json'] = printJson(complete)
  for (const system of systems) all[`systems/${system._id}.conf.json`] = printJson(system)
  if (metadata) all['node-metadata.conf.json'] = JSON.stringify({ _id: 'node', type: 'metadata', ...metadata })
  const project = loadProject(all, secrets ? { secrets } : {})
  const component = project.pipes.get('p')
  if (!component) throw new Error('the pipe was not loaded')
  const data = project.testdata.get('p')
  return openPipe(project, component, {
    files: all,
    supplied: (id) => (id === 'p' && file ? file : id === 'p' && data ? { name: data.file, text: data.content } : null),
    network: fetch !== undefined,
    ...(sandbox ? { sandbox } : {}),
    secret: (name) => project.secrets.get(name) ?? null,
  }).runnable
}

/** The output of a pipe in transit form, and the payloads of its sink. */
export async function output(
  given: Given,
): Promise<{ entities: Json[]; captured: CapturedOutput[]; problems: string[] }> {
  const pipe = opened(given)
  const entities: Entity[] = []
  const captured: CapturedOutput[] = []
  const { sink } = pipe
  const collecting: SinkRuntime = {
    writes: 'outside',
    config: {},
    batchSize: sink.writes === 'outside' ? sink.batchSize : 1000,
    prepare: () => {
      if (sink.writes === 'outside') captured.push(...(sink.prepare?.() ?? []))
      return []
    },
    send: async (batch, running) => {
      entities.push(...batch)
      if (sink.writes === 'outside') captured.push(...(await sink.send(batch, running)))
      return []
    },
  }
  const around = { ...environment, ...(given.pause ? { pause: given.pause } : {}) }
  const runner = new Runner({ store: memoryStore(around), environment: around, fetch: given.fetch ?? null })
  const result = await runner.run([{ ...pipe, sink: collecting }], { run: 'r', pipes: ['p'], full: true })
  if (sink.writes === 'outside' && sink.publish) {
    async function* entityBatches() {
      yield entities
    }
    captured.push(await sink.publish(entityBatches(), {}))
  }
  const problems = result.pipes.flatMap((progress) => progress.problems.map(({ code }) => code))
  return { entities: entities.map(encodeTransit), captured, problems }
}

/** The problems that a check finds in the parts of a pipe: code, place and property of each. */
export function problemsOf(parts: JsonObject): string[] {
  const files = { 'p.conf.json': printJson([{ _id: 'p', type: 'pipe', source: { type: 'empty' }, ...parts }]) }
  return checkProject(loadProject(files)).map(({ code, where: { path = [] }, facts: { key } }) =>
    [code, ...path, ...(key === undefined || path.at(-1) === key ? [] : [key])].join(' '),
  )
}

/** An embedded source of these entities. */
export function embedded(...entities: Json[]): JsonObject {
  return { type: 'embedded', entities }
}

/** Entities from transit JSON. */
export function entitiesOf(...entities: Json[]): Entity[] {
  return entities.map(decodeTransit).filter(isDict)
}
