/** What stands at a place below a DTL stage: a step, or an expression inside one. */
import {
  childrenOf,
  type ExpressionNode,
  type FunctionTable,
  type Json,
  type JsonPath,
  parseRules,
} from '../../engine-worker/index.ts'
import { valueAtPath } from './json-edits.ts'

/** Whether a place of the pipe holds a step: an item of a rule, or of a branch of a step. */
export function isStepPlace(pipe: Json, path: JsonPath, functions: FunctionTable): boolean {
  return stepAt(pipe, path, functions)?.length === path.length
}

/** The innermost step that a place belongs to; null above the rules. */
export function stepAt(pipe: Json, path: JsonPath, functions: FunctionTable): JsonPath | null {
  const rules = path.indexOf('rules')
  if (rules < 0 || path.length < rules + 3) return null
  const [name = ''] = path.slice(rules + 1)
  const place = path.slice(0, rules + 1)
  const written = valueAtPath(pipe, [...place, name]) ?? null
  const steps = parseRules({ [name]: written }, place, functions).get(String(name))?.steps.steps ?? []
  return innermost(steps, path)?.at ?? path.slice(0, rules + 3)
}

function innermost(steps: readonly ExpressionNode[], path: JsonPath): ExpressionNode | null {
  const step = steps.find(
    (each) => each.at.length <= path.length && each.at.every((part, index) => part === path[index]),
  )
  if (step === undefined) return null
  for (const branch of childrenOf(step)) {
    const inside = branch.is === 'steps' ? innermost(branch.steps, path) : null
    if (inside !== null) return inside
  }
  return step
}
