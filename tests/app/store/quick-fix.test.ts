/** Quick fixes: each is one step that can be undone, and does nothing where the project is read-only. */
import { beforeEach, describe, expect, it } from 'vitest'
import { showProject, undo, useProject } from '../../../app/store/project/project.ts'
import { applyQuickFixes, quickFixOf } from '../../../app/store/quick-fix.ts'
import {
  addComponent,
  componentById,
  componentValue,
  emptyProject,
  type Problem,
} from '../../../engine-worker/index.ts'

const content = ['p', 'q'].reduce(
  (all, id) => addComponent(all, { _id: id, type: 'pipe', source: { type: 'dataset', datset: 'people' } }).project,
  emptyProject,
)
const problem = (pipe: string): Problem => ({
  code: 'unknown-property',
  severity: 'warning',
  where: { pipe, path: ['source', 'datset'] },
  facts: {},
  message: '',
  repair: { change: 'rename', from: 'datset', to: 'dataset' },
})
const sourceOf = (pipe: string) => {
  const component = componentById(useProject.getState().document.content, pipe, 'pipe')
  return component ? componentValue(component).source : null
}
const document = { name: 'Project', profile: 'test', content }

beforeEach(() => showProject('id', document, content, false))

describe('quick fixes', () => {
  it('of several pipes are one step of history', () => {
    applyQuickFixes([problem('p'), problem('q')], 'fix')
    for (const pipe of ['p', 'q']) expect(sourceOf(pipe)).toEqual({ type: 'dataset', dataset: 'people' })
    undo()
    for (const pipe of ['p', 'q']) expect(sourceOf(pipe)).toEqual({ type: 'dataset', datset: 'people' })
  })

  it('that have nothing to change any more change nothing', () => {
    applyQuickFixes([problem('p')], 'fix')
    const { past } = useProject.getState()
    applyQuickFixes([problem('p'), problem('gone')], 'fix')
    expect(useProject.getState().past).toBe(past)
  })

  it('are not made in a project that is read only, nor offered without a place', () => {
    showProject('id', document, content, true)
    applyQuickFixes([problem('p')], 'fix')
    expect(sourceOf('p')).toEqual({ type: 'dataset', datset: 'people' })
    expect(quickFixOf({ ...problem('p'), where: {} })).toBeNull()
    expect(quickFixOf(problem('p'))).toEqual(problem('p').repair)
  })
})
