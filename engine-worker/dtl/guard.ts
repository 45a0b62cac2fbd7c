/**
 * The edge of evaluation: outside of it only Faults (with the entity) and Suspended are seen. JavaScript itself refuses
 * work that is too much (a stack too deep, a string or a number too large); that is the rule's doing, not a bug of ours.
 */
import { Fault, locate, problem, type Where } from '../problem.ts'
import type { Frame } from './define.ts'

export const tooMuch = problem<{ reason: string }>({
  code: 'dtl-too-much',
  severity: 'error',
  says: (f) => `The evaluation needs more than there is: ${f.reason}.`,
  fix: () => 'Look for a recursion without end, or for values that grow with every step.',
})

/** Runs an evaluation and puts the address on its problems. */
export function guarded<R>(evaluate: (frame: Frame) => R, where: (frame: Frame) => Where): (frame: Frame) => R {
  return (frame) => {
    try {
      return evaluate(frame)
    } catch (error) {
      if (error instanceof Fault) throw new Fault(locate(error.problem, where(frame)))
      if (error instanceof RangeError) throw new Fault(tooMuch({ reason: error.message }, where(frame)))
      throw error
    }
  }
}
