/**
 * What edits do to data: two states of a project run on the same input, by the same clock and the same random numbers, and
 * what comes out is compared. Every difference has a cause, which is an edit; one that has none is a fault of Pipewright.
 */
import { diffEntities } from '../analysis/diff.ts'
import { datasetWritten } from '../config/project/facts.ts'
import type { OpenPipe } from '../connectors/open.ts'
import { encodeTransit } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import type { StoreClock } from '../storage/repeatable.ts'
import { asGiven } from '../storage/write.ts'
import { formatPart } from '../text/format.ts'
import { isInternal, type OpenProject, outputOf, runInternal } from './outputs.ts'
import { editsBetween, type ProjectEdit, type ProjectState, reachedBy, withEdit } from './project-edits.ts'

/** One entity that comes out otherwise; null where it does not come out at all. Values as JSON text. */
interface EntityEffect {
  readonly id: string
  readonly before: string | null
  readonly after: string | null
}

/** What comes out of one pipe otherwise than before, for one reason. */
interface PipeEffect {
  readonly pipe: string
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** The first of them. */
  readonly entities: readonly EntityEffect[]
  /** Why it does not run now, where it did before. */
  readonly failed: Problem | null
}

/** The differences that edits have together; without edits nothing explains them. */
interface EffectGroup {
  /** More than one where only together they make the difference, or where there are too many to try each alone. */
  readonly edits: readonly ProjectEdit[]
  readonly pipes: readonly PipeEffect[]
}

/** All differences, by cause. */
export interface ProjectEffect {
  readonly groups: readonly EffectGroup[]
  /** Pipes that were compared. */
  readonly pipes: number
  /** Entities that come out as before. */
  readonly same: number
}

/** Entities that are shown of a pipe in a group. */
const MAX_SHOWN = 100

/** The most edits that are tried one by one to find the effect of each. */
const MAX_SEPARATE_EDITS = 8

/** Makes a project ready to run from the beginning. */
type OpenState = (state: ProjectState, clock: StoreClock) => OpenProject

/** Compares what comes out of every pipe. */
export async function effectBetween(
  before: ProjectState,
  after: ProjectState,
  open: OpenState,
): Promise<ProjectEffect> {
  const [old, now] = [open(before, 'first'), open(after, 'first')]
  const outputsBefore = await resultsOf(old)
  const is = await resultsOf(now)
  const all = differencesBetween(outputsBefore, is)
  const edits = editsBetween(before, after)
  const failing = new Set(
    [...is].filter(([pipe, { failed }]) => failed && !outputsBefore.get(pipe)?.failed).map(([pipe]) => pipe),
  )
  const differing = new Set([...all.map(({ pipe }) => pipe), ...failing])
  const reached = reachedBy(edits, old, now, (pipe) => differing.has(pipe))
  const causesOf = (pipe: string): readonly number[] => [...(reached.get(pipe) ?? [])].sort((a, b) => a - b)
  const isExplained = ({ pipe }: Difference) => causesOf(pipe).length > 0
  // An edit anywhere changes when others are stored: what only tells that is neither its effect nor a fault.
  const stamps = all.every(isExplained)
    ? NO_STAMPS
    : stampsIn(differencesBetween(outputsBefore, await resultsOf(open(before, 'later'))))
  const differences = all.filter((each) => isExplained(each) || !isStampOnly(each, stamps))
  const unclear = [
    ...new Set(
      [...differing]
        .map(causesOf)
        .filter((all) => all.length > 1)
        .flat(),
    ),
  ]
  const alone =
    unclear.length <= MAX_SEPARATE_EDITS
      ? await effectsSeparately(unclear, { before, after, edits, open, was: outputsBefore })
      : new Map()
  const groups = new Map<string, Grouping>()
  const groupOf = (indexes: readonly number[]): Grouping => {
    const key = indexes.join()
    const group = groups.get(key) ?? { indexes, pipes: new Map<string, PipeDifferences>() }
    groups.set(key, group)
    return group
  }
  for (const difference of differences) {
    const all = causesOf(difference.pipe)
    const tried = all.filter((index) => alone.get(index)?.has(keyOf(difference)))
    addTo(groupOf(all.length > 1 && tried.length > 0 ? tried : all), difference)
  }
  for (const pipe of failing) foundIn(groupOf(causesOf(pipe)), pipe).failed = is.get(pipe)?.failed ?? null
  const order = [...new Set([...is.keys(), ...outputsBefore.keys()])]
  const same = [...is.values()].reduce((sum, { entities }) => sum + entities.size, 0)
  const changed = differences.filter((each) => each.after !== undefined).length
  return {
    groups: [...groups.values()]
      .map((group) => effectGroup(group, edits, order))
      .sort((a, b) => a.edits.length - b.edits.length),
    pipes: order.length,
    same: same - changed,
  }
}

interface PipeOutput {
  readonly entities: ReadonlyMap<string, Entity>
  readonly failed: Problem | null
}

/** The entities that each pipe gives, by `_id`: what stands in its dataset, or what it would send. */
async function resultsOf(open: OpenProject): Promise<ReadonlyMap<string, PipeOutput>> {
  const results = new Map<string, PipeOutput>()
  const run = await runInternal(open)
  for (const pipe of open.pipes) {
    const { id, sink } = pipe.effective
    const progress = run.pipes.find((each) => each.pipe === id)
    const failed = pipe.runnable.needs ?? (progress?.state === 'failed' ? (progress.problems[0] ?? null) : null)
    const dataset = datasetWritten(sink)
    if (failed) results.set(id, { entities: new Map(), failed })
    else if (!isInternal(pipe)) results.set(id, await sentEntities(open, pipe))
    else results.set(id, { entities: await storedEntities(open, dataset ?? id), failed: null })
  }
  return results
}

async function storedEntities({ runner }: OpenProject, dataset: string): Promise<ReadonlyMap<string, Entity>> {
  const entities = new Map<string, Entity>()
  for await (const batch of runner.store.store.scan(dataset, { live: true })) {
    for (const entity of batch) entities.set(String(entity._id), asGiven(entity))
  }
  return entities
}

async function sentEntities(open: OpenProject, pipe: OpenPipe): Promise<PipeOutput> {
  const { entities, progress } = await outputOf(open, pipe)
  const failed = progress.state === 'failed' ? (progress.problems[0] ?? null) : null
  return { entities: new Map(entities.map((entity) => [String(entity._id), asGiven(entity)])), failed }
}

interface Difference {
  readonly pipe: string
  readonly id: string
  readonly before: Entity | undefined
  readonly after: Entity | undefined
}

function keyOf({ pipe, id }: Difference): string {
  return `${pipe}\n${id}`
}

const NO_OUTPUT: PipeOutput = { entities: new Map(), failed: null }

/** By key of a difference, the places in the entity that tell when something was stored. */
type Stamps = ReadonlyMap<string, readonly string[]>
const NO_STAMPS: Stamps = new Map()

/** The places that differ between two runs of the same project whose stores began at other times. */
function stampsIn(differences: readonly Difference[]): Stamps {
  const found = new Map<string, readonly string[]>()
  for (const difference of differences) {
    const { before, after } = difference
    if (before && after) found.set(keyOf(difference), diffEntities(before, after).map(placeOf))
  }
  return found
}

function placeOf({ path }: { readonly path: readonly (string | number)[] }): string {
  return `${path.join('\n')}\n`
}

/** Whether two versions of an entity differ in nothing but its stamps. */
function isStampOnly(difference: Difference, all: Stamps): boolean {
  const { before, after } = difference
  const stamps = all.get(keyOf(difference)) ?? []
  if (!before || !after) return false
  const places = diffEntities(before, after).map(placeOf)
  return places.every((place) => stamps.some((stamp) => place.startsWith(stamp) || stamp.startsWith(place)))
}

/** All differences, in the order of the second project; what is gone comes last. */
function differencesBetween(
  before: ReadonlyMap<string, PipeOutput>,
  is: ReadonlyMap<string, PipeOutput>,
): Difference[] {
  return [...new Set([...is.keys(), ...before.keys()])].flatMap((pipe) => {
    const [old, now] = [before.get(pipe) ?? NO_OUTPUT, is.get(pipe) ?? NO_OUTPUT]
    const differences: Difference[] = []
    for (const [id, after] of now.entities) {
      const before = old.entities.get(id)
      if (before === undefined || diffEntities(before, after).length > 0) differences.push({ pipe, id, before, after })
    }
    for (const [id, before] of old.entities) {
      if (!now.entities.has(id)) differences.push({ pipe, id, before, after: undefined })
    }
    return differences
  })
}

interface AloneOptions {
  readonly before: ProjectState
  readonly after: ProjectState
  readonly edits: readonly ProjectEdit[]
  readonly open: OpenState
  readonly was: ReadonlyMap<string, PipeOutput>
}

/** By edit, the keys of the entities that come out otherwise when it alone is made. */
async function effectsSeparately(
  indexes: readonly number[],
  { before, after, edits, open, was }: AloneOptions,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const found = new Map<number, ReadonlySet<string>>()
  for (const index of indexes) {
    const edit = edits[index]
    if (!edit) continue
    const is = await resultsOf(open(withEdit(before, after, edit), 'first'))
    found.set(index, new Set(differencesBetween(was, is).map(keyOf)))
  }
  return found
}

interface PipeDifferences {
  added: number
  changed: number
  removed: number
  failed: Problem | null
  readonly entities: EntityEffect[]
}

interface Grouping {
  readonly indexes: readonly number[]
  readonly pipes: Map<string, PipeDifferences>
}

function foundIn({ pipes }: Grouping, pipe: string): PipeDifferences {
  const found = pipes.get(pipe) ?? { added: 0, changed: 0, removed: 0, failed: null, entities: [] }
  pipes.set(pipe, found)
  return found
}

function addTo(group: Grouping, { pipe, id, before, after }: Difference): void {
  const found = foundIn(group, pipe)
  if (before === undefined) found.added++
  else if (after === undefined) found.removed++
  else found.changed++
  if (found.entities.length < MAX_SHOWN) found.entities.push({ id, before: textOf(before), after: textOf(after) })
}

function effectGroup(
  { indexes, pipes }: Grouping,
  edits: readonly ProjectEdit[],
  order: readonly string[],
): EffectGroup {
  return {
    edits: indexes.flatMap((index) => edits[index] ?? []),
    pipes: [...pipes]
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      .map(([pipe, found]) => ({ pipe, ...found })),
  }
}

function textOf(entity: Entity | undefined): string | null {
  return entity === undefined ? null : formatPart(encodeTransit(entity))
}
