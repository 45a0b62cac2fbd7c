/**
 * Evaluation of many entities, some of which may have to wait: for asynchronous functions, or for data that has to be
 * read first. Evaluation itself is synchronous; an entity that must wait is abandoned, all waits of a batch are awaited
 * together, and the entities are evaluated again. What an entity has waited for, its clock and its random numbers stay
 * the same between its evaluations.
 */
import type { DateTime, Dict, Entity } from '../entity/value.ts'
import { Fault, type Problem, problem } from '../problem.ts'
import type { RunBudget } from './budget.ts'
import { type Context, type Datasets, type Namespaces, Suspended } from './evaluation.ts'

const waitsTooOften = problem<{ rounds: number }>({
  code: 'dtl-waits-too-often',
  severity: 'error',
  says: (f) => `One entity had to wait for data or asynchronous work ${f.rounds} times in a row.`,
  fix: () => 'Join over an index instead of looking up one entity after the other.',
})

/** More rounds than any chain of look-ups needs. */
const MAX_ROUNDS = 10_000

/** What one evaluation of an entity came to. */
export type EvaluationResult<R> = { readonly result: R } | { readonly problem: Problem }

/**
 * Evaluates `evaluate(item, ctx)` for every item; `at(index)` is called before each (again before a second evaluation).
 * One result per item, in order. Faults become problems of their item; anything else is thrown.
 */
export async function evaluateBatch<T, R>(
  items: readonly T[],
  evaluate: (item: T, ctx: Context) => R,
  context: Context,
  at: (index: number) => void = () => {},
): Promise<EvaluationResult<R>[]> {
  const ctx = new EntityContext(context)
  const results = new Array<EvaluationResult<R>>(items.length)
  const memos = new Map<number, EntityMemo>()
  let spare = newMemo()
  const attempt = (index: number): Promise<unknown> | null => {
    const memo = memos.get(index) ?? spare
    const { exhausted } = context.budget
    if (exhausted !== null) {
      results[index] = { problem: exhausted }
      return null
    }
    ctx.begin(memo, items[index])
    at(index)
    try {
      results[index] = { result: evaluate(items[index] as T, ctx) }
    } catch (error) {
      if (error instanceof Suspended) {
        memos.set(index, memo)
        if (memo === spare) spare = newMemo()
        if (++memo.rounds <= MAX_ROUNDS) return error.until
        results[index] = { problem: waitsTooOften({ rounds: MAX_ROUNDS }) }
      } else if (error instanceof Fault) {
        results[index] = { problem: error.problem }
        context.budget.failed(error.problem)
      } else throw error
    }
    if (memo === spare) resetMemo(memo)
    else memos.delete(index)
    return null
  }
  let waiting: number[] = []
  let waits: Promise<unknown>[] = []
  const retry = (index: number) => {
    const until = attempt(index)
    if (until === null) return
    waiting.push(index)
    waits.push(until)
  }
  for (let index = 0; index < items.length; index++) retry(index)
  while (waiting.length > 0) {
    const [again, until] = [waiting, waits]
    waiting = []
    waits = []
    await Promise.all(until)
    for (const index of again) retry(index)
  }
  ctx.end()
  return results
}

/** What stays the same between the evaluations of one entity. */
interface EntityMemo {
  readonly settled: Map<string, { readonly value: unknown } | { readonly error: unknown }>
  readonly draws: (number | Uint8Array)[]
  now: DateTime | null
  rounds: number
}

function newMemo(): EntityMemo {
  return { settled: new Map(), draws: [], now: null, rounds: 0 }
}

/** Most entities never wait, so one memo serves all of them. */
function resetMemo(memo: EntityMemo): void {
  memo.draws.length = 0
  memo.now = null
  if (memo.settled.size > 0) memo.settled.clear()
}

/** The context of one entity at a time. */
class EntityContext implements Context {
  private memo: EntityMemo = newMemo()
  private drawNumber = 0
  private item: unknown = null
  spent = 0
  allowance = 0
  readonly budget: RunBudget
  readonly pipe: string
  readonly namespaces: Namespaces
  readonly datasets: Datasets

  constructor(private readonly base: Context) {
    this.budget = base.budget
    this.pipe = base.pipe
    this.namespaces = base.namespaces
    this.datasets = base.datasets
  }

  begin(memo: EntityMemo, item: unknown): void {
    this.end()
    this.memo = memo
    this.item = item
    this.drawNumber = 0
    this.allowance = this.budget.begin()
  }
  end(): void {
    if (this.spent > 0) this.budget.took(this.spent)
    this.spent = 0
  }

  get parameters(): Dict {
    return this.base.parameters
  }
  get previous(): Entity | null | undefined {
    return this.base.previous
  }
  get target(): Dict | undefined {
    return this.base.target
  }
  now(): DateTime {
    this.memo.now ??= this.base.now()
    return this.memo.now
  }
  random(): number {
    const drawn = this.memo.draws[this.drawNumber]
    const value = typeof drawn === 'number' ? drawn : this.seededContext().random()
    this.memo.draws[this.drawNumber++] = value
    return value
  }
  randomBytes(length: number): Uint8Array {
    const drawn = this.memo.draws[this.drawNumber]
    const bytes =
      drawn instanceof Uint8Array && drawn.length === length ? drawn : this.seededContext().randomBytes(length)
    this.memo.draws[this.drawNumber++] = bytes
    return bytes.slice()
  }
  /** The source of the next draw: where runs are compared, it depends on pipe, entity and the number of the draw. */
  private seededContext(): Context {
    const { base, item } = this
    if (base.seed) {
      const id = typeof item === 'object' && item !== null && '_id' in item ? String(item._id) : ''
      base.seed(`${base.pipe}\n${id}\n${this.drawNumber}`)
    }
    return base
  }
  secret(name: string): string | null {
    return this.base.secret(name)
  }
  completeness(via: string, dataset: string): DateTime | null {
    return this.base.completeness(via, dataset)
  }
  pause(seconds: number): Promise<void> {
    return this.base.pause(seconds)
  }
  spend(units: number): void {
    this.spent += units
    if (this.spent > this.allowance) throw this.budget.exceeded(this.allowance)
  }
  wait<T>(key: string, work: () => Promise<T>): T {
    const { settled } = this.memo
    const known = settled.get(key)
    if (known !== undefined) {
      if ('error' in known) throw known.error
      return known.value as T
    }
    throw new Suspended(
      work().then(
        (value) => void settled.set(key, { value }),
        (error: unknown) => void settled.set(key, { error }),
      ),
    )
  }
}
