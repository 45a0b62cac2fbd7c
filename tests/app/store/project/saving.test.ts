/** Saving the open project: what is on disk afterwards, and what counts as unsaved when saving fails. */
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { disk, openDisk } from '../../../../app/store/disk/disk.ts'
import { edit, showProject, undo, useProject } from '../../../../app/store/project/project.ts'
import { hasUnsavedWork, saveProject, useSaving } from '../../../../app/store/project/saving.ts'
import { emptyProject } from '../../../../engine-worker/index.ts'

let id = ''

beforeEach(async () => {
  id = await disk.create({ name: 'First', profile: 'test', content: emptyProject }, 'empty')
  const loaded = await disk.load(id)
  if (!loaded) throw new Error('not created')
  disk.adopt(id, loaded)
  useSaving.setState({ state: 'saved' })
  showProject(id, loaded.document, loaded.baseline, false)
})

const renameProject = (name: string) => edit('rename', (document) => ({ ...document, name }))

describe('saving', () => {
  it('writes what is on screen, and then nothing is unsaved', async () => {
    renameProject('Second')
    expect(hasUnsavedWork()).toBe(true)
    await saveProject()
    expect(hasUnsavedWork()).toBe(false)
    expect(useSaving.getState().state).toBe('saved')
    expect((await disk.load(id))?.document.name).toBe('Second')
  })

  it('leaves what another tab wrote, and says so', async () => {
    const other = openDisk()
    const theirs = await other.load(id)
    if (!theirs) throw new Error('not there')
    other.adopt(id, theirs)
    await other.save(id, theirs.document, { ...theirs.document, name: 'Theirs' })
    renameProject('Mine')
    await saveProject()
    expect(useSaving.getState().state).toBe('conflict')
    expect(hasUnsavedWork()).toBe(true)
    expect((await disk.load(id))?.document.name).toBe('Theirs')
  })

  it('does not revive a project that was deleted: nothing of it counts as saved, and nothing can be changed', async () => {
    await openDisk().remove(id)
    renameProject('Survivor')
    await saveProject()
    expect(useSaving.getState().state).toBe('deleted')
    expect(useProject.getState().readOnly).toBe(true)
    undo()
    expect(hasUnsavedWork()).toBe(true)
    expect(await disk.load(id)).toBeNull()
  })

  it('has nothing to write when an edit is undone', async () => {
    renameProject('Second')
    undo()
    await saveProject()
    expect(useSaving.getState().state).toBe('saved')
    expect(hasUnsavedWork()).toBe(false)
  })
})
