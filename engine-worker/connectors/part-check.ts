/**
 * What keeps the parts of a pipe from running as they are written: a choice that does not exist (any other one would be
 * a guess), and merge rules without effect. Validation and runs use the same check.
 */

import { declaredKind } from '../config/model/declared.ts'
import type { KindRole } from '../config/model/define.ts'
import type { EffectivePipe, Part } from '../config/project/effective.ts'
import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem, renameTo } from '../problem.ts'
import { mergeProblems } from './merge-check.ts'
import './kinds.ts'

/** A value that is not one of those a property can have. */
const unknownChoice = problem<{ key: string; value: string; choices: string; suggestion: string }>({
  code: 'unknown-choice',
  severity: 'error',
  says: ({ key, value, choices }) => `${key} cannot be ${value}; it is one of ${choices}.`,
  repair: ({ value, suggestion }) => renameTo(value, suggestion),
})

/** A name of a dataset, pipe or system without a letter. */
export const emptyName = problem<{ key: string; to: string }>({
  code: 'empty-name',
  severity: 'error',
  says: ({ key, to }) => `${key} must name a ${to}, but it is empty.`,
  fix: ({ key, to }) => `Name one, or remove ${key} if no ${to} is meant.`,
})

/** The problem of a value that is none of the choices of a property. */
export function unknownChoiceOf(choices: readonly string[], key: string, value: string, path: JsonPath): Problem {
  const suggestion = nearest(value, choices) ?? ''
  return unknownChoice({ key, value, choices: choices.join(', '), suggestion }, { path })
}

/** The first problem for which a pipe cannot run, or null. */
export function firstWrong(pipe: EffectivePipe): Problem | null {
  const found = [
    ...pipe.problems,
    ...choiceProblems('source', pipe.source),
    ...pipe.transforms.flatMap((part) => choiceProblems('transform', part)),
    ...choiceProblems('sink', pipe.sink),
    ...mergeProblems(pipe),
  ]
  return found.find(({ severity }) => severity === 'error') ?? null
}

function choiceProblems(role: KindRole, { type, config, path }: Part): Problem[] {
  return (declaredKind(role, type)?.fields ?? []).flatMap(({ name: key, type }) => {
    const given = get(config, key) ?? null
    if (type.is !== 'choice' || given === null || (typeof given === 'string' && type.of.includes(given))) return []
    const value = typeof given === 'string' ? given : printJson(given)
    return [unknownChoiceOf(type.of, key, value, [...path, key])]
  })
}
