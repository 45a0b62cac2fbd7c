/** Edits, undo and redo of the open project. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  edit,
  editComponent,
  endEditGroup,
  redo,
  showProject,
  undo,
  useProject,
} from '../../../../app/store/project/project.ts'
import { filesOf, projectOf } from '../../../../engine-worker/index.ts'

const key = 'pipes/a.conf.json'
const text = '{"_id": "a", "type": "pipe", "x": 1.0, "source": {"type": "embedded", "entities": []}}'

function openProject(readOnly = false): void {
  const content = projectOf([{ path: key, content: text }]).value
  showProject('p', { name: 'Project', profile: 'test', content }, content, readOnly)
}

const fileText = () =>
  filesOf(useProject.getState().document.content)
    .map(({ content }) => content)
    .join('')

describe('the open project', () => {
  beforeEach(() => openProject())

  it('is changed by edits, and undo gives back the very same value', () => {
    const before = useProject.getState().document
    editComponent(key, 'rename', (config) => {
      config.name = 'A'
      return undefined
    })
    expect(fileText()).toContain('"name": "A"')
    expect(fileText()).toContain('"x": 1.0')
    undo()
    expect(useProject.getState().document).toBe(before)
    expect(fileText()).toBe(text)
    redo()
    expect(fileText()).toContain('"name": "A"')
  })

  it('keeps no step for an edit that changes nothing', () => {
    edit('nothing', (document) => document)
    editComponent(key, 'nothing', () => undefined)
    editComponent('no such file', 'nothing', () => undefined)
    expect(useProject.getState().past).toEqual([])
  })

  it('undoes a gesture as one step, and a new gesture of the same name as another', () => {
    for (const name of ['a', 'ab', 'abc']) edit('rename', (document) => ({ ...document, name }), 'name')
    expect(useProject.getState().past).toHaveLength(1)
    endEditGroup()
    edit('rename', (document) => ({ ...document, name: 'x' }), 'name')
    expect(useProject.getState().past).toHaveLength(2)
    undo()
    expect(useProject.getState().document.name).toBe('abc')
    undo()
    expect(useProject.getState().document.name).toBe('Project')
  })

  it('changes nothing while another tab works on it', () => {
    openProject(true)
    edit('rename', (document) => ({ ...document, name: 'x' }))
    expect(useProject.getState().document.name).toBe('Project')
    undo()
    redo()
    expect(useProject.getState().past).toEqual([])
  })

  it('comes to the same values by undo and redo, whatever was done', () => {
    const step = fc.oneof(
      fc.string().map((name) => ({ do: 'edit' as const, name })),
      fc.constant({ do: 'undo' as const, name: '' }),
      fc.constant({ do: 'redo' as const, name: '' }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        openProject()
        let values = [useProject.getState().document.name]
        let at = 0
        for (const { do: what, name } of steps) {
          if (what === 'undo') {
            undo()
            at = Math.max(0, at - 1)
          } else if (what === 'redo') {
            redo()
            at = Math.min(values.length - 1, at + 1)
          } else if (name !== values[at]) {
            edit('rename', (document) => ({ ...document, name }))
            values = [...values.slice(0, at + 1), name]
            at += 1
          }
          expect(useProject.getState().document.name).toBe(values[at])
        }
      }),
    )
  })
})
