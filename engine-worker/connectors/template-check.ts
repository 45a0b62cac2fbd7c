/** Templates in configuration that cannot be read: they are found before a pipe runs. */

import { isObject, type Json } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import type { Problem } from '../problem.ts'
import { templateProblem } from './template.ts'

/** The problems of all templates in a value: its texts, and the keys of its objects. */
export function templateProblems(value: Json, path: JsonPath): Problem[] {
  if (typeof value === 'string') return problemOf(value, path)
  if (Array.isArray(value)) return value.flatMap((item, index) => templateProblems(item, [...path, index]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) => [
    ...problemOf(key, [...path, key]),
    ...templateProblems(item, [...path, key]),
  ])
}

function problemOf(text: string, path: JsonPath): Problem[] {
  // Variables of connectors are replaced before a template is one.
  if (text.includes('{{@')) return []
  const problem = templateProblem(text, { name: path.join('/'), where: { path } })
  return problem === null ? [] : [problem]
}
