/** The context of evaluations that depend on values alone: constant calls while compiling, and keys of join indexes. */
import type { DateTime, Dict, Entity } from '../../entity/value.ts'
import { RunBudget } from '../budget.ts'
import type { Context, Datasets, Namespaces } from '../evaluation.ts'

/** Thrown when a call turns out to depend on the pipe, the clock or other data, or does too much to do it in advance. */
export class NotConstant extends Error {}

/** Work that one evaluation may do. */
const BUDGET = 100_000

/** A context that knows the namespaces and nothing else. */
export class ConstantContext implements Context {
  private left = BUDGET
  readonly allowance = BUDGET
  readonly budget = new RunBudget()
  constructor(readonly namespaces: Namespaces) {}

  /** A fresh budget, for the next evaluation. */
  begin(): void {
    this.left = BUDGET
  }
  get spent(): number {
    return BUDGET - this.left
  }
  spend(units: number): void {
    this.left -= units
    if (this.left < 0) depends()
  }
  get pipe(): string {
    return depends()
  }
  get parameters(): Dict {
    return depends()
  }
  get previous(): Entity | null | undefined {
    return depends()
  }
  get datasets(): Datasets {
    return depends()
  }
  now(): DateTime {
    return depends()
  }
  random(): number {
    return depends()
  }
  randomBytes(): Uint8Array {
    return depends()
  }
  secret(): string | null {
    return depends()
  }
  completeness(): DateTime | null {
    return depends()
  }
  wait<T>(): T {
    return depends()
  }
  pause(): Promise<void> {
    return depends()
  }
}

function depends(): never {
  throw new NotConstant('not constant')
}
