/**
 * What is wrong with the rules of a merge source: each side of an equality must be an expression over exactly one of
 * its datasets, by alias; configuration-sources-merge.rst.
 */
import { compileAlone } from '../dtl/compile.ts'
import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json } from '../entity/value.ts'
import { locate, type Problem, problem } from '../problem.ts'
import type { EffectivePipe } from './effective.ts'
import { datasetName } from './facts.ts'
import type { Path } from './variables.ts'

const twice = problem<{ what: string; name: string }>({
  code: 'merge-named-twice',
  severity: 'warning',
  says: ({ what, name }) => `The ${what} ${name} is named twice; each may occur once only.`,
})
const notEquality = problem<Record<string, never>>({
  code: 'merge-not-an-equality',
  severity: 'warning',
  says: () => 'An equality of a merge source must be ["eq", …, …]; this rule does nothing.',
})
const noAlias = problem<{ side: string; aliases: string; suggestion: string }>({
  code: 'merge-side-without-dataset',
  severity: 'warning',
  says: ({ side, aliases }) => `${side} reads none of the datasets (${aliases}), so it makes nothing equal.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Write alias.property.' : `Did you mean ${suggestion}?`),
})
const severalAliases = problem<{ side: string; aliases: string }>({
  code: 'merge-side-with-several-datasets',
  severity: 'warning',
  says: ({ side, aliases }) => `${side} reads several datasets at once (${aliases}); each side may read one.`,
})
const noRules = problem<Record<string, never>>({
  code: 'merge-without-rules',
  severity: 'hint',
  says: () => 'Without equality rules nothing is merged: every entity stays on its own.',
  fix: () => 'Say in equality_sets what makes two entities the same.',
})

/** The problems of a pipe's merge source; none for other sources. */
export function mergeProblems({ source, namespaces }: EffectivePipe): Problem[] {
  if (source.type !== 'merge') return []
  const { config, path } = source
  const written = get(config, 'datasets')
  const references = (Array.isArray(written) ? written : []).filter((name) => typeof name === 'string')
  const aliases = references.map(aliasOf)
  const problems: Problem[] = [
    ...repeated('dataset', references.map(datasetName), [...path, 'datasets']),
    ...repeated('alias', aliases, [...path, 'datasets']),
  ]
  const sides = sidesOf(config, path, problems)
  if (sides.length === 0 && aliases.length > 1) problems.push(noRules({}, { path }))
  for (const side of sides) {
    const found = sideProblem(side.expression, aliases)
    if (found) problems.push(locate(found, { path: side.path }))
    const { problems: compiled } = compileAlone(side.expression, { namespaces, at: side.path, aliases })
    problems.push(...compiled)
  }
  return problems
}

function aliasOf(reference: string): string {
  const [dataset = '', alias] = reference.trim().split(/\s+/)
  return alias ?? dataset
}

function repeated(what: string, names: readonly string[], path: Path): Problem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [twice({ what, name }, { path: [...path, index] })] : [],
  )
}

interface Side {
  readonly expression: Json
  readonly path: Path
}

function sidesOf(config: EffectivePipe['config'], path: Path, problems: Problem[]): Side[] {
  const sides: Side[] = []
  const equality = get(config, 'equality')
  for (const [at, rule] of (Array.isArray(equality) ? equality : []).entries()) {
    const place = [...path, 'equality', at]
    if (!Array.isArray(rule) || rule[0] !== 'eq' || rule.length !== 3) problems.push(notEquality({}, { path: place }))
    else
      for (const [index, expression] of rule.entries())
        if (index > 0) sides.push({ expression, path: [...place, index] })
  }
  const sets = get(config, 'equality_sets')
  for (const [at, set] of (Array.isArray(sets) ? sets : []).entries()) {
    for (const [index, expression] of (Array.isArray(set) ? set : []).entries()) {
      sides.push({ expression, path: [...path, 'equality_sets', at, index] })
    }
  }
  return sides
}

function sideProblem(expression: Json, aliases: readonly string[]): Problem | null {
  const paths: string[] = []
  collectPaths(expression, paths)
  const used = [
    ...new Set(paths.map((path) => path.slice(0, path.indexOf('.'))).filter((name) => aliases.includes(name))),
  ]
  const side = printJson(expression)
  if (used.length > 1) return severalAliases({ side, aliases: used.join(', ') })
  if (used.length === 1) return null
  const [first = ''] = paths
  const close = first === '' ? null : nearest(first.slice(0, first.indexOf('.')), aliases)
  const suggestion = close === null ? '' : `${close}${first.slice(first.indexOf('.'))}`
  return noAlias({ side, aliases: aliases.join(', '), suggestion })
}

/** Texts that look like paths, outside of literals. */
function collectPaths(json: Json, into: string[]): void {
  if (typeof json === 'string') {
    if (/^[^\s.]+\../.test(json)) into.push(json)
  } else if (Array.isArray(json)) {
    if (json[0] === 'literal') return
    for (const item of json.slice(1)) collectPaths(item, into)
  } else if (isObject(json)) for (const item of Object.values(json)) collectPaths(item, into)
}
