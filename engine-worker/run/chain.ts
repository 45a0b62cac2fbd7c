/**
 * A pipe's stages, one after the other, over a few source entities at a time. Every entity on the way knows which source
 * entity it stems from and how it came about (its origin), so that what one source entity gives can be compared between
 * runs: the entity that goes on in its place has the origin '', one that was created the stage and its `_id`.
 */

import type { StageOutcome, TransformRuntime } from '../connectors/runtime.ts'
import type { Entity } from '../entity/value.ts'
import { locate, type Problem } from '../problem.ts'
import { type PipeRunContext, type RecordedLookups, withoutRepetitions } from './context.ts'
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
export interface ProcessResult {
  readonly item: SourceRecord
  readonly outputs: readonly Output[]
  readonly lookups: RecordedLookups
  readonly problem: Problem | null
}

/** By place among the items given: which item each entity before and after a stage was made of. */
export interface Origins {
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}

/** Called with the entities after each stage, once a slice of items; previews use it. */
export type StageListener = (
  stage: number,
  entities: readonly Entity[],
  derived: readonly StageOutcome[],
  origins: Origins,
) => void

/** An entity on its way; what a stage makes of it takes its place. */
interface Derivation {
  readonly root: number
  readonly origin: string
  entity: Entity
}

/** Entities that pass a stage before other work of the thread gets its turn. */
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
  running: PipeRunContext,
  previous: ((item: SourceRecord) => Promise<Entity | null>) | null = null,
  watch: StageListener | null = null,
): Promise<ProcessResult[]> {
  const processed: ProcessResult[] = []
  for (let from = 0; from < items.length; from += SLICE) {
    const watchSlice: StageListener | null = watch
      ? (stage, entities, derived, { inputs, outputs }) =>
          watch(stage, entities, derived, {
            inputs: inputs.map((place) => from + place),
            outputs: outputs.map((place) => from + place),
          })
      : null
    const slice = items.length <= SLICE ? items : items.slice(from, from + SLICE)
    for (const one of await passSlice(stages, slice, running, previous, watchSlice)) processed.push(one)
    await running.pause()
  }
  return processed
}

async function passSlice(
  stages: readonly TransformRuntime[],
  items: readonly SourceRecord[],
  running: PipeRunContext,
  previous: ((item: SourceRecord) => Promise<Entity | null>) | null,
  watch: StageListener | null,
): Promise<ProcessResult[]> {
  const chain = new SliceOutcome(items.length, stages)
  const versions = previous ? await Promise.all(items.map(previous)) : null
  let lines: Derivation[] = []
  for (let root = 0; root < items.length; root++) {
    const item = items[root]
    if (item && item.gone !== 'silently') lines.push({ root, origin: '', entity: item.entity })
  }
  for (let number = 0; number < stages.length; number++) {
    const stage = stages[number]
    // What a failed source entity had become already goes no further.
    const inputs = chain.failed ? lines.filter(({ root }) => chain.problems[root] === null) : lines
    if (!stage || inputs.length === 0) break
    running.onInput = (index) => {
      const root = inputs[index]?.root ?? 0
      running.lookups.recording = chain.recordings?.[root] ?? null
      running.previous = versions ? versions[root] : undefined
    }
    const batch = inputs.map(({ entity }) => entity)
    const derived = await stage.transform(batch, running)
    lines = []
    for (let at = 0; at < inputs.length; at++) {
      const [input, result] = [inputs[at], derived[at]]
      if (input && result) chain.take(input, result, number, lines, running)
    }
    watch?.(
      number,
      lines.map(({ entity }) => entity),
      derived,
      { inputs: inputs.map(({ root }) => root), outputs: lines.map(({ root }) => root) },
    )
  }
  for (const { root, origin, entity } of lines) chain.add(root, { origin, stage: stages.length, entity, state: 'out' })
  return items.map((item, root) => chain.of(item, root))
}

const noOutputs: readonly Output[] = []
const noLookups: RecordedLookups = []

/** What becomes of the source entities of a slice. Most have one output, no look-ups and no problem. */
class SliceOutcome {
  /** Look-ups by source entity; null where no stage has any, so that nothing is allocated for them. */
  readonly recordings: RecordedLookups[] | null
  readonly problems: (Problem | null)[]
  failed = false
  private readonly outputs: (Output[] | null)[]

  constructor(count: number, stages: readonly TransformRuntime[]) {
    this.recordings = stages.some(({ hops }) => hops.length > 0) ? Array.from({ length: count }, () => []) : null
    this.problems = new Array<Problem | null>(count).fill(null)
    this.outputs = new Array<Output[] | null>(count).fill(null)
  }

  add(root: number, output: Output): void {
    const before = this.outputs[root]
    if (before) before.push(output)
    // A list that begins with its only element takes no room for more.
    else this.outputs[root] = [output]
  }

  /** Takes what a stage made of an entity; what goes on is added to the lines. */
  take(line: Derivation, result: StageOutcome, stage: number, lines: Derivation[], { pipe }: PipeRunContext): void {
    const { root, origin, entity } = line
    if (this.problems[root]) return
    if (result.problem) {
      this.failed = true
      this.problems[root] = locate(result.problem, {
        pipe,
        ...(typeof entity._id === 'string' ? { entity: entity._id } : {}),
      })
      return
    }
    if (result.created) {
      for (const created of result.created) {
        lines.push({ root, origin: origin + SEPARATOR + stage + SEPARATOR + created._id, entity: created })
      }
    }
    const { main } = result
    if (result.filtered) this.add(root, { origin, stage, entity: main, state: 'filtered' })
    else if (result.discarded) this.add(root, { origin, stage, entity: null, state: 'discarded' })
    else if (main) {
      line.entity = main
      lines.push(line)
    }
  }

  of(item: SourceRecord, root: number): ProcessResult {
    const recording = this.recordings?.[root]
    return {
      item,
      outputs: this.outputs[root] ?? noOutputs,
      lookups: recording ? withoutRepetitions(recording) : noLookups,
      problem: this.problems[root] ?? null,
    }
  }
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
