/** What the preview says of the stages of a pipe in numbers: how many come in and go out, and how many match. */
import {
  argumentOf,
  type ExpressionNode,
  type FunctionTable,
  isObject,
  type Preview,
  parseRules,
  type StagePreview,
  visit,
} from '../../../engine-worker/index.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { hasRules, isMerge, type Stage } from '../../pipe/stages.ts'

/** How many of the entities that leave a stage were merged of several, or have what a join brings. */
interface MatchRate {
  readonly of: 'merge' | 'join'
  /** The property that a join fills; empty for a merge. */
  readonly property: string
  readonly some: number
  readonly all: number
}

interface StageFigures {
  /** Entities that come in; null for a source, and where nothing is known. */
  readonly before: number | null
  /** Entities that go out; null where nothing is known. */
  readonly after: number | null
  readonly filtered: number
  readonly failed: number
  readonly rate: MatchRate | null
}

/** The figures of a stage, of the entities in the preview. */
export function stageFigures(
  stage: Stage,
  before: string | null,
  preview: Preview | null,
  functions: FunctionTable,
): StageFigures {
  const data = preview?.stages.find((each) => each.stage === stage.id)
  const from = before === null ? undefined : preview?.stages.find((each) => each.stage === before)
  return {
    before: from?.total ?? null,
    after: data?.total ?? null,
    filtered: data?.filtered ?? 0,
    failed: data?.failed ?? 0,
    rate: data === undefined || data.entities.length === 0 ? null : rateOf(stage, data, functions),
  }
}

function rateOf(stage: Stage, data: StagePreview, functions: FunctionTable): MatchRate | null {
  const all = data.entities.length
  if (isMerge(stage)) return { of: 'merge', property: '', all, some: countOf(data, '$ids', 2) }
  const [property] = joinedProperties(stage, functions)
  return property === undefined ? null : { of: 'join', property, all, some: countOf(data, property, 1) }
}

/** The properties that steps of a stage fill from other datasets. */
function joinedProperties(stage: Stage, functions: FunctionTable): readonly string[] {
  const rules = valueAtPath(stage.config, ['rules'])
  if (!hasRules(stage) || !isObject(rules)) return []
  const steps = parseRules(rules, ['rules'], functions).get('default')?.steps.steps ?? []
  return steps.flatMap((step) => {
    const property = joinedBy(step)
    return property === null ? [] : [property]
  })
}

function joinedBy(step: ExpressionNode): string | null {
  const effect = step.is === 'call' ? step.declared?.writes : undefined
  if (step.is !== 'call' || effect?.is !== 'sets') return null
  let joins = false
  visit(step, (node) => {
    joins ||= node.is === 'hops'
    return !joins
  })
  const property = argumentOf(step, effect.property)?.json
  return joins && typeof property === 'string' ? property : null
}

/** Entities of a stage parsed once for each answer: strips and cards ask again with every key. */
const parsedEntities = new WeakMap<readonly string[], readonly unknown[]>()

function countOf({ entities }: StagePreview, property: string, least: number): number {
  const rows = parsedEntities.get(entities) ?? entities.map((text): unknown => JSON.parse(text))
  parsedEntities.set(entities, rows)
  return rows.filter((row) => {
    if (typeof row !== 'object' || row === null || !Object.hasOwn(row, property)) return false
    const value: unknown = Reflect.get(row, property)
    if (Array.isArray(value)) return value.length >= least
    return least === 1 && value !== null && value !== ''
  }).length
}
