/** Which steps of the project's rules its tests reach, by the entities that flow while they run. */

import type { OpenPipe } from '../connectors/open.ts'
import { CoverageRecorder } from '../dtl/compile/coverage.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json } from '../entity/value.ts'
import { type Problem, problem } from '../problem.ts'

const stepMissed = problem<{ step: string }>({
  code: 'step-not-reached',
  severity: 'hint',
  says: ({ step }) => `No entity of the tests reaches ${step}.`,
  fix: () => 'Add an entity to the test data that gets there, or remove what is not needed.',
})
const ruleMissed = problem<{ rule: string }>({
  code: 'rule-not-reached',
  severity: 'hint',
  says: ({ rule }) => `No entity of the tests reaches the rule “${rule}”.`,
  fix: () => 'Add an entity to the test data that gets there, or remove what is not needed.',
})

/** How much of the rules was reached. */
export interface CoverageReport {
  readonly steps: number
  readonly reached: number
  /** Rules and steps that were not. */
  readonly missed: readonly Problem[]
}

/** Collects what pipes report while tests run. */
export class CoverageOfPipes {
  private readonly pipes = new Map<string, CoverageRecorder>()

  /** The coverage recorder for the rules of a pipe. */
  readonly of = (pipe: string): CoverageRecorder => {
    const known = this.pipes.get(pipe) ?? new CoverageRecorder()
    this.pipes.set(pipe, known)
    return known
  }

  /** What came of it. */
  covered(pipes: readonly OpenPipe[]): CoverageReport {
    let [steps, reached] = [0, 0]
    const missed: Problem[] = []
    for (const { effective } of pipes) {
      const counts = this.of(effective.id).counts()
      steps += counts.steps
      reached += counts.reached
      missed.push(...missedSteps(effective.id, effective.original, this.of(effective.id).missed()))
    }
    return { steps, reached, missed }
  }
}

/** A rule none of whose steps is reached is said once. */
function missedSteps(pipe: string, config: Json, places: readonly (readonly (string | number)[])[]): Problem[] {
  const found = new Map<string, Problem>()
  for (const path of places) {
    const rules = path.indexOf('rules')
    const place = path.slice(0, rules + 2)
    const steps = valueAt(config, place)
    const own = places.filter((other) => place.every((part, index) => part === other[index]))
    const whole =
      Array.isArray(steps) && own.filter(({ length }) => length <= place.length + 1).length === stepsIn(steps)
    const at = whole ? place : path
    const missed = whole
      ? ruleMissed({ rule: String(place.at(-1)) }, { pipe, path: at })
      : stepMissed({ step: shortText(valueAt(config, path)) }, { pipe, path: at })
    found.set(at.join('/'), missed)
  }
  return [...found.values()]
}

function stepsIn(rule: readonly Json[]): number {
  return typeof rule[0] === 'string' ? 1 : rule.length
}

function valueAt(json: Json, path: readonly (string | number)[]): Json {
  return path.reduce<Json>((value, part) => {
    if (Array.isArray(value)) return typeof part === 'number' ? (value[part] ?? null) : null
    return isObject(value) ? (get(value, String(part)) ?? null) : null
  }, json)
}

function shortText(step: Json): string {
  const text = printJson(step)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
