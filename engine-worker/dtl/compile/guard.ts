/**
 * The edge of evaluation: outside of it only Faults (with place and entity) and Suspended are seen. JavaScript itself
 * refuses too much work (a stack too deep, a text too long); the rule caused that, so it is a problem and not a bug.
 *
 * Rules are compiled without places, because noting them costs time for every call of every entity. When a problem
 * comes up, the entity is evaluated once more with a variant that knows its places.
 */
import { Fault, locate, type Problem, problem, type Where } from '../../problem.ts'
import { type Context, Suspended } from '../evaluation.ts'

export const tooMuch = problem<{ reason: string }>({
  code: 'dtl-too-much',
  severity: 'error',
  says: (f) => `The evaluation needs too much: ${f.reason}.`,
  fix: () => 'Look for a recursion without end, or for values that grow with every step.',
})

/** The problem in what was thrown, or null for a wait or a bug of this program. */
export function problemIn(error: unknown): Problem | null {
  if (error instanceof Fault) return error.problem
  return error instanceof RangeError ? tooMuch({ reason: error.message }) : null
}

/**
 * What to throw for something that an evaluation threw: a problem gets its place from `again`, which evaluates the same
 * with places, and the rest of its address from `where`. Anything else stays as it is.
 */
export function faultWithPlace(error: unknown, again: () => unknown, where: Where): unknown {
  const found = problemIn(error)
  if (found === null) return error
  const placed = found.where.path === undefined ? problemWithLocation(again) : null
  return new Fault(locate(placed?.code === found.code ? placed : found, where))
}

function problemWithLocation(again: () => unknown): Problem | null {
  try {
    again()
  } catch (error) {
    if (error instanceof Suspended) return null
    return problemIn(error)
  }
  return null
}

/** The same context with a whole budget again. */
export function withFreshBudget(ctx: Context): Context {
  let spent = 0
  const spend = (units: number) => {
    spent += units
    // What used up the budget before uses it up again here, unless less of it was left to begin with.
    if (spent > ctx.allowance) ctx.spend(units)
  }
  return Object.create(ctx, { spend: { value: spend } }) as Context
}
