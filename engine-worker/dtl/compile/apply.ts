/** Applying a rule to a value: a new target, its own `_S`, and the caller as `_P`. */
import type { Dict, Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import type { Frame } from '../evaluation.ts'
import { appliedFrame } from './frame.ts'
import { chargeReuse } from './size.ts'
import type { Rule } from './unit.ts'

/** Rules may apply themselves; deeper than this no sensible rule goes. */
const MAX_DEPTH = 200

const tooDeepRecursion = problem<{ rule: string; limit: number }>({
  code: 'dtl-recursion-too-deep',
  severity: 'error',
  says: (f) => `The rule “${f.rule}” is applied inside itself more than ${f.limit} times.`,
  fix: () => 'Give the recursion an end: apply the rule only where there is something left to do.',
})

/** The target of a rule applied to a value; null when the value was filtered or discarded. */
export function applyRule(rule: Rule, parent: Frame, source: Value): Dict | null {
  if (parent.depth >= MAX_DEPTH) throw new Fault(tooDeepRecursion({ rule: rule.name, limit: MAX_DEPTH }))
  parent.ctx.spend(1)
  chargeReuse(source, parent.ctx)
  const frame = appliedFrame(parent, source, new rule.Target(), rule.slots)
  return rule.run(frame) ? frame.T : null
}
