/**
 * What happens to one entity, moment by moment, as the interpreter does it: each transform, and inside it each rule that
 * is applied to a value, in order and nested. It is bounded: of many rows the first are kept and the others counted.
 */
import { equal } from '../../entity/order.ts'
import type { Dict, Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import type { Problem } from '../../problem.ts'
import type { Frame } from '../evaluation.ts'
import type { Tracer } from './trace.ts'

/** A transform that was carried out, or a rule that was applied to a value. */
export interface Moment {
  readonly is: 'step' | 'rule'
  readonly at: JsonPath
  /** Place of the moment that it happened in; -1 for the default rule. */
  readonly parent: number
  readonly depth: number
  /** For a rule: what it works on. */
  readonly source?: Value
  /** For a rule: what it made; null where it failed. */
  target: Dict | null
  /** For a step: the properties of the target that it changed. */
  changes: readonly PropertyChange[]
  /** Expressions that were evaluated, by place; the last value of each. */
  readonly values: Map<string, Value>
  /** The transform filtered out or discarded the entity. */
  stopped: boolean
  problem: Problem | null
  /** Entities that joins have found, and how many. */
  readonly found: { readonly dataset: string; readonly id: string }[]
  foundInAll: number
  /** How often rules were applied inside, those that are not kept too. */
  rows: number
  /** The breakpoint here applies. */
  breaks: boolean
}

/** A property before and after; undefined where it was not there. */
interface PropertyChange {
  readonly name: string
  readonly before: Value | undefined
  readonly after: Value | undefined
}

interface TimelineLimits {
  /** Moments in all. */
  readonly moments: number
  /** Applications of rules inside one step. */
  readonly rows: number
  /** Expressions of one moment. */
  readonly values: number
}

/** Whether a breakpoint applies at a step, by the path of the step. */
type BreakConditions = ReadonlyMap<string, (frame: Frame) => boolean>

/** Found entities of one moment that are kept. */
const MAX_FOUND = 50

/** A tracer that keeps what happens in order. `clear` begins with another evaluation. */
export class Timeline implements Tracer {
  moments: Moment[] = []
  /** More happened than is kept. */
  isCut = false
  /** Places of the moments that have begun and not ended; null for those that are not kept. */
  private openMoments: (number | null)[] = []
  private isEnded = false

  constructor(
    private readonly limits: TimelineLimits,
    private readonly stops: BreakConditions = new Map(),
  ) {}

  clear(): void {
    this.moments = []
    this.openMoments = []
    this.isEnded = false
    this.isCut = false
  }

  begin(at: JsonPath, frame: Frame): void {
    this.push('step', at)
    const stop = this.stops.get(at.join('/'))
    const moment = this.top()
    if (stop !== undefined && moment !== null && stop(frame)) moment.breaks = true
  }

  target(_at: JsonPath, before: Dict, after: Dict, goesOn: boolean): void {
    const moment = this.pop()
    if (moment === null) return
    moment.changes = changesBetween(before, after)
    moment.stopped = !goesOn
  }

  enter(at: JsonPath, source: Value): void {
    const around = this.top()
    if (around !== null) around.rows++
    this.push('rule', at, source, around !== null && around.rows > this.limits.rows)
  }

  leave(_at: JsonPath, target: Dict | null): void {
    const moment = this.pop()
    if (moment !== null) moment.target = target
    // What an error is explained with afterwards is not what happened.
    if (this.openMoments.length === 0) this.isEnded = true
  }

  value(at: JsonPath, value: Value): void {
    const moment = this.top()
    const key = at.join('/')
    if (moment !== null && (moment.values.size < this.limits.values || moment.values.has(key)))
      moment.values.set(key, value)
  }

  problem(at: JsonPath, problem: Problem): void {
    const moment = this.top()
    if (moment === null) return
    moment.problem ??= problem
    if (moment.is === 'step' && moment.at.join('/') === at.join('/')) this.pop()
  }

  /** A join has found an entity. */
  find(dataset: string, id: string): void {
    const moment = this.top()
    if (moment === null) return
    moment.foundInAll++
    if (moment.found.length < MAX_FOUND) moment.found.push({ dataset, id })
  }

  private push(is: Moment['is'], at: JsonPath, source?: Value, tooMany = false): void {
    const parent = this.openMoments.at(-1)
    if (this.isEnded || parent === null || tooMany || this.moments.length >= this.limits.moments) {
      if (!this.isEnded) this.isCut = true
      this.openMoments.push(null)
      return
    }
    this.openMoments.push(this.moments.length)
    this.moments.push({
      is,
      at,
      parent: parent ?? -1,
      depth: this.openMoments.length - 1,
      ...(source === undefined ? {} : { source }),
      target: null,
      changes: [],
      values: new Map(),
      stopped: false,
      problem: null,
      found: [],
      foundInAll: 0,
      rows: 0,
      breaks: false,
    })
  }

  private top(): Moment | null {
    const place = this.openMoments.at(-1)
    return place === undefined || place === null ? null : (this.moments[place] ?? null)
  }

  private pop(): Moment | null {
    const place = this.openMoments.pop()
    return place === undefined || place === null ? null : (this.moments[place] ?? null)
  }
}

function changesBetween(before: Dict, after: Dict): readonly PropertyChange[] {
  const changes: PropertyChange[] = []
  for (const name in after) {
    const [was, is] = [before[name], after[name]]
    if (is !== was && (was === undefined || is === undefined || !equal(was, is)))
      changes.push({ name, before: was, after: is })
  }
  for (const name in before) if (!(name in after)) changes.push({ name, before: before[name], after: undefined })
  return changes
}
