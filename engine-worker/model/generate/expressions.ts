/** Expressions of a model as DTL: they are DTL themselves, or SQL that is translated. */
import { isLiteral } from '../../dtl/syntax.ts'
import { parsePath } from '../../dtl/tree/path.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { ModelExpression, Property } from '../model.ts'
import { type SqlScope, sqlToCondition, sqlToDtl } from '../sql/translate.ts'

/** Whether an expression is SQL. */
function isSql(expression: ModelExpression): expression is { readonly sql: string } {
  return isObject(expression as Json) && 'sql' in (expression as JsonObject)
}

/** Whether a property needs other concepts, so that it is worked out after the global pipe. */
export function isEvaluatedLate({ expression }: Property): boolean {
  return expression !== undefined && isSql(expression) && /\bselect\b/i.test(expression.sql)
}

/** An expression as DTL. */
export function expressionToDtl(expression: ModelExpression, scope: SqlScope): Json {
  return isSql(expression) ? sqlToDtl(expression.sql, scope) : expressionInScope(expression, scope)
}

/** A condition as DTL. */
export function conditionToDtl(expression: ModelExpression, scope: SqlScope): Json {
  return isSql(expression) ? sqlToCondition(expression.sql, scope) : expressionInScope(expression, scope)
}

/** DTL with each property that it names (`_S.name`) read where that property is. */
function expressionInScope(dtl: Json, scope: SqlScope): Json {
  if (Array.isArray(dtl)) return isLiteral(dtl) ? dtl : dtl.map((part) => expressionInScope(part, scope))
  if (typeof dtl !== 'string' || !dtl.startsWith('_S.')) return dtl
  const path = parsePath(dtl)
  if (path === null || path === 'malformed' || path.segments.length !== 1) return dtl
  const [name = ''] = path.segments
  return name === '' ? dtl : (scope.column(name, null) ?? dtl)
}
