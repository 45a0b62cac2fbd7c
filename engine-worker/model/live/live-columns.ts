/** Columns of values that rules make, of which only those values are made again whose inputs have changed. */
import { evaluateBatch } from '../../dtl/batch.ts'
import { compileAlone, compileRules } from '../../dtl/compile/compile.ts'
import { makeContext } from '../../dtl/context.ts'
import type { Context, Datasets, Namespaces } from '../../dtl/evaluation.ts'
import { get, put } from '../../entity/dict.ts'
import { equal } from '../../entity/order.ts'
import { type Dict, type Entity, isDict, type Value } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import type { Problem } from '../../problem.ts'
import { turn } from '../../run/turn.ts'
import { call } from '../calls.ts'
import { type StepGroup, writtenValueOf } from './rule-steps.ts'

const SLICE_SIZE = 2000

/** A property of many entities; undefined where an entity does not have it. */
export interface LiveColumn {
  readonly values: (Value | undefined)[]
  /** When each value became what it is. */
  readonly since: Int32Array
}

/** What a group of steps has made: its columns, and when each of their values was worked out. */
interface ComputedColumns {
  text: string
  readonly columns: ReadonlyMap<string, LiveColumn>
  readonly computedAt: Int32Array
}

/** What is at a path inside a column, and up to when that was looked at. */
interface ColumnPart extends LiveColumn {
  readonly of: LiveColumn
  readonly seen: Int32Array
}

/** How values are worked out. */
export interface ComputeOptions {
  readonly environment: Environment
  readonly namespaces: Namespaces
  readonly datasets?: Datasets
  readonly signal: AbortSignal
  /** The number of this time; later ones are larger. */
  readonly time: number
  /** The indexes that are wanted now. */
  readonly wanted: ArrayLike<number>
  readonly sourceOf: (at: number) => Entity
  /** Whether an input of an index has changed after a time. */
  readonly isStale: (at: number, after: number) => boolean
  /** Another text where the result may be another one with the same inputs. */
  readonly text: string
  /** The beginning of the columns' names, where they are others than those of the properties. */
  readonly prefix?: string
}

/** Thrown where a rule fails for an entity: then only a run of the pipes says what happens. */
export class RuleFailed extends Error {}

/** The columns of one kind of entities. */
export class ColumnTable {
  private made = new Map<string, ComputedColumns>()
  private columns = new Map<string, LiveColumn>()
  private readonly parts = new Map<string, ColumnPart>()
  private used = new Set<string>()

  constructor(private size: number) {}

  get(name: string): LiveColumn | undefined {
    return this.columns.get(name)
  }

  /** The values at a path inside a column, and when each of them became what it is. */
  inside([name = '', ...path]: readonly string[]): LiveColumn | undefined {
    const column = this.columns.get(name)
    if (column === undefined || path.length === 0) return column
    const key = [name, ...path].join('\n')
    const known = this.parts.get(key)
    const part = known?.of === column ? known : { ...newColumn(this.size), of: column, seen: new Int32Array(this.size) }
    this.parts.set(key, part)
    this.used.add(key)
    for (let at = 0; at < this.size; at++) {
      const since = column.since[at] ?? 0
      if (since === part.seen[at]) continue
      part.seen[at] = since
      set(part, at, valueInside(column.values[at], path), since)
    }
    return part
  }

  /** Gives each index the values of another one before; those of -1 are made anew. */
  arrange(from: Int32Array, time: number): void {
    this.size = from.length
    this.columns = new Map()
    this.parts.clear()
    for (const [key, { text, columns, computedAt }] of this.made) {
      const moved = new Map([...columns].map(([name, column]) => [name, arranged(column, from, time)]))
      this.made.set(key, { text, columns: moved, computedAt: movedNumbers(computedAt, from, 0) })
      for (const [name, column] of moved) this.columns.set(name, column)
    }
  }

  /** Begins a round; {@link end} forgets what was not made in it. */
  begin(): void {
    this.used = new Set()
  }

  end(): void {
    for (const kept of [this.made, this.parts]) for (const key of kept.keys()) if (!this.used.has(key)) kept.delete(key)
    this.columns = new Map([...this.made.values()].flatMap(({ columns }) => [...columns]))
  }

  /** Brings the columns of a group of steps up to date. Throws {@link RuleFailed}. */
  async compute(group: StepGroup, options: ComputeOptions): Promise<void> {
    const names = group.writes.map((name) => `${options.prefix ?? ''}${name}`)
    const key = names.join('\n')
    this.used.add(key)
    const made = this.computedFor(key, names)
    if (made.text !== options.text) made.computedAt.fill(0)
    made.text = options.text
    const { computedAt } = made
    const stale: number[] = []
    for (let place = 0; place < options.wanted.length; place++) {
      const at = options.wanted[place] ?? 0
      const last = computedAt[at] ?? 0
      if (last === 0 || options.isStale(at, last)) stale.push(at)
    }
    if (stale.length === 0) return
    const evaluate = this.evaluator(group, options)
    const { environment, namespaces, datasets, time } = options
    const context = makeContext({ environment, namespaces, ...(datasets ? { datasets } : {}) })
    const columns = names.map((name) => made.columns.get(name))
    for (let from = 0; from < stale.length; from += SLICE_SIZE) {
      const part = stale.slice(from, from + SLICE_SIZE)
      const results = await evaluateBatch(part, evaluate, context)
      for (const [place, result] of results.entries()) {
        const at = part[place] ?? 0
        if (!('result' in result)) throw new RuleFailed(result.problem.message)
        for (const [which, column] of columns.entries()) set(column, at, result.result[which], time)
        computedAt[at] = time
      }
      await turn()
      options.signal.throwIfAborted()
    }
  }

  private computedFor(key: string, names: readonly string[]): ComputedColumns {
    const known = this.made.get(key)
    // What other steps have made meanwhile does not count any more.
    if (known && names.every((name) => this.columns.get(name) === known.columns.get(name))) return known
    const columns = new Map(names.map((name) => [name, newColumn(this.size)]))
    const made = { text: '', columns, computedAt: new Int32Array(this.size) }
    this.made.set(key, made)
    for (const [name, column] of columns) this.columns.set(name, column)
    return made
  }

  private evaluator({ steps, target, writes }: StepGroup, { namespaces, sourceOf }: ComputeOptions) {
    const inputs = target.map((name) => [name, this.columns.get(name)?.values] as const)
    const given = (at: number): Dict => {
      const dict: Dict = {}
      for (const [name, values] of inputs) {
        const value = values?.[at]
        if (value !== undefined) put(dict, name, value)
      }
      return dict
    }
    const [only = null] = steps
    const setting = steps.length === 1 ? writtenValueOf(only) : null
    if (setting !== null) {
      const { expression, problems } = compileAlone(setting.value, { namespaces })
      failOn(problems)
      return (at: number, ctx: Context): (Value | undefined)[] => {
        const value = expression.evaluate(sourceOf(at), ctx, given(at))
        return [value === null && !setting.isNullWritten ? undefined : value]
      }
    }
    const copied = target.length === 0 ? [] : [call.copy(call.list(...target))]
    const { dtl, problems } = compileRules({ rules: { default: [...copied, ...steps] } }, { namespaces })
    failOn(problems)
    return (at: number, ctx: Context): (Value | undefined)[] => {
      const made = dtl.run(copied.length === 0 ? sourceOf(at) : { ...sourceOf(at), ...given(at) }, ctx).target ?? {}
      return writes.map((name) => get(made, name))
    }
  }
}

function failOn(problems: readonly Problem[]): void {
  const error = problems.find(({ severity }) => severity === 'error')
  if (error !== undefined) throw new RuleFailed(error.message)
}

function newColumn(size: number): LiveColumn {
  return { values: new Array<Value | undefined>(size).fill(undefined), since: new Int32Array(size) }
}

function arranged({ values, since }: LiveColumn, from: Int32Array, time: number): LiveColumn {
  return {
    values: Array.from(from, (before) => (before < 0 ? undefined : values[before])),
    since: movedNumbers(since, from, time),
  }
}

function movedNumbers(numbers: Int32Array, from: Int32Array, otherwise: number): Int32Array {
  return from.map((before) => (before < 0 ? otherwise : (numbers[before] ?? otherwise)))
}

function set(column: LiveColumn | undefined, at: number, value: Value | undefined, time: number): void {
  if (column === undefined || ((column.since[at] ?? 0) > 0 && isSame(column.values[at], value))) return
  column.values[at] = value
  column.since[at] = time
}

/** The value at a path; what is no dict on the way there stands for all that is inside it. */
function valueInside(value: Value | undefined, path: readonly string[]): Value | undefined {
  let inside = value
  for (const key of path) {
    if (inside === undefined || !isDict(inside)) return inside
    inside = get(inside, key)
  }
  return inside
}

/** Whether two values are of the same kind and equal. */
function isSame(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one))
    return Array.isArray(other) && one.length === other.length && one.every((each, at) => isSame(each, other[at]))
  if (!isDict(one)) return one.constructor === other.constructor && equal(one, other)
  if (!isDict(other)) return false
  let count = 0
  for (const key in one) {
    if (!isSame(one[key], get(other, key))) return false
    count++
  }
  for (const _ in other) count--
  return count === 0
}
