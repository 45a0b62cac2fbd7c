/** Short names of systems, and texts of values, for the model's cards and tables. */
import {
  expressionTokens,
  type Json,
  type Model,
  type ModelExpression,
  type PropertyMapping,
  readJson,
  sentenceText,
  type Vocabulary,
} from '../../../engine-worker/index.ts'
import { humanText } from '../../data/readable-values.ts'

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
export function mappedFrom({ from, path, element, in: expression }: PropertyMapping, words: Vocabulary): string {
  const text = expression === undefined ? null : expressionText(expression, words)
  return text ?? from ?? path?.map(String).join('.') ?? (element === true ? '·' : '')
}

/** The SQL of an expression that is SQL; null for DTL. */
export function sqlOf(expression: ModelExpression): string | null {
  const isSql = typeof expression === 'object' && expression !== null && 'sql' in expression
  return isSql && typeof expression.sql === 'string' ? expression.sql : null
}

/** An expression as a sentence; SQL as it is written. */
function expressionText(expression: ModelExpression, words: Vocabulary): string {
  // What is not SQL is DTL, which is JSON.
  return sqlOf(expression) ?? sentenceText(expressionTokens(expression as Json, words))
}

/** The system of a mapping; its own name where the system is not declared. */
export function mappingSystem({ mappings }: Model, name: string): string {
  return mappings.find((mapping) => mapping.name === name)?.system ?? name
}
