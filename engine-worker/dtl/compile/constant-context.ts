/** The context of evaluations that depend on values alone: constant calls while compiling, and keys of join indexes. */
import type { DateTime, Dict, Entity } from '../../entity/value.ts'
import { RunBudget } from '../budget.ts'
import type { Context, Datasets, Namespaces } from '../evaluation.ts'

/** Thrown when a call turns out to depend on the pipe, the clock or other data, or does too much to do it in advance. */
export class NotConstant extends Error {}

/** Work that one evaluation may do. */
const STEP_BUDGET = 100_000

/** A context that knows the namespaces and nothing else. */
export class ConstantContext implements Context {
  private remainingSteps = STEP_BUDGET
  readonly allowance = STEP_BUDGET
  readonly budget = new RunBudget()
  constructor(readonly namespaces: Namespaces) {}

  /** A fresh budget, for the next evaluation. */
  begin(): void {
    this.remainingSteps = STEP_BUDGET
  }
  get spent(): number {
    return STEP_BUDGET - this.remainingSteps
  }
  spend(units: number): void {
    this.remainingSteps -= units
    if (this.remainingSteps < 0) notConstant()
  }
  get pipe(): string {
    return notConstant()
  }
  get parameters(): Dict {
    return notConstant()
  }
  get previous(): Entity | null | undefined {
    return notConstant()
  }
  get datasets(): Datasets {
    return notConstant()
  }
  now(): DateTime {
    return notConstant()
  }
  random(): number {
    return notConstant()
  }
  randomBytes(): Uint8Array {
    return notConstant()
  }
  secret(): string | null {
    return notConstant()
  }
  completeness(): DateTime | null {
    return notConstant()
  }
  wait<T>(): T {
    return notConstant()
  }
  pause(): Promise<void> {
    return notConstant()
  }
}

function notConstant(): never {
  throw new NotConstant('not constant')
}
