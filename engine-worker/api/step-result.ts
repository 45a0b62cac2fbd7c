/** What an expression gives for one entity. */
import { evaluateBatch } from '../dtl/batch.ts'
import { compileAlone } from '../dtl/compile/compile.ts'
import { makeContext } from '../dtl/context.ts'
import type { Dict, Json, Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'

/** The value of an expression over a source and a target; null where it fails. */
export async function resultOf(dtl: Json, source: Dict, target: Dict, environment: Environment): Promise<Value> {
  const { expression } = compileAlone(dtl)
  const context = makeContext({ environment })
  const [found] = await evaluateBatch([source], (entity, ctx) => expression.evaluate(entity, ctx, target), context)
  return found && 'result' in found ? found.result : null
}
