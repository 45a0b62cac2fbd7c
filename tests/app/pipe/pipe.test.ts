/** Edits of the open pipe: each is one step of history, and the edited part stays selected. */
import { beforeEach, describe, expect, it } from 'vitest'
import { insertAt, moveAt, removeAt, setAt, setText } from '../../../app/pipe/pipe-changes.ts'
import { choosePlace, shownAt, showPipe, usePipeView } from '../../../app/pipe/pipe-view.ts'
import { showProject, undo, useProject } from '../../../app/store/project/project.ts'
import { addComponent, componentById, componentValue, emptyProject } from '../../../engine-worker/index.ts'

const rules = ['transform', 'rules', 'default']
const steps = [
  ['copy', '*'],
  ['add', 'a', 1],
  ['add', 'b', 2],
]

beforeEach(() => {
  const pipe = { _id: 'p', type: 'pipe', transform: { type: 'dtl', rules: { default: steps } } }
  const content = addComponent(emptyProject, pipe).project
  showProject('id', { name: 'Project', profile: 'test', content }, content, false)
  showPipe('p')
  choosePlace(null)
})

function value() {
  const component = componentById(useProject.getState().document.content, 'p', 'pipe')
  if (!component) throw new Error('no pipe')
  return componentValue(component)
}

const writtenSteps = () => Reflect.get(Reflect.get(Object(value().transform), 'rules'), 'default')

describe('an edit of the open pipe', () => {
  it('puts a value in and can be undone', () => {
    setAt('p', [...rules, 1, 2], 5, 'change')
    expect(writtenSteps()).toEqual([steps[0], ['add', 'a', 5], steps[2]])
    undo()
    expect(writtenSteps()).toEqual(steps)
  })

  it('chooses what was inserted, moved, and what follows what was removed', () => {
    insertAt('p', [...rules, 1], ['remove', 'x'], 'insert')
    expect(usePipeView.getState().selected).toEqual([...rules, 1])
    moveAt('p', [...rules, 1], [...rules, 4], 'move')
    expect(writtenSteps().at(-1)).toEqual(['remove', 'x'])
    expect(usePipeView.getState().selected).toEqual([...rules, 3])
    removeAt('p', [...rules, 3], 'remove')
    expect(usePipeView.getState().selected).toEqual([...rules, 2])
    removeAt('p', [...rules, 0], 'remove')
    expect(usePipeView.getState().selected).toEqual([...rules, 0])
  })

  it('takes a text that is a pipe, and says why it does not take another', () => {
    expect(setText('p', '{"_id": "p", "type": "pipe", "comment": "typed"}', 'type')).toBeNull()
    expect(value().comment).toBe('typed')
    expect(setText('p', '{"_id": "p", "type":', 'type')).not.toBeNull()
    expect(setText('p', '{"_id": "q", "type": "pipe"}', 'type')).toContain('q')
    expect(setText('p', '{"type": "pipe"}', 'type')).toContain('_id')
    expect(value().comment).toBe('typed')
  })
})

describe('the chosen place', () => {
  it('is forgotten with another pipe, and stays with the same', () => {
    choosePlace(rules)
    showPipe('p')
    expect(usePipeView.getState().selected).toEqual(rules)
    showPipe('q')
    expect(usePipeView.getState().selected).toBeNull()
  })

  it('of a part of a join or of a source is the whole of it', () => {
    expect(shownAt(['source', 'datasets', 1])).toEqual(['source'])
    expect(shownAt([...rules, 1, 2, 'where', 0])).toEqual([...rules, 1])
    expect(shownAt([...rules, 1, 2])).toEqual([...rules, 1, 2])
  })
})
