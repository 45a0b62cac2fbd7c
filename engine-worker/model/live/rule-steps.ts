/** Generated rules taken apart: which steps make which property, and what they read for it. */
import { isLiteral } from '../../dtl/syntax.ts'
import { parsePath } from '../../dtl/tree/path.ts'
import { isObject, type Json } from '../../entity/value.ts'

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

  read(json: Json): void {
    if (typeof json === 'string') this.readText(json)
    else if (Array.isArray(json)) {
      if (isLiteral(json)) return
      const [name, only] = json
      if (isContextual(name)) this.isKnown = false
      const asksIfThere = (name === 'is-null' || name === 'is-not-null') && typeof only === 'string'
      if (asksIfThere) this.readText(only, false)
      else for (const part of json) this.read(part)
    } else if (isObject(json)) {
      const { datasets } = json
      if (Array.isArray(datasets))
        for (const each of datasets) this.datasets.add(String(each).slice(0, String(each).lastIndexOf(' ')))
      for (const part of Object.values(json)) this.read(part)
    }
  }

  private readText(text: string, isValueRead = true): void {
    const path = parsePath(text)
    if (path === null) return
    if (path === 'malformed') {
      this.isKnown = false
      return
    }
    const { root, segments } = path
    const [name = ''] = segments
    const isOwn = 'up' in root ? root.up === 0 : root.is === 'item'
    if (!isOwn || (root.is === 'target' && (name === '' || name.includes('*')))) this.isKnown = false
    if (root.is === 'target' || (root.is === 'source' && (isValueRead || segments.length > 1)))
      this.paths.set(segments.join('\n'), segments)
    if (root.is === 'source') this.source.add(name)
    if (root.is === 'target') this.target.add(name)
  }

  step(step: Json): void {
    const [name, first = null, ...rest] = Array.isArray(step) ? step : []
    if ((name === 'add' || name === 'add-if') && typeof first === 'string') {
      this.written.add(first)
      for (const part of rest) this.read(part)
    } else if (name === 'remove' && typeof first === 'string' && !first.includes('*')) this.removed.add(first)
    else if (name === 'if') {
      this.read(first)
      for (const branch of rest)
        for (const inner of Array.isArray(branch) && Array.isArray(branch[0]) ? branch : [branch]) this.step(inner)
    } else this.isKnown = false
  }
}

/** Functions whose result depends on more than the values they are given, or that see other variables. */
function isContextual(name: Json | undefined): boolean {
  if (typeof name !== 'string') return false
  return /^(apply|lookup|now|today|random|uuid|env|create|is-changed|hash-of-dataset|completeness)/.test(name)
}

function touchedBy(step: Json): Touched {
  const touched = new Touched()
  touched.step(step)
  return touched
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
