/** Short names of systems, and texts of values, for the model's cards and tables. */
import { type Model, type ModelExpression, type PropertyMapping, readJson } from '../../../engine-worker/index.ts'
import { humanText } from '../../data/human.ts'

/** One or two letters that stand for a system. */
export function monogram(system: string): string {
  const words = system.split(/[-_\s]+/).filter(Boolean)
  const [first = '', second = ''] = words
  return (second === '' ? first.slice(0, 2) : `${first[0] ?? ''}${second[0] ?? ''}`).toUpperCase()
}

/** A transit text as a person writes the value. */
export function shownValue(text: string | undefined, language: string): string {
  return text === undefined ? '' : humanText(readJson(text), language)
}

/** Where a mapping takes a property from, in short. */
export function mappedFrom({ from, path, element, in: expression }: PropertyMapping): string {
  const text = expression === undefined ? null : expressionText(expression)
  return text ?? from ?? path?.map(String).join('.') ?? (element === true ? '·' : '')
}

/** The SQL of an expression that is SQL; null for DTL. */
export function sqlOf(expression: ModelExpression): string | null {
  const isSql = typeof expression === 'object' && expression !== null && 'sql' in expression
  return isSql && typeof expression.sql === 'string' ? expression.sql : null
}

function expressionText(expression: ModelExpression): string {
  return sqlOf(expression) ?? JSON.stringify(expression)
}

/** The system of a mapping; its own name where there is none such. */
export function mappingSystem({ mappings }: Model, name: string): string {
  return mappings.find((mapping) => mapping.name === name)?.system ?? name
}
