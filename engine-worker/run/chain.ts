/**
 * A pipe's stages, one after the other, over a few source entities at a time. Every entity on the way knows which source
 * entity it stems from and how it came about (its origin), so that what one source entity gives can be compared between
 * runs: the entity that goes on in its place has the origin '', one that was created the stage and its `_id`.
 */

import type { Derived, TransformRuntime } from '../connectors/runtime.ts'
import type { Entity } from '../entity/value.ts'
import { locate, type Problem } from '../problem.ts'
import { type PipeRunning, type Recording, withoutRepetitions } from './context.ts'
import type { SourceRecord } from './sources/item.ts'

/** How one entity left the chain, or where it stopped. */
export interface Output {
  readonly origin: string
  /** Number of the stage that stopped it; the number of stages when none did. */
  readonly stage: number
  readonly entity: Entity | null
  readonly state: 'out' | 'filtered' | 'discarded'
}

/** What became of one source entity. */
export interface Processed {
  readonly item: SourceRecord
  readonly outputs: readonly Output[]
  readonly lookups: Recording
  readonly problem: Problem | null
}

/** By place among the items given: which item each entity before and after a stage was made of. */
export interface Origins {
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}

/** Called with the entities after each stage, once a slice of items; previews use it. */
export type Watch = (stage: number, entities: readonly Entity[], derived: readonly Derived[], origins: Origins) => void

interface Line {
  readonly root: number
  readonly origin: string
  readonly entity: Entity
}

/** So many entities pass a stage before other work of the thread gets its turn. */
const SLICE = 250

const SEPARATOR = '\u0000'

/**
 * Whether an origin is one that was stopped at a stage, or would have come about from it behind that stage. What the
 * stage itself and earlier ones created does not count: that came out, or did not, in its own right.
 */
export function isBehind(origin: string, { origin: stopped, stage }: Output): boolean {
  if (origin === stopped) return true
  if (!origin.startsWith(stopped + SEPARATOR)) return false
  return Number.parseInt(origin.slice(stopped.length + 1), 10) > stage
}

/** Passes items through the stages. A Fault that concerns a whole batch is thrown. */
export async function passThrough(
  stages: readonly TransformRuntime[],
  items: readonly SourceRecord[],
  running: PipeRunning,
  previous: ((item: SourceRecord) => Promise<Entity | null>) | null = null,
  watch: Watch | null = null,
): Promise<Processed[]> {
  const processed: Processed[] = []
  for (let from = 0; from < items.length; from += SLICE) {
    const watchSlice: Watch | null = watch
      ? (stage, entities, derived, { inputs, outputs }) =>
          watch(stage, entities, derived, {
            inputs: inputs.map((place) => from + place),
            outputs: outputs.map((place) => from + place),
          })
      : null
    for (const one of await passSlice(stages, items.slice(from, from + SLICE), running, previous, watchSlice)) {
      processed.push(one)
    }
    await running.pause()
  }
  return processed
}

async function passSlice(
  stages: readonly TransformRuntime[],
  items: readonly SourceRecord[],
  running: PipeRunning,
  previous: ((item: SourceRecord) => Promise<Entity | null>) | null,
  watch: Watch | null,
): Promise<Processed[]> {
  const recordings: Recording[] = items.map(() => [])
  const problems: (Problem | null)[] = items.map(() => null)
  const outputs: Output[][] = items.map(() => [])
  const versions = previous ? await Promise.all(items.map(previous)) : null
  let lines: Line[] = []
  for (const [root, item] of items.entries()) {
    if (item.gone === 'silently') continue
    lines.push({ root, origin: '', entity: item.entity })
  }
  for (const [number, stage] of stages.entries()) {
    // What a failed source entity had become already goes no further.
    const inputs = problems.some((problem) => problem !== null)
      ? lines.filter(({ root }) => problems[root] === null)
      : lines
    if (inputs.length === 0) break
    running.onInput = (index) => {
      const root = inputs[index]?.root ?? 0
      running.lookups.recording = recordings[root] ?? null
      running.previous = versions ? versions[root] : undefined
    }
    const batch = inputs.map(({ entity }) => entity)
    const derived = await stage.transform(batch, running)
    lines = []
    for (const [at, input] of inputs.entries()) {
      const result = derived[at]
      if (!result || problems[input.root]) continue
      if (result.problem) {
        problems[input.root] = locate(result.problem, {
          pipe: running.pipe,
          ...(typeof input.entity._id === 'string' ? { entity: input.entity._id } : {}),
        })
        continue
      }
      for (const entity of result.created ?? []) {
        lines.push({ root: input.root, origin: input.origin + SEPARATOR + number + SEPARATOR + entity._id, entity })
      }
      const { main } = result
      if (result.filtered)
        outputs[input.root]?.push({ origin: input.origin, stage: number, entity: main, state: 'filtered' })
      else if (result.discarded)
        outputs[input.root]?.push({ origin: input.origin, stage: number, entity: null, state: 'discarded' })
      else if (main) lines.push({ root: input.root, origin: input.origin, entity: main })
    }
    watch?.(
      number,
      lines.map(({ entity }) => entity),
      derived,
      { inputs: inputs.map(({ root }) => root), outputs: lines.map(({ root }) => root) },
    )
  }
  for (const { root, origin, entity } of lines)
    outputs[root]?.push({ origin, stage: stages.length, entity, state: 'out' })
  return items.map((item, root) => ({
    item,
    outputs: outputs[root] ?? [],
    lookups: withoutRepetitions(recordings[root] ?? []),
    problem: problems[root] ?? null,
  }))
}

/**
 * The `_id` that an entity filtered at some stage would have had in the sink, as far as the later stages tell; null where
 * they do not.
 */
export function idAfter(stages: readonly TransformRuntime[], id: string): string | null {
  let now = id
  for (const { ids } of stages) {
    if (ids === 'any') return null
    if (typeof ids === 'function') now = ids(now)
  }
  return now
}
