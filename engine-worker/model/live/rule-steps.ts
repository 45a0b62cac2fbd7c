/** Generated rules taken apart: which steps make which property, and what they read for it. */
import { functionTable } from '../../dtl/registry.ts'
import type { TargetEffect } from '../../dtl/signature.ts'
import type { CallableSignature } from '../../dtl/tree/functions.ts'
import type { CallNode, PathNode, TreeNode } from '../../dtl/tree/node.ts'
import { parseStep } from '../../dtl/tree/parse.ts'
import { argumentOf, childrenOf } from '../../dtl/tree/visit.ts'
import type { Json } from '../../entity/value.ts'

/** Steps that belong together, in their order. */
export interface StepGroup {
  /** The properties that they leave behind. */
  readonly writes: readonly string[]
  /** Properties of the source, and of the target made by other steps, that they read; an empty name is all of the source. */
  readonly source: readonly string[]
  readonly target: readonly string[]
  /** The paths that they read, as names, without properties of the source of which they only ask whether they are there. */
  readonly paths: readonly (readonly string[])[]
  /** Datasets that they look into. */
  readonly datasets: readonly string[]
  readonly steps: readonly Json[]
}

/** What steps read and write, where that can be told. */
class Touched {
  readonly source = new Set<string>()
  readonly target = new Set<string>()
  readonly datasets = new Set<string>()
  readonly paths = new Map<string, readonly string[]>()
  readonly written = new Set<string>()
  readonly removed = new Set<string>()
  isKnown = true

  /** An expression, or a part of one. `isValueRead` is false where it is only asked whether there is a value. */
  private read(node: TreeNode, isValueRead = true): void {
    if (node.is === 'path') this.readPath(node, isValueRead)
    else if (node.is === 'broken-path') this.isKnown = false
    else if (node.is === 'call') {
      const { declared } = node
      if (declared === null || isContextual(declared)) this.isKnown = false
      const [only] = node.given
      if (declared?.presence === true && only?.node.is === 'path') this.read(only.node, false)
      else for (const child of childrenOf(node)) this.read(child)
    } else {
      if (node.is === 'hops') for (const { dataset } of node.datasets) this.datasets.add(dataset)
      for (const child of childrenOf(node)) this.read(child)
    }
  }

  private readPath({ path, dataset }: PathNode, isValueRead: boolean): void {
    const { root, segments } = path
    if (root.is === 'alias') return
    const [name = ''] = segments
    const isOwn = 'up' in root ? root.up === 0 && dataset === null : root.is === 'item'
    if (!isOwn || (root.is === 'target' && (name === '' || name.includes('*')))) this.isKnown = false
    if (root.is === 'target' || (root.is === 'source' && (isValueRead || segments.length > 1)))
      this.paths.set(segments.join('\n'), segments)
    if (root.is === 'source') this.source.add(name)
    if (root.is === 'target') this.target.add(name)
  }

  /** A step by what its function declares to do to the target. */
  step(node: TreeNode): void {
    const declared = node.is === 'call' && node.kind === 'transform' ? node.declared : null
    if (node.is !== 'call' || declared === null || isContextual(declared)) {
      this.isKnown = false
      return
    }
    const { writes } = declared
    const property = writes ? constantText(node, writes) : null
    if (writes === undefined)
      for (const { node: given } of node.given)
        if (given.is === 'steps') for (const inner of given.steps) this.step(inner)
        else this.read(given)
    else if (writes.is === 'sets' && property !== null) {
      this.written.add(property)
      const value = argumentOf(node, writes.value)
      if (value) this.read(value)
    } else if (writes.is === 'removes' && property !== null && !property.includes('*')) this.removed.add(property)
    else this.isKnown = false
  }
}

/** The property that a step writes or removes, where it is written as a text. */
function constantText(call: CallNode, writes: TargetEffect): string | null {
  const name = writes.is === 'sets' ? writes.property : writes.is === 'removes' ? writes.pattern : null
  const json = name === null ? null : (argumentOf(call, name)?.json ?? null)
  return typeof json === 'string' ? json : null
}

/** Whether the result depends on more than the values that are given, or what is called sees other variables. */
function isContextual({ deterministic, previous, takes }: CallableSignature): boolean {
  return deterministic === false || previous === true || takes.some(({ names }) => names === 'rule')
}

function touchedBy(step: Json): Touched {
  const touched = new Touched()
  touched.step(parseStep(step, [], functionTable))
  return touched
}

/** The value that a step writes to a property, and whether it is written where it is null; null where it does something else. */
export function writtenValueOf(step: Json): { readonly value: Json; readonly isNullWritten: boolean } | null {
  const node = parseStep(step, [], functionTable)
  const writes = node.is === 'call' ? node.declared?.writes : undefined
  if (node.is !== 'call' || writes?.is !== 'sets') return null
  return { value: argumentOf(node, writes.value)?.json ?? null, isNullWritten: writes.always }
}

/** What a step is declared to do to the target; null where it does nothing itself, or is no step. */
export function effectOf(step: Json): TargetEffect['is'] | null {
  const node = parseStep(step, [], functionTable)
  return (node.is === 'call' ? node.declared?.writes?.is : null) ?? null
}

/** Steps in groups that do not depend on each other's order, those first that others read from; null where that is not so. */
export function stepGroups(steps: readonly Json[]): readonly StepGroup[] | null {
  const touched = steps.map(touchedBy)
  if (touched.some(({ isKnown }) => !isKnown)) return null
  const groupOf = steps.map((_, at) => at)
  const join = (one: number, other: number): void => {
    const [from, to] = [groupOf[one] ?? one, groupOf[other] ?? other]
    for (const [at, group] of groupOf.entries()) if (group === from) groupOf[at] = to
  }
  const last = new Map<string, number>()
  const removed = new Set<string>()
  for (const [at, { written, removed: gone }] of touched.entries())
    for (const name of [...written, ...gone]) {
      const before = last.get(name)
      if (before !== undefined) join(before, at)
      last.set(name, at)
      if (gone.has(name)) removed.add(name)
    }
  // What is read before it is finished belongs to what makes it.
  for (const [at, { target }] of touched.entries())
    for (const name of target) {
      const maker = last.get(name)
      if (maker !== undefined && (maker > at || removed.has(name))) join(maker, at)
    }
  const groups = [...new Set(groupOf)].map((group) => {
    const own = steps.flatMap((_, at) => (groupOf[at] === group ? [at] : []))
    return groupOfSteps(
      own.map((at) => steps[at] ?? null),
      own.map((at) => touched[at]).filter((each) => each !== undefined),
    )
  })
  return inOrder(groups)
}

function groupOfSteps(steps: readonly Json[], touched: readonly Touched[]): StepGroup {
  const all = (of: (one: Touched) => ReadonlySet<string>): Set<string> =>
    new Set(touched.flatMap((one) => [...of(one)]))
  const written = all((one) => one.written)
  const removed = all((one) => one.removed)
  return {
    steps,
    writes: [...written].filter((name) => !removed.has(name)),
    source: [...all((one) => one.source)],
    paths: [...new Map(touched.flatMap((one) => [...one.paths])).values()],
    target: [...all((one) => one.target)].filter((name) => !written.has(name)),
    datasets: [...all((one) => one.datasets)],
  }
}

function inOrder(groups: readonly StepGroup[]): readonly StepGroup[] | null {
  const made = new Set<string>()
  const makable = new Set(groups.flatMap(({ writes }) => writes))
  const ordered: StepGroup[] = []
  let left = groups
  while (left.length > 0) {
    const ready = left.filter(({ target }) => target.every((name) => made.has(name) || !makable.has(name)))
    if (ready.length === 0) return null
    ordered.push(...ready)
    for (const { writes } of ready) for (const name of writes) made.add(name)
    left = left.filter((group) => !ready.includes(group))
  }
  return ordered
}

/** The steps that one property is made by, with all that these read; null where that cannot be told. */
export function stepsFor(property: string, steps: readonly Json[]): StepGroup | null {
  const needed = new Set([property])
  const own: Json[] = []
  const reading: Touched[] = []
  for (const step of steps.toReversed()) {
    const touched = touchedBy(step)
    if (![...touched.written].some((name) => needed.has(name))) continue
    if (!touched.isKnown) return null
    for (const name of touched.target) needed.add(name)
    own.unshift(step)
    reading.unshift(touched)
  }
  return { ...groupOfSteps(own, reading), writes: [property] }
}

/** What steps read from their source and from datasets, whatever they write; null where that cannot be told. */
export function readBy(steps: readonly Json[]): Pick<StepGroup, 'source' | 'datasets'> | null {
  const touched = steps.map(touchedBy)
  return touched.every(({ isKnown }) => isKnown) ? groupOfSteps(steps, touched) : null
}
