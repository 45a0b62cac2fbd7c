/** Quick fixes of problems that say which name was meant, each as one step that can be undone. */
import {
  componentById,
  componentValue,
  isObject,
  type Problem,
  putValue,
  repaired,
  repairOf,
} from '../../engine-worker/index.ts'
import { editContent, useProject } from './project/project.ts'

/** The name that {@link applyQuickFix} would put in for a problem; null where there is none. */
export function quickFixName(problem: Problem): string | null {
  const { pipe, system } = problem.where
  return pipe === undefined && system === undefined ? null : (repairOf(problem)?.to ?? null)
}

/** Replaces the wrong name by the one that was meant. */
export function applyQuickFix(problem: Problem, label: string): void {
  const repair = repairOf(problem)
  const { pipe, system } = problem.where
  if (!repair || useProject.getState().readOnly) return
  editContent(label, (content) => {
    const component =
      pipe === undefined ? componentById(content, system ?? '', 'system') : componentById(content, pipe, 'pipe')
    const value = component ? componentValue(component) : null
    const mended = value && repaired(value, repair)
    return component && isObject(mended) && mended !== value ? putValue(content, component.key, mended) : content
  })
}
