/** Making the variables of an evaluation. */
import type { Dict, Value } from '../entity/value.ts'
import type { Context, Frame, Outcome } from './define.ts'

/** A root frame: its own `_R`, without a parent. */
export function rootFrame(source: Value, target: Dict, out: Outcome, ctx: Context): Frame {
  const frame = { S: source, T: target, P: null, it: null, aliases: [], depth: 0, out, ctx } as unknown as Frame
  frame.R = frame
  return frame
}

/** The frame of a rule that is applied to a value. */
export function appliedFrame(parent: Frame, source: Value): Frame {
  return {
    S: source,
    T: {},
    P: parent,
    R: parent.R,
    it: null,
    aliases: [],
    depth: parent.depth + 1,
    out: parent.out,
    ctx: parent.ctx,
  }
}
