/**
 * How much work and memory rules may use: one entity, and all entities of one run together. Rules, joins and data come
 * from outside, so a join of everything with everything must end with a problem and not with the process.
 */
import { Fault, type Problem, problem, type Where } from '../problem.ts'

const budgetSpent = problem<{ budget: number }>({
  code: 'dtl-budget',
  severity: 'error',
  says: (f) => `One entity took more than ${f.budget.toLocaleString('en')} steps of work.`,
  fix: () => 'Look for loops over large lists inside each other, large ranges, or rules that apply themselves.',
})

const runBudgetSpent = problem<{ entities: number; average: number }>({
  code: 'dtl-run-budget',
  severity: 'error',
  says: (f) =>
    `The entities of this run took ${f.average.toLocaleString('en')} steps of work on average, too many for ${f.entities.toLocaleString('en')} entities.`,
  fix: () => 'Look for a join on a value that most entities share, or join on more properties.',
})

const outputTooLarge = problem<{ values: number; property: string }>({
  code: 'dtl-output-too-large',
  severity: 'error',
  says: (f) =>
    `The large entities of this run hold more than ${f.values.toLocaleString('en')} values together; most of the latest one are in “${f.property}”.`,
  fix: () => 'Keep only what is needed of what a join finds: its count, its first entities, or single properties.',
})

/** Steps of work that one entity may take: some seconds. */
export const ENTITY_STEPS = 10_000_000

/** The budget that the entities of one run share. */
export interface RunLimits {
  /** Steps of work, apart from those that every entity may take without being counted. */
  readonly steps: number
  /** Steps that are plain work for one entity. */
  readonly stepsPerEntity: number
  /** Values that the targets of entities with much work may hold, about half a gigabyte. */
  readonly values: number
}

const RUN_LIMITS: RunLimits = { steps: 500_000_000, stepsPerEntity: 10_000, values: 20_000_000 }

/** An entity with more steps than this has its values counted; that costs no more than its work did. */
export const COUNTED_FROM = 1_000

/** What the entities of one run have used so far. */
export class RunBudget {
  private entities = 0
  private steps = 0
  private values = 0

  /** Why the run can do no more, once it has used everything up. */
  exhausted: Problem | null = null

  constructor(private readonly limits: RunLimits = RUN_LIMITS) {}

  /** Begins an entity and gives the steps that it may take. */
  begin(): number {
    const { steps, stepsPerEntity } = this.limits
    this.entities++
    return Math.min(ENTITY_STEPS, Math.max(0, steps + stepsPerEntity * this.entities - this.steps))
  }

  /** Notes the steps that an entity took. */
  took(steps: number): void {
    this.steps += steps
  }

  /** Steps per entity so far. */
  get average(): number {
    return Math.round(this.steps / Math.max(1, this.entities))
  }

  /** The problem of an entity that took more than its allowance. */
  exceeded(allowance: number): Fault {
    if (allowance >= ENTITY_STEPS) return new Fault(budgetSpent({ budget: ENTITY_STEPS }))
    return new Fault(runBudgetSpent({ entities: this.entities, average: this.average }))
  }

  /** Notes the problem of an entity: one of the whole run ends it. */
  failed(found: Problem): void {
    if (found.code === runBudgetSpent.code) this.exhausted ??= found
  }

  /** Notes the values that an entity keeps. Throws when the run keeps too many. */
  keep(values: number, property: string, where: Where): void {
    this.values += values
    if (this.values <= this.limits.values) return
    this.exhausted = outputTooLarge({ values: this.limits.values, property }, where)
    throw new Fault(this.exhausted)
  }
}
