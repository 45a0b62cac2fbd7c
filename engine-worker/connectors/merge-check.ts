/**
 * What is wrong with the rules of a merge source: each side of an equality must be an expression over exactly one of
 * its datasets, by alias, and the two sides of an eq over two. Rules that break this merge too little or too much in
 * silence, so that the pipe does not run with them; configuration-sources-merge.rst.
 */

import { declaredKind } from '../config/model/declared.ts'
import { numberSetting } from '../config/model/setting.ts'
import type { EffectivePipe } from '../config/project/effective.ts'
import { datasetName } from '../config/project/facts.ts'
import { compileAlone } from '../dtl/compile/compile.ts'
import { nearest } from '../dtl/nearest.ts'
import { isLiteral, sidesOfEquality } from '../dtl/syntax.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { locate, type Problem, type ProblemKind, problem, type Repair, renameTo } from '../problem.ts'

const datasetTwice = problem<{ name: string }>({
  code: 'merge-named-twice',
  severity: 'warning',
  says: ({ name }) => `The dataset ${name} is named twice; Sesam allows each only once.`,
  fix: () => 'Remove the repetition, or let another pipe make a dataset of its own.',
})
const aliasTwice = problem<{ name: string }>({
  code: 'merge-alias-twice',
  severity: 'error',
  says: ({ name }) => `Two datasets have the short name ${name}, so that rules cannot tell them apart.`,
  fix: () => 'Give each its own, as in "crm-person cp".',
})
const notEquality = problem<Record<string, never>>({
  code: 'merge-not-an-equality',
  severity: 'error',
  says: () => 'equality of a merge source is a list of rules ["eq", …, …]; this is something else.',
  fix: () => 'Write one ["eq", "a.property", "b.property"] for each pair.',
})
const notASet = problem<Record<string, never>>({
  code: 'merge-not-a-set',
  severity: 'error',
  says: () => 'equality_sets of a merge source is a list of lists of expressions; this is something else.',
  fix: () => 'Write [["a.property", "b.property"]]: one list for each set of expressions that must be equal.',
})
const oneDataset = problem<{ alias: string }>({
  code: 'merge-equality-within-dataset',
  severity: 'error',
  says: ({ alias }) => `Both sides read ${alias}; an equality is between two datasets.`,
  fix: () => 'Let one side read another dataset.',
})
const newestVersion: Repair = { change: 'set', value: 2 }
const unknownVersion = problem<{ version: string }>({
  code: 'merge-unknown-version',
  severity: 'error',
  says: ({ version }) => `There is no version ${version} of the merge source.`,
  fix: () => 'Use 2.',
  repair: () => newestVersion,
})
const oldVersion = problem<Record<string, never>>({
  code: 'merge-old-version',
  severity: 'hint',
  says: () =>
    'Version 1 of the merge source, which is used when no version is set, is deprecated and does not support max_merged.',
  fix: () => 'Set version to 2.',
  repair: () => newestVersion,
})
const noAlias = problem<{ side: string; aliases: string; path: string; suggestion: string }>({
  code: 'merge-side-without-dataset',
  severity: 'error',
  says: ({ side, aliases }) => `${side} reads none of the datasets (${aliases}), so it compares nothing.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Write alias.property.' : `Did you mean ${suggestion}?`),
  repair: ({ path, suggestion }) => renameTo(path, suggestion),
})
const severalAliases = problem<{ side: string; aliases: string }>({
  code: 'merge-side-with-several-datasets',
  severity: 'error',
  says: ({ side, aliases }) => `${side} reads several datasets at once (${aliases}); each side may read one.`,
})
const noRules = problem<Record<string, never>>({
  code: 'merge-without-rules',
  severity: 'hint',
  says: () => 'Without equality rules nothing is merged: every entity stays on its own.',
  fix: () => 'Write in equality_sets which entities describe the same thing.',
})

/** The problems of a pipe's merge source; none for other sources. */
export function mergeProblems({ source, namespaces }: EffectivePipe): Problem[] {
  if (declaredKind('source', source.type)?.readsDatasets !== 'merge') return []
  const { config, path } = source
  const written = get(config, 'datasets')
  const references = (Array.isArray(written) ? written : []).filter((name) => typeof name === 'string')
  const aliases = references.map(aliasOf)
  const problems: Problem[] = [
    ...repeatedNames(references.map(datasetName), [...path, 'datasets'], datasetTwice),
    ...repeatedNames(aliases, [...path, 'datasets'], aliasTwice),
    ...versionProblems(config, path),
  ]
  const sides = sidesOf(config, aliases, path, problems)
  if (sides.length === 0 && aliases.length > 1) problems.push(noRules({}, { path }))
  for (const side of sides) {
    const found = sideProblem(side.expression, aliases)
    if (found) problems.push(locate(found, { path: side.path }))
    const { problems: compiled } = compileAlone(side.expression, { namespaces, at: side.path, aliases })
    problems.push(...compiled)
  }
  return problems
}

/** The version that counts; 1 where none is named, as documented. */
export function mergeVersion(config: JsonObject): number {
  return numberSetting(config, 'version') ?? (get(config, 'version') === undefined ? 1 : Number.NaN)
}

function versionProblems(config: JsonObject, path: JsonPath): Problem[] {
  const version = mergeVersion(config)
  const where = { path: [...path, 'version'] }
  if (version === 1) return [oldVersion({}, where)]
  return version === 2 ? [] : [unknownVersion({ version: printJson(get(config, 'version') ?? null) }, where)]
}

function aliasOf(reference: string): string {
  const [dataset = '', alias] = reference.trim().split(/\s+/)
  return alias ?? dataset
}

function repeatedNames(names: readonly string[], path: JsonPath, kind: ProblemKind<{ name: string }>): Problem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [kind({ name }, { path: [...path, index] })] : [],
  )
}

interface EqualitySide {
  readonly expression: Json
  readonly path: JsonPath
}

function sidesOf(config: JsonObject, aliases: readonly string[], path: JsonPath, problems: Problem[]): EqualitySide[] {
  const sides: EqualitySide[] = []
  for (const { json, path: place } of itemsOf(config, 'equality', path)) {
    const equal = sidesOfEquality(json)
    if (equal === null) {
      problems.push(notEquality({}, { path: place }))
      continue
    }
    const [left, right] = equal
    const [alias] = aliasesIn(left, aliases)
    if (alias !== undefined && aliasesIn(right, aliases).join() === alias) {
      problems.push(oneDataset({ alias }, { path: place }))
    }
    sides.push({ expression: left, path: [...place, 1] }, { expression: right, path: [...place, 2] })
  }
  for (const { json, path: place } of itemsOf(config, 'equality_sets', path)) {
    if (Array.isArray(json) && !isCall(json))
      sides.push(...json.map((expression, at) => ({ expression, path: [...place, at] })))
    else problems.push(notASet({}, { path: place }))
  }
  return sides
}

/** The items of a list; any other value counts as one item, which is then reported. */
function itemsOf(config: JsonObject, key: string, path: JsonPath): { json: Json; path: JsonPath }[] {
  const json = get(config, key) ?? null
  if (json === null) return []
  if (!Array.isArray(json)) return [{ json, path: [...path, key] }]
  return json.map((item, at) => ({ json: item, path: [...path, key, at] }))
}

/** A set written as one expression: `["eq", "a.x", "b.x"]` is a rule of the other property. */
function isCall([head]: readonly Json[]): boolean {
  return typeof head === 'string' && !head.includes('.')
}

function sideProblem(expression: Json, aliases: readonly string[]): Problem | null {
  const used = aliasesIn(expression, aliases)
  const side = printJson(expression)
  if (used.length > 1) return severalAliases({ side, aliases: used.join(', ') })
  if (used.length === 1) return null
  const [first = ''] = pathsIn(expression)
  const close = first === '' ? null : nearest(first.slice(0, first.indexOf('.')), aliases)
  const suggestion = close === null ? '' : `${close}${first.slice(first.indexOf('.'))}`
  return noAlias({ side, aliases: aliases.join(', '), path: first, suggestion })
}

function aliasesIn(expression: Json, aliases: readonly string[]): string[] {
  const heads = pathsIn(expression).map((path) => path.slice(0, path.indexOf('.')))
  return [...new Set(heads)].filter((head) => aliases.includes(head))
}

function pathsIn(expression: Json): string[] {
  const paths: string[] = []
  collectPaths(expression, paths)
  return paths
}

/** Texts that look like paths, outside of literals. */
function collectPaths(json: Json, into: string[]): void {
  if (typeof json === 'string') {
    if (/^[^\s.]+\../.test(json)) into.push(json)
  } else if (Array.isArray(json)) {
    if (isLiteral(json)) return
    for (const item of json.slice(1)) collectPaths(item, into)
  } else if (isObject(json)) for (const item of Object.values(json)) collectPaths(item, into)
}
