/** Evaluating one expression in tests: values in, value out. */

import { compileAlone } from '../../../../engine-worker/dtl/compile/compile.ts'
import { makeContext } from '../../../../engine-worker/dtl/context.ts'
import type { Namespaces } from '../../../../engine-worker/dtl/evaluation.ts'
import { put } from '../../../../engine-worker/entity/dict.ts'
import type { Dict, Json, Value } from '../../../../engine-worker/entity/value.ts'
import { Fault } from '../../../../engine-worker/problem.ts'

export interface Around {
  readonly namespaces?: Namespaces
  readonly pipe?: string
  readonly budget?: number
}

/** The value of an expression; `source` gives the properties of `_S` as values, not as transit text. */
export function evaluate(dtl: Json, source: { readonly [name: string]: Value } = {}, around: Around = {}): Value {
  const { expression, problems } = compileAlone(dtl, around)
  const first = problems.find(({ severity }) => severity === 'error')
  if (first !== undefined) throw new Fault(first)
  const entity: Dict = {}
  for (const [name, value] of Object.entries(source)) put(entity, name, value)
  return expression.evaluate(entity, makeContext({ environment, ...around }))
}

const environment = { now: () => 0n, random: () => 0.5, randomBytes: (length: number) => new Uint8Array(length) }

/** The code of the problem that an expression ends in, or null when it has a value. */
export function problemOf(
  dtl: Json,
  source: { readonly [name: string]: Value } = {},
  around: Around = {},
): string | null {
  try {
    evaluate(dtl, source, around)
    return null
  } catch (error) {
    if (error instanceof Fault) return error.problem.code
    throw error
  }
}
