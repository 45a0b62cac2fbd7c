/** What is wrong with a model, in the model's own words, each at its place in the file. */
import { loadProject } from '../config/project/project.ts'
import { checkProject } from '../connectors/check.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { Fault, locate, type Problem, problem } from '../problem.ts'
import type { GeneratedComponent } from './generate/composite.ts'
import { conditionToDtl, expressionToDtl } from './generate/expressions.ts'
import { contributors } from './generate/global.ts'
import { generate, testProfile } from './generate/pipes.ts'
import { isRead, planOf, watchesGone } from './generate/plan.ts'
import type { Model, ModelExpression, ModelMapping, PropertyMapping } from './model.ts'
import { modelPlace, problemsInModel } from './origin.ts'
import { checkConceptNames, checkEmptyNames, checkMappingNames } from './validate-names.ts'
import { checkSettings } from './validate-settings.ts'
import { checkTests } from './validate-tests.ts'

const sameId = problem<{ id: string }>({
  code: 'model-pipe-twice',
  severity: 'error',
  says: ({ id }) => `Two parts of the model would both make ${id}: their names differ only in special characters.`,
  fix: () => 'Rename one of them.',
})
const parentCycle = problem<{ path: string }>({
  code: 'model-parent-cycle',
  severity: 'error',
  says: ({ path }) => `Mappings are inside each other in a circle: ${path}.`,
  fix: () => 'Let one of them read a datatype of its own.',
})
const keyCycle = problem<{ path: string }>({
  code: 'model-reference-cycle',
  severity: 'error',
  says: ({ path }) =>
    `What makes records the same depends on itself: the keys of concepts refer to each other in a circle, ${path}.`,
  fix: () => 'Take one of these references out of the key.',
})
const referencesInCircle = problem<{ path: string }>({
  code: 'model-references-in-circle',
  severity: 'hint',
  says: ({ path }) =>
    `Concepts refer to each other in a circle: ${path}. A new record gets such a reference only after the other one exists.`,
})
const noKey = problem<{ concept: string; count: number }>({
  code: 'model-concept-without-key',
  severity: 'warning',
  says: ({ concept, count }) =>
    `The concept ${concept} has ${count} mappings and no key, so that no two of their records are ever the same.`,
  fix: () => 'Say in keys which properties make two records the same, or link them by a table.',
})
const equalRank = problem<{ property: string; one: string; other: string; rank: number }>({
  code: 'model-equal-rank',
  severity: 'warning',
  says: ({ property, one, other, rank }) =>
    `${one} and ${other} are both master of ${property} with the rank ${rank}; the first of them wins.`,
  fix: () => 'Give them different priorities.',
})
const noSource = problem<{ concept: string; property: string }>({
  code: 'model-property-without-source',
  severity: 'warning',
  says: ({ concept, property }) => `No mapping fills ${property} of ${concept}, so that it is always empty.`,
  fix: () => 'Map a property of a datatype to it, or remove it.',
})
const noTime = problem<{ concept: string; property: string }>({
  code: 'model-latest-without-time',
  severity: 'warning',
  says: ({ concept, property }) =>
    `The latest value of ${property} of ${concept} should win, but no mapping says when it was changed.`,
  fix: () => 'Say in modified which property holds the time.',
})
const sinceWithoutTime = problem<{ mapping: string }>({
  code: 'model-since-without-time',
  severity: 'warning',
  says: ({ mapping }) =>
    `The mapping ${mapping} is for records since a date, but no mapping of its concept says when a record was changed.`,
  fix: () => 'Say in modified which property holds the time.',
})
const goneUnseen = problem<{ mapping: string; datatype: string }>({
  code: 'model-gone-unseen',
  severity: 'warning',
  says: ({ mapping, datatype }) =>
    `The mapping ${mapping} says what a missing record means, but only changes of ${datatype} are read, so that a missing record is not noticed.`,
  fix: () => 'Read it in full, name the property that marks deletions, or a table of members.',
})
const notInData = problem<{ mapping: string; property: string; datatype: string }>({
  code: 'model-property-not-in-data',
  severity: 'warning',
  says: ({ mapping, property, datatype }) =>
    `No record of ${datatype} has ${property}, which the mapping ${mapping} reads.`,
  fix: () => 'Correct the name, or remove it.',
})

type Report = (found: Problem, path: JsonPath) => void

/** The problems of a model; `file` is its name in them. Without errors, pipes can be generated. */
export function modelProblems(model: Model, file: string): Problem[] {
  const problems: Problem[] = []
  const report: Report = (found, path) => problems.push(locate({ ...found, where: { path } }, { file }))
  checkEmptyNames(model, report)
  checkConceptNames(model, report)
  checkMappingNames(model, report)
  checkCycles(model, report)
  if (problems.some(({ severity }) => severity === 'error')) return problems
  checkRanks(model, report)
  checkSettings(model, report)
  checkTests(model, report)
  checkExpressions(model, report)
  if (problems.some(({ severity }) => severity === 'error')) return problems
  const visitedConcepts = new Set<string>()
  const generated = generate(model)
  for (const { id, config } of generated) {
    if (visitedConcepts.has(id)) report(sameId({ id }), modelPlace(model, config) ?? [])
    visitedConcepts.add(id)
  }
  checkData(model, report)
  return problems.some(({ severity }) => severity === 'error')
    ? problems
    : [...problems, ...pipeProblems(model, generated, file)]
}

/** What is wrong with the pipes that a model makes, at the place in the model that made it so. */
function pipeProblems(model: Model, generated: readonly GeneratedComponent[], file: string): Problem[] {
  const files = Object.fromEntries(generated.map((each) => [each.file, printJson(each.config)]))
  const project = loadProject({ ...files, ...testProfile })
  const found = [...project.problems, ...checkProject(project)].filter(({ severity }) => severity !== 'hint')
  const seen = new Set<string>()
  // One part of the model can be in several pipes.
  return problemsInModel(model, generated, found, file).filter(({ code, message, where: { path = [] } }) => {
    const text = printJson([code, message, ...path])
    return !isBesideModel(code, path) && !seen.has(text) && seen.add(text)
  })
}

/** Whether a problem is none of the model: a pipe that is not generated fills the dataset that a datatype reads. */
function isBesideModel(code: string, path: JsonPath): boolean {
  return (code === 'unknown-dataset' && path[4] === 'source') || path.includes('model_part')
}

function checkCycles({ mappings, concepts }: Model, report: Report): void {
  const parents = new Map(mappings.map(({ name, parent }) => [name, parent === undefined ? [] : [parent]]))
  for (const cycle of circles(parents)) {
    const index = mappings.findIndex(({ name }) => name === cycle[0])
    report(parentCycle({ path: cycle.join(' → ') }), ['mappings', index, 'parent'])
  }
  const refers = (onlyKeys: boolean): Map<string, string[]> =>
    new Map(
      Object.entries(concepts).map(([name, { keys = [], properties }]) => {
        const all = Object.entries(properties).filter(
          ([property]) => !onlyKeys || keys.some((key) => key.includes(property)),
        )
        return [name, [...new Set(all.flatMap(([, { references }]) => (references === undefined ? [] : [references])))]]
      }),
    )
  const inKeys = circles(refers(true))
  for (const cycle of inKeys) report(keyCycle({ path: cycle.join(' → ') }), ['concepts', cycle[0] ?? ''])
  const reported = new Set(inKeys.map((cycle) => [...cycle].sort().join()))
  for (const cycle of circles(refers(false)))
    if (cycle.length > 2 && !reported.has([...cycle].sort().join()))
      report(referencesInCircle({ path: cycle.join(' → ') }), ['concepts', cycle[0] ?? ''])
}

/** The circles of a graph, each once, as the names on it with the first one again at the end. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const start of graph.keys()) {
    if (state.has(start)) continue
    const path: { name: string; next: number }[] = [{ name: start, next: 0 }]
    state.set(start, 'open')
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = graph.get(top.name)?.[top.next++]
      if (to === undefined) {
        state.set(top.name, 'done')
        path.pop()
      } else if (state.get(to) === 'open') {
        const names = path.map(({ name }) => name)
        found.push([...names.slice(names.indexOf(to)), to])
      } else if (!state.has(to)) {
        state.set(to, 'open')
        path.push({ name: to, next: 0 })
      }
    }
  }
  return found
}

function checkRanks(model: Model, report: Report): void {
  for (const [name, concept] of planOf(model).concepts) {
    const at = ['concepts', name]
    const roots = concept.mappings.filter(({ mapping }) => mapping.properties.some(isRead))
    const linked = concept.mappings.some(({ mapping: { links, cluster, members } }) => links ?? cluster ?? members)
    if (roots.length > 1 && (concept.concept.keys ?? []).length === 0 && !linked)
      report(noKey({ concept: name, count: roots.length }), at)
    for (const planned of concept.mappings) {
      const { mapping, rank, datatype } = planned
      const key = mapping.gone === undefined ? 'absent' : 'gone'
      const seen = !watchesGone(planned) || mapping.members !== undefined || !isIncremental(datatype.source)
      if (!seen) report(goneUnseen({ mapping: mapping.name, datatype: mapping.datatype }), ['mappings', rank, key])
    }
    for (const { mapping, rank } of concept.mappings)
      if (mapping.share?.since !== undefined && concept.mappings.every((each) => each.mapping.modified === undefined))
        report(sinceWithoutTime({ mapping: mapping.name }), ['mappings', rank, 'share', 'since'])
    for (const [property, declared] of Object.entries(concept.concept.properties)) {
      const path = [...at, 'properties', property]
      const from = contributors(concept, property)
      const filled = from.length > 0 || declared.default !== undefined || declared.default_expression !== undefined
      if (!filled && declared.rule !== 'expression') report(noSource({ concept: name, property }), path)
      const mapped = from.map(({ mapping }) => ({
        mapping,
        each: mapping.properties.find(({ to }) => to === property),
      }))
      const timed = mapped.some(({ mapping, each }) => each?.modified ?? mapping.modified ?? mapping.written_times)
      if (declared.rule === 'latest' && from.length > 1 && !timed) report(noTime({ concept: name, property }), path)
      if (declared.rule !== 'priority') continue
      const ranked = mapped.flatMap(({ mapping, each }) => {
        const rank = each?.priority ?? mapping.priority
        return rank === undefined ? [] : [{ name: mapping.name, rank }]
      })
      for (const [index, { name: other, rank }] of ranked.entries()) {
        const one = ranked.slice(0, index).find((each) => each.rank === rank)
        if (one !== undefined) report(equalRank({ property, one: one.name, other, rank }), path)
      }
    }
  }
}

/** Whether a source gives only what has changed. */
function isIncremental(source: Json | undefined): boolean {
  if (!isObject(source)) return false
  const column = get(source, 'updated_column') ?? get(source, 'updated_expression')
  return get(source, 'supports_since') === true || column !== undefined
}

/** Translates each expression, so that what cannot be said is found at its place. */
function checkExpressions({ concepts, mappings }: Model, report: Report): void {
  const anything = {
    column: (): Json => '_S.value',
    parameter: '_S.value',
    records: { list: '_S.rows', column: (): Json => '_.value' },
    others: (): Json => '_S.rows',
  }
  const check = (expression: ModelExpression | undefined, condition: boolean, path: JsonPath): void => {
    if (expression === undefined) return
    try {
      if (condition) conditionToDtl(expression, anything)
      else expressionToDtl(expression, anything)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      report(error.problem, path)
    }
  }
  for (const [name, { properties }] of Object.entries(concepts))
    for (const [property, declared] of Object.entries(properties))
      for (const key of ['expression', 'default_expression'] as const)
        check(declared[key], false, ['concepts', name, 'properties', property, key])
  for (const [index, mapping] of mappings.entries()) {
    for (const key of ['filter', 'share_filter'] as const) check(mapping[key], true, ['mappings', index, key])
    for (const [place, each] of mapping.properties.entries())
      for (const key of ['in', 'out', 'compare'] as const)
        check(each[key], false, ['mappings', index, 'properties', place, key])
  }
}

/** Properties that no record of the tests has, where there are records of the datatype. */
function checkData(model: Model, report: Report): void {
  const records = new Map<string, Set<string>>()
  for (const { input } of model.tests ?? [])
    for (const [name, rows] of Object.entries(input)) {
      const columns = records.get(name) ?? new Set()
      for (const row of rows)
        if (row !== null && typeof row === 'object') for (const column of Object.keys(row)) columns.add(column)
      if (rows.length > 0) records.set(name, columns)
    }
  for (const [index, mapping] of model.mappings.entries()) {
    const datatype = `${mapping.system}.${mapping.datatype}`
    const columns = records.get(datatype)
    if (columns === undefined || mapping.parent !== undefined) continue
    for (const [place, each] of mapping.properties.entries()) {
      const property = readColumn(mapping, each)
      if (property !== undefined && !columns.has(property))
        report(notInData({ mapping: mapping.name, property, datatype }), ['mappings', index, 'properties', place])
    }
  }
}

function readColumn(mapping: ModelMapping, each: PropertyMapping): string | undefined {
  if (!isRead(each) || each.in !== undefined || Object.hasOwn(mapping.lift ?? {}, each.from ?? '')) return undefined
  return each.from ?? (typeof each.path?.[0] === 'string' ? each.path[0] : undefined)
}
