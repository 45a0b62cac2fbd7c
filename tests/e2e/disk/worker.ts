/** Drives the database of projects in a worker of its own: what the page's store does, without the page. */
import { Dexie } from 'dexie'
import { openDisk } from '../../../app/store/disk/disk.ts'
import { DiskError } from '../../../app/store/disk/failure.ts'
import { migrations } from '../../../app/store/disk/schema.ts'
import { projectOf } from '../../../engine-worker/index.ts'

const document = (name: string) => ({
  name,
  profile: 'test',
  content: projectOf([
    { path: 'pipes/a.conf.json', content: '{"_id": "a", "type": "pipe", "x": 1.0}' },
    { path: 'picture.png', content: new Uint8Array([1, 2, 255]) },
  ]).value,
})

const checks: Record<string, () => Promise<unknown>> = {
  /** Saved data is read back byte for byte after the database was closed. */
  async saves() {
    const disk = openDisk('saves')
    const id = await disk.create(document('First'), 'test')
    const loaded = await disk.load(id)
    if (!loaded) return 'not found'
    disk.adopt(id, loaded)
    const changed = { ...loaded.document, name: 'Second', content: { ...loaded.document.content, files: {} } }
    await disk.save(id, loaded.document, changed)
    disk.close()
    const again = await openDisk('saves').load(id)
    return {
      name: again?.document.name,
      text: again?.document.content.components['pipes/a.conf.json']?.text,
      files: Object.keys(again?.document.content.files ?? {}),
      baseline: [...Object.values(again?.baseline.files ?? {})].map((content) => [...content]),
    }
  },
  /** A second tab that writes from what it read before is refused, and what the first wrote stays. */
  async conflicts() {
    const [first, second] = [openDisk('conflicts'), openDisk('conflicts')]
    const id = await first.create(document('Both'), 'test')
    const [mine, theirs] = [await first.load(id), await second.load(id)]
    if (!mine || !theirs) return 'not found'
    first.adopt(id, mine)
    second.adopt(id, theirs)
    await first.save(id, mine.document, { ...mine.document, name: 'Mine' })
    const refused = await second.save(id, theirs.document, { ...theirs.document, name: 'Theirs' }).then(
      () => 'saved',
      (error: unknown) => (error instanceof DiskError ? error.reason : String(error)),
    )
    return { refused, name: (await first.load(id))?.document.name }
  },
  /** A database of the first version is migrated to the current one without loss. */
  async migrates() {
    const [first] = migrations
    if (!first) return 'no first version'
    const old = new Dexie('migrates')
    old.version(1).stores(first.stores)
    await old.open()
    const row = { id: 'p', name: 'Old', profile: 'test', root: '', created: 1, changed: 1, pipes: 0, systems: 0 }
    await old.table('projects').add({ ...row, origin: 'test', revision: 1 })
    await old.table('records').add({ project: 'p', key: 'file:note.txt', value: 'kept', revision: 1, order: 0 })
    old.close()
    const disk = openDisk('migrates')
    const loaded = await disk.load('p')
    return {
      names: (await disk.list()).map(({ name }) => name),
      file: loaded?.document.content.files['note.txt'],
      runs: await disk.runs('p'),
    }
  },
}

addEventListener('message', async ({ data }: MessageEvent<string>) => {
  const outcome = await checks[data]?.().catch((error: unknown) => String(error))
  postMessage(outcome ?? `no check ${data}`)
})
