/** The database of projects: a change by another tab is detected, and never overwritten without a question. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { type Disk, openDisk } from '../../../../app/store/disk/disk.ts'
import { diskFailureReason } from '../../../../app/store/disk/failure.ts'
import type { Document } from '../../../../app/store/project/project.ts'
import { projectOf } from '../../../../engine-worker/index.ts'

let databases = 0

/** Two tabs on one database. */
function twoTabs(): [Disk, Disk] {
  const name = `disk ${++databases}`
  return [openDisk(name), openDisk(name)]
}

function document(name: string): Document {
  const files = [{ path: 'pipes/a.conf.json', content: '{"_id": "a", "type": "pipe"}' }]
  return { name, profile: 'test', content: projectOf(files).value }
}

async function loadedIn(disk: Disk, id: string): Promise<Document> {
  const loaded = await disk.load(id)
  if (!loaded) throw new Error('no such project')
  disk.adopt(id, loaded)
  return loaded.document
}

describe('the database of projects', () => {
  it('tells whether disk holds what this tab knows', async () => {
    const [mine, other] = twoTabs()
    const id = await mine.create(document('One'), 'test')
    const known = await loadedIn(mine, id)
    expect(await mine.compare(id)).toBe('same')
    const theirs = await loadedIn(other, id)
    await other.save(id, theirs, { ...theirs, name: 'Two' })
    expect(await mine.compare(id)).toBe('changed')
    expect(await mine.save(id, known, { ...known, name: 'Three' }).catch(diskFailureReason)).toBe('conflict')
    await loadedIn(mine, id)
    expect(await mine.compare(id)).toBe('same')
    await other.remove(id)
    expect(await mine.compare(id)).toBe('deleted')
    expect(await mine.save(id, known, { ...known, name: 'Four' }).catch(diskFailureReason)).toBe('deleted')
  })

  it('does not take a look at a project for knowing it', async () => {
    const [mine, other] = twoTabs()
    const id = await mine.create(document('One'), 'test')
    const known = await loadedIn(mine, id)
    const theirs = await loadedIn(other, id)
    await other.save(id, theirs, { ...theirs, name: 'Two' })
    expect((await mine.load(id))?.document.name).toBe('Two')
    expect(await mine.save(id, known, { ...known, name: 'Three' }).catch(diskFailureReason)).toBe('conflict')
  })

  it('keeps decisions about servers until the project goes', async () => {
    const [disk] = twoTabs()
    const id = await disk.create(document('One'), 'import')
    expect(await disk.permissions(id)).toEqual({})
    await disk.setPermissions(id, { 'a.example.org': 'allowed' })
    expect(await disk.permissions(id)).toEqual({ 'a.example.org': 'allowed' })
    await disk.remove(id)
    expect(await disk.permissions(id)).toEqual({})
  })
})
