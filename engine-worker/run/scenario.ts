/**
 * Scenarios: pipes, data, and a history of changes and runs, with what the datasets hold in the end. The format is that
 * of the command line's `scenario`; laws print their counterexamples in it.
 */

import { get, has, put } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { decodeTransit } from '../entity/transit.ts'
import { type Entity, isDict, isObject, type Json, type JsonObject, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { Fault, type Problem, problem } from '../problem.ts'
import { byText } from '../storage/index/key-index.ts'
import { memoryStore } from '../storage/memory.ts'
import type { DatasetStore } from '../storage/store.ts'
import { entityWithoutId } from '../storage/write.ts'
import { Session } from './session.ts'

const unknownPipe = problem<{ pipe: string }>({
  code: 'no-such-pipe',
  severity: 'error',
  says: ({ pipe }) => `There is no pipe ${pipe} to run.`,
})

/** What every dataset holds at the end of a scenario, and what failed on the way. */
export interface ScenarioResult {
  readonly id: Json
  /** Datasets that pipes made, each ordered by `_id`. */
  readonly datasets: ReadonlyMap<string, readonly Entity[]>
  readonly failures: readonly Problem[]
}

interface ScenarioSettings {
  readonly environment: Environment
  readonly store?: DatasetStore
  readonly batch?: number
}

/** Plays one scenario from the beginning. */
export async function playScenario(scenario: Json, settings: ScenarioSettings): Promise<ScenarioResult> {
  const config = isObject(scenario) ? scenario : {}
  const store = settings.store ?? memoryStore(settings.environment)
  const session = new Session({
    store,
    environment: settings.environment,
    ...(settings.batch ? { batch: settings.batch } : {}),
  })
  const play = new ScenarioRun(session, config)
  play.configure(get(config, 'pipes') ?? [])
  await play.attempt(() => play.put(get(config, 'input') ?? {}))
  const steps = get(config, 'steps')
  for (const step of Array.isArray(steps) ? steps : [{ run: 'all' }]) await play.attempt(() => play.step(step))
  return { id: get(config, 'id') ?? null, datasets: await play.results(), failures: play.failures() }
}

class ScenarioRun {
  private readonly inputs = new Set<string>()
  private readonly failed = new Map<string, readonly Problem[]>()
  private loadProblems: readonly Problem[] = []
  private readonly refusedSteps: Problem[] = []
  private runs = 0

  constructor(
    private readonly session: Session,
    private readonly config: JsonObject,
  ) {}

  /** A step that cannot be done is a failure of the scenario, not of those that follow. */
  async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.refusedSteps.push(error.problem)
    }
  }

  configure(pipes: Json): void {
    const files: Record<string, string> = {
      'pipes.conf.json': printJson(toList(pipes).map(withPipeType)),
      'systems.conf.json': printJson(toList(get(this.config, 'systems'))),
    }
    const metadata = get(this.config, 'metadata')
    if (isObject(metadata)) files['node-metadata.conf.json'] = printJson({ _id: 'node', type: 'metadata', ...metadata })
    const variables = get(this.config, 'variables')
    const secrets = get(this.config, 'secrets')
    this.loadProblems = this.session.open(files, {
      ...(isObject(variables) ? { variables } : {}),
      ...(isObject(secrets) ? { secrets: textsOf(secrets) } : {}),
    })
  }

  async put(data: Json): Promise<void> {
    if (!isObject(data)) return
    for (const dataset of Object.keys(data)) {
      this.inputs.add(dataset)
      const { store } = this.session.runner
      const entities = new Map<unknown, Entity>()
      const commit = () => store.commit({ datasets: [{ dataset, entities: [...entities.values()], populated: true }] })
      for (const entity of toList(get(data, dataset))) {
        const decoded: Value = decodeTransit(entity)
        if (!isDict(decoded)) continue
        if (typeof decoded._id !== 'string') {
          const kind = decoded._id === undefined || decoded._id === null ? 'null' : typeof decoded._id
          this.refusedSteps.push(entityWithoutId({ dataset, kind }))
          continue
        }
        // Each of several versions of an entity is one that consumers may read.
        if (entities.has(decoded._id)) {
          await commit()
          entities.clear()
        }
        entities.set(decoded._id, decoded)
      }
      await commit()
    }
  }

  async step(step: Json): Promise<void> {
    if (!isObject(step)) return
    const put = get(step, 'put')
    const config = get(step, 'config')
    const reset = get(step, 'reset')
    const run = get(step, 'run')
    if (config !== undefined) this.configure(config)
    if (put !== undefined) await this.put(put)
    for (const pipe of stringsIn(reset)) {
      await this.session.runner.reset(pipe)
      await this.run([pipe])
    }
    if (run === 'all') await this.run()
    else for (const pipe of stringsIn(run)) await this.run([pipe])
  }

  private async run(pipes?: string[]): Promise<void> {
    const known = new Set(this.session.pipes().map(({ id }) => id))
    for (const pipe of pipes ?? []) {
      const reported = this.loadProblems.some(({ where }) => where.pipe === pipe)
      if (!known.has(pipe) && !reported) this.refusedSteps.push(unknownPipe({ pipe }, { pipe }))
    }
    const result = await this.session.run({ run: String(++this.runs), ...(pipes ? { pipes } : {}) })
    for (const { pipe, problems, state, read, reprocessed } of result.pipes) {
      // What a pipe left out earlier is still left out where it had nothing to do this time.
      const idle = state === 'done' && read + reprocessed === 0 && problems.length === 0
      if (!idle || !this.failed.get(pipe)?.some(({ where }) => where.entity !== undefined))
        this.failed.set(pipe, problems)
    }
  }

  failures(): Problem[] {
    return [...this.loadProblems, ...this.refusedSteps, ...[...this.failed.values()].flat()].filter(
      ({ severity }) => severity === 'error',
    )
  }

  async results(): Promise<Map<string, readonly Entity[]>> {
    const { store } = this.session.runner.store
    const results = new Map<string, readonly Entity[]>()
    for (const { name } of await store.list()) {
      if (this.inputs.has(name) || name.startsWith('system:')) continue
      const entities: Entity[] = []
      for await (const batch of store.scan(name)) for (const entity of batch) entities.push(visible(entity))
      results.set(
        name,
        entities.sort((a, b) => byText(String(a._id), String(b._id))),
      )
    }
    return results
  }
}

function toList(json: Json | undefined): Json[] {
  return json === undefined || json === null ? [] : Array.isArray(json) ? json : [json]
}

/** Whatever is listed as a pipe is one, also where it does not say so. */
function withPipeType(pipe: Json): Json {
  return isObject(pipe) && get(pipe, 'type') === undefined ? { type: 'pipe', ...pipe } : pipe
}

function stringsIn(json: Json | undefined): string[] {
  return toList(json).filter((item) => typeof item === 'string')
}

function textsOf(object: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, String(value)]))
}

const STORE_FIELDS = new Set(['_updated', '_hash', '_previous', '_ts'])

/** A stored version as results show it: without the store's fields, `_deleted` only where it is true. */
export function visible(entity: Entity): Entity {
  const shown: Entity = {}
  for (const key of Object.keys(entity)) {
    if (STORE_FIELDS.has(key) || (key === '_deleted' && entity[key] !== true)) continue
    const value = get(entity, key)
    if (value !== undefined) put(shown, key, withoutStored(value))
  }
  return shown
}

/** Entities that a rule took over whole, with hops, bring the store's fields along. */
function withoutStored(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutStored)
  if (!isDict(value)) return value
  const version = has(value, '_updated') && has(value, '_hash') && has(value, '_ts')
  const shown: Entity = {}
  for (const key of Object.keys(value)) {
    if (!(version && STORE_FIELDS.has(key))) put(shown, key, withoutStored(get(value, key) ?? null))
  }
  return shown
}
