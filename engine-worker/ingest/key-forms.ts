/**
 * Ways to compare keys: as they are, or with capitals, spaces or punctuation ignored. The functions that write texts alike
 * declare them (`folds`).
 */
import { evaluateBatch } from '../dtl/batch.ts'
import { compileAlone } from '../dtl/compile/compile.ts'
import { makeContext } from '../dtl/context.ts'
import { functions } from '../dtl/registry.ts'
import { fillConversion } from '../dtl/syntax.ts'
import type { Json } from '../entity/value.ts'
import type { Environment } from '../environment.ts'

/** Templates from the plainest; "_." is the value itself. */
export const keyForms: readonly Json[] = ['_.', ...functions.flatMap(({ folds = [] }) => folds)]

/** What a form makes of texts, in order; empty where it makes nothing. */
export async function foldTexts(
  form: Json,
  texts: readonly string[],
  environment: Environment,
): Promise<readonly string[]> {
  if (form === '_.') return texts
  const { expression } = compileAlone(fillConversion(form, '_S.value'))
  const context = makeContext({ environment })
  const results = await evaluateBatch(texts, (value, ctx) => expression.evaluate({ value }, ctx), context)
  return results.map((found) => ('result' in found && typeof found.result === 'string' ? found.result : ''))
}
