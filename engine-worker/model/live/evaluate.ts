/** Expressions of a model over the records of a datatype, in slices, so that other work has its turn. */
import { evaluateBatch } from '../../dtl/batch.ts'
import { compileAlone } from '../../dtl/compile/compile.ts'
import { makeContext } from '../../dtl/context.ts'
import type { Entity, Json, Value } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { turn } from '../../run/turn.ts'
import { call } from '../calls.ts'
import type { DirectExpressions } from '../generate/enrich.ts'
import type { PlannedMapping } from '../generate/plan.ts'

const SLICE_RECORDS = 5000

/** The values of expressions for each record that passes the filter; of a record whose expressions fail, nothing. */
export async function evaluateRecords(
  { slug }: PlannedMapping,
  { filter }: DirectExpressions,
  entities: readonly Entity[],
  expressions: readonly Json[],
  environment: Environment,
  each: (entity: Entity, values: readonly Value[]) => void,
): Promise<void> {
  const namespaces = { enabled: true, identity: slug, property: slug, expansions: new Map<string, string>() }
  const wanted = filter === null ? true : call.if(filter, true, false)
  const compiled = [wanted, ...expressions].map((dtl) => compileAlone(dtl, { namespaces }).expression)
  const context = makeContext({ environment, namespaces })
  for (let from = 0; from < entities.length; from += SLICE_RECORDS) {
    const part = entities.slice(from, from + SLICE_RECORDS)
    const results = await evaluateBatch(
      part,
      (entity, ctx) => compiled.map((one) => one.evaluate(entity, ctx)),
      context,
    )
    for (const [index, result] of results.entries()) {
      const entity = part[index]
      if (entity === undefined || !('result' in result)) continue
      const [passes, ...values] = result.result
      if (passes === true) each(entity, values)
    }
    await turn()
  }
}

/** The texts of one expression. */
export interface ExpressionTexts {
  readonly texts: (string | null)[]
  /** Whether it, or the filter, fails for a record. */
  hasFailed: boolean
}

/** The texts of expressions for the records that pass the filter, by expression; null where one fails or gives no text. */
export async function recordTexts(
  { slug }: PlannedMapping,
  { filter }: DirectExpressions,
  entities: readonly Entity[],
  expressions: readonly Json[],
  environment: Environment,
): Promise<readonly ExpressionTexts[]> {
  const namespaces = { enabled: true, identity: slug, property: slug, expansions: new Map<string, string>() }
  const context = makeContext({ environment, namespaces })
  const found = expressions.map((): ExpressionTexts => ({ texts: [], hasFailed: false }))
  const filterExpression =
    filter === null ? null : compileAlone(call.if(filter, true, false), { namespaces }).expression
  const compiled = expressions.map((dtl) => compileAlone(dtl, { namespaces }).expression)
  for (let from = 0; from < entities.length; from += SLICE_RECORDS) {
    let part = entities.slice(from, from + SLICE_RECORDS)
    if (filterExpression !== null) {
      const passes = await evaluateBatch(part, (entity, ctx) => filterExpression.evaluate(entity, ctx), context)
      if (passes.some((passed) => !('result' in passed))) for (const each of found) each.hasFailed = true
      part = part.filter((_, at) => {
        const passed = passes[at]
        return passed !== undefined && 'result' in passed && passed.result === true
      })
    }
    for (const [place, expression] of compiled.entries()) {
      const results = await evaluateBatch(part, (entity, ctx) => expression.evaluate(entity, ctx), context)
      const column = found[place]
      for (const result of results) {
        column?.texts.push('result' in result && typeof result.result === 'string' ? result.result : null)
        if (column && !('result' in result)) column.hasFailed = true
      }
    }
    await turn()
  }
  return found
}
