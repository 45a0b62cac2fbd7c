/** Solving problems by the change that they offer, as one step that can be undone. */
import {
  componentById,
  componentValue,
  type Problem,
  type Project,
  putValue,
  type Repair,
  withRepairMade,
} from '../../engine-worker/index.ts'
import { editContent, useProject } from './project/project.ts'

/** The change that a problem of a pipe or a system offers; null for all others. */
export function quickFixOf({ where, repair }: Problem): Repair | null {
  return where.pipe === undefined && where.system === undefined ? null : (repair ?? null)
}

/** Makes the changes that the problems offer; those that have nothing to change any more are passed over. */
export function applyQuickFixes(problems: readonly Problem[], label: string): void {
  if (useProject.getState().readOnly) return
  editContent(label, (content) => problems.reduce(withQuickFix, content))
}

function withQuickFix(content: Project, problem: Problem): Project {
  const { pipe, system } = problem.where
  const component =
    pipe === undefined ? componentById(content, system ?? '', 'system') : componentById(content, pipe, 'pipe')
  const value = component ? componentValue(component) : null
  const changed = value && quickFixOf(problem) ? withRepairMade(value, problem) : null
  return component && changed && changed !== value ? putValue(content, component.key, changed) : content
}
