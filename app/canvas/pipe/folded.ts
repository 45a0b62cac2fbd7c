/** Which stages are folded to one line: as a person chose, otherwise long ones in pipes that would not be seen whole. */
import { isObject, type JsonPath } from '../../../engine-worker/index.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { hasRules, isMerge, type Stage, stagesOf } from '../../pipe/stages.ts'
import { isChosenStage } from './stage-look.ts'

/** The number of steps that are open at first; later stages open when they are chosen. */
const maxOpenSteps = 24

/** Whether a stage is folded; null where there is nothing to fold. */
export function useFolded(stage: Stage): boolean | null {
  const { value } = usePipe()
  const chosen = usePipeView(({ selected }) => isChosenStage(stage, selected))
  const own = usePipeView(({ folds }) => folds[stage.id])
  if (stage.implied || (!hasRules(stage) && !isMerge(stage))) return null
  if (own !== undefined) return own && !chosen
  let until = 0
  for (const each of stagesOf(value)) {
    until += stepsOf(each)
    if (each.id === stage.id) break
  }
  // The first stage with steps is open however long it is.
  return !chosen && until > maxOpenSteps && until > stepsOf(stage)
}

function stepsOf({ config }: Stage): number {
  const rules = valueAtPath(config, ['rules'])
  const main = isObject(rules) ? valueAtPath(rules, ['default']) : null
  return Array.isArray(main) ? main.length : 0
}

/** Folds all stages but the chosen one; opens them all where all are folded. */
export function foldAll(stages: readonly Stage[], selected: JsonPath | null): void {
  const { folds } = usePipeView.getState()
  const others = stages.filter((stage) => !isChosenStage(stage, selected))
  const fold = !others.every(({ id }) => folds[id])
  usePipeView.setState({ folds: Object.fromEntries(stages.map(({ id }) => [id, fold])) })
}
