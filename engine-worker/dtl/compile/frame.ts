/** Making the variables of an evaluation. */
import type { Dict, Value } from '../../entity/value.ts'
import type { Context, Frame, Outcome, Shape } from '../evaluation.ts'

/** Rules without hops share one list of aliases, which nothing writes to. */
const NO_ALIASES: Value[] = []

/**
 * Makes a constructor of empty targets. They are plain dicts (their prototype is that of `{}`), but JavaScript engines
 * learn for each constructor how many properties its objects get and make room for them at once; without it, a target
 * of more than some sixteen computed names becomes a slow hash table.
 */
export function targetMaker(): new () => Dict {
  const makeFrame = function target() {}
  makeFrame.prototype = Object.prototype
  return makeFrame as unknown as new () => Dict
}

class VariableFrame implements Frame {
  P: Frame | null = null
  R: Frame = this
  it: Value = null
  aliases: Value[]
  depth = 0
  shape: Shape | null = null
  constructor(
    public S: Value,
    public T: Dict,
    public out: Outcome,
    public ctx: Context,
    slots: number,
  ) {
    this.aliases = slots === 0 ? NO_ALIASES : slots === 1 ? [null] : new Array<Value>(slots).fill(null)
  }
}

/** A root frame: its own `_R`, without a parent. `slots` is the number of hops aliases of the rule. */
export function rootFrame(source: Value, target: Dict, out: Outcome, ctx: Context, slots: number): Frame {
  return new VariableFrame(source, target, out, ctx, slots)
}

/** The frame of a rule that is applied to a value. */
export function appliedFrame(parent: Frame, source: Value, target: Dict, slots: number): Frame {
  const frame = new VariableFrame(source, target, parent.out, parent.ctx, slots)
  frame.P = parent
  frame.R = parent.R
  frame.depth = parent.depth + 1
  return frame
}

/** The same frame with another `_S`; aliases are its own. */
export function withSource(frame: Frame, source: Value): Frame {
  const other = new VariableFrame(source, frame.T, frame.out, frame.ctx, 0)
  other.P = frame.P
  other.R = frame.R
  other.it = frame.it
  other.depth = frame.depth
  other.aliases = [...frame.aliases]
  return other
}
