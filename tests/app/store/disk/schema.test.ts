/** The tables of the database of projects: released migrations do not change, and a newer database is not touched. */
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { openDisk } from '../../../../app/store/disk/disk.ts'
import { diskFailureReason } from '../../../../app/store/disk/failure.ts'
import { migrations, ProjectDatabase } from '../../../../app/store/disk/schema.ts'
import { emptyProject } from '../../../../engine-worker/index.ts'

const document = { name: 'One', profile: 'test', content: emptyProject }
const newest = Math.max(...migrations.map(({ version }) => version))
const failureReason = (work: Promise<unknown>) => work.then(() => 'no failure', diskFailureReason)

/** The database of a version of the app before this one, or after it. */
function databaseOf(name: string, version: number): Dexie {
  const database = new Dexie(name)
  for (const step of migrations) if (step.version <= version) database.version(step.version).stores(step.stores)
  if (version > newest) database.version(version).stores({ later: 'id' })
  return database
}

describe('a database of projects', () => {
  it('that a newer version of the app has made is refused, each time, and stays as it is', async () => {
    const name = 'newer from the start'
    const theirs = databaseOf(name, newest + 1)
    await theirs.table('projects').add({ id: 'p', name: 'Theirs', changed: 1, revision: 7 })
    theirs.close()
    const disk = openDisk(name)
    expect(await Promise.all([failureReason(disk.list()), failureReason(disk.load('p'))])).toEqual(['newer', 'newer'])
    expect(await failureReason(disk.create(document, 'empty'))).toBe('newer')
    expect(await failureReason(disk.remove('p'))).toBe('newer')
    const again = databaseOf(name, newest + 1)
    expect(await again.table('projects').toArray()).toEqual([{ id: 'p', name: 'Theirs', changed: 1, revision: 7 }])
    expect(again.verno).toBe(newest + 1)
  })

  it('is refused once another tab with a newer version has taken it over', async () => {
    const name = 'newer meanwhile'
    const disk = openDisk(name)
    const id = await disk.create(document, 'empty')
    const loaded = await disk.load(id)
    if (!loaded) throw new Error('not created')
    disk.adopt(id, loaded)
    const theirs = databaseOf(name, newest + 1)
    await theirs.open()
    expect(await failureReason(disk.save(id, document, { ...document, name: 'Two' }))).toBe('newer')
    expect((await theirs.table('projects').get(id)).name).toBe('One')
  })

  it.each(migrations.map(({ version }) => version))('of version %d is read with all that it holds', async (version) => {
    const name = `version ${version}`
    const old = databaseOf(name, version)
    const row = { id: 'p', name: 'Old', profile: 'test', root: '', created: 1, changed: 2, pipes: 0, systems: 0 }
    await old.table('projects').add({ ...row, origin: 'empty', revision: 3 })
    old.close()
    const disk = openDisk(name)
    expect(await disk.list()).toMatchObject([{ name: 'Old', revision: 3 }])
    expect(await disk.load('p')).toMatchObject({ revision: 3, exportedRevision: null, document: { name: 'Old' } })
    expect(await disk.place('p')).toBeNull()
    expect([await disk.runs('p'), await disk.versions('p'), await disk.permissions('p')]).toEqual([[], [], {}])
  })

  it('has steps whose numbers go up, and no table that an earlier step has made is left out', async () => {
    const versions = migrations.map(({ version }) => version)
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    const database = new ProjectDatabase('all tables')
    await database.open()
    const made = migrations.flatMap(({ stores }) => Object.keys(stores))
    expect(database.tables.map(({ name }) => name).toSorted()).toEqual([...new Set(made)].toSorted())
  })
})
