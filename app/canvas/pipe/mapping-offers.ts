/** Mappings that the data suggests for the rule on screen, and how they are taken: any number of them as one edit. */
import { useMemo } from 'react'
import {
  addStep,
  combined,
  type FunctionTable,
  isObject,
  type Json,
  type JsonPath,
  readJson,
  type SuggestedMapping,
} from '../../../engine-worker/index.ts'
import { valueAtPath, withValueAt } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { changePipe } from '../../pipe/pipe-changes.ts'
import { stageData, usePreviewStore } from '../../pipe/preview-store.ts'
import { hasRules, type Stage, stagesOf } from '../../pipe/stages.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { type MappingRow, readsOf } from './mapping.ts'

const noMappings: readonly SuggestedMapping[] = []
const noTexts: readonly string[] = []
const noNumbers: readonly number[] = []
/** Milliseconds without an edit before the engine is asked. */
const requestDelay = 250

interface MappedRule {
  readonly stage: Stage | undefined
  readonly rows: readonly MappingRow[]
  readonly steps: readonly Json[]
  readonly functions: FunctionTable
}

/** What is suggested for the default rule of a stage; the last answer stays until the next one is there. */
export function useMappingOffers({ stage, rows, steps, functions }: MappedRule): readonly SuggestedMapping[] {
  const { id, value } = usePipe()
  const version = useEngine((state) => state.version)
  const stages = useMemo(() => stagesOf(value), [value])
  const place = stages.findIndex((each) => each.id === stage?.id)
  const before = stages[Math.max(0, place - 1)]?.id ?? ''
  const sources = usePreviewStore((live) => stageData(live, before)?.entities ?? noTexts)
  const origins = usePreviewStore((live) => stageData(live, before)?.origins ?? noNumbers)
  const stageEntities = usePreviewStore((live) => stageData(live, stage?.id ?? '')?.entities ?? noTexts)
  const madeOf = usePreviewStore((live) => stageData(live, stage?.id ?? '')?.origins ?? noNumbers)
  const request = useMemo(() => {
    const { all, names } = readsOf(steps, functions)
    const results = new Map(madeOf.map((origin, index) => [origin, stageEntities[index] ?? null]))
    return {
      pipe: id,
      entities: sources.map((source, index) => ({ source, made: results.get(origins[index] ?? -1) ?? null })),
      used: [...names],
      written: rows.map(({ target }) => target),
      copiesAll: all || rows.some(({ target }) => target === '*'),
      isLast: stages.findLast(hasRules)?.id === stage?.id,
    }
  }, [id, sources, origins, stageEntities, madeOf, rows, steps, functions, stages, stage?.id])
  const hasSources = stage !== undefined && sources.length > 0
  const key = useMemo(() => (hasSources ? JSON.stringify([request, version]) : null), [hasSources, request, version])
  const { value: found } = useQuery(key, () => ask('suggestedMappings', request), {
    delay: requestDelay,
    about: `${id} ${stage?.id}`,
  })
  return found ?? noMappings
}

/** Takes suggestions in one edit: new properties behind the last step, gaps filled where the value stands. */
export function takeMappings(
  pipe: string,
  rules: JsonPath,
  rows: readonly MappingRow[],
  taken: readonly SuggestedMapping[],
  label: string,
): void {
  changePipe(pipe, label, (config) => {
    let next: Json = config
    for (const { does, target, expression } of taken) {
      const value = readJson(expression)
      const row = does === 'fill' ? rows.findLast((each) => each.target === target) : undefined
      if (row !== undefined && !row.byName) {
        next = withValueAt(next, row.fromPath, combined('otherwise', valueAtPath(next, row.fromPath) ?? null, value))
        continue
      }
      const steps = valueAtPath(next, rules)
      const filled = row === undefined ? value : combined('otherwise', row.from, value)
      next = withValueAt(next, rules, [...(Array.isArray(steps) ? steps : []), addStep(target, filled)])
    }
    return isObject(next) ? next : config
  })
}
