/** The browser's database: one owner at a time, separate keys for each log, errors as problems. */
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { describe, expect, test } from 'vitest'
import { deleteDatabase, IndexedDbSegments } from '../../../../engine-worker/storage/indexeddb/database.ts'
import { recordOf, segmentOf } from '../log/segments.ts'

const random = () => 0.5
const codeOf = (code: string) => ({ problem: { code } })
let count = 0
const newProject = () => `database-${count++}`

async function openSegments(project: string): Promise<IndexedDbSegments> {
  const segments = new IndexedDbSegments(project)
  await segments.open(random)
  return segments
}

const putState = (segments: IndexedDbSegments, key: string) =>
  segments.write(async (to) => {
    await to.putStates([{ key, value: '1' }])
  })

describe('the database of a project', () => {
  test('is written by the one who opened it last; who had it before is told so', async () => {
    const project = newProject()
    const first = await openSegments(project)
    await putState(first, 'a')
    const second = await openSegments(project)
    await expect(putState(first, 'b')).rejects.toMatchObject(codeOf('project-open-elsewhere'))
    await putState(second, 'c')
    expect((await second.statesAfter('', null, 10)).map(({ key }) => key)).toEqual(['a', 'c'])
  })

  test('says where its records were cleared under it', async () => {
    const project = newProject()
    const segments = await openSegments(project)
    const other = await new Dexie(`pipewright-data:${project}`).open()
    await other.table('keeper').clear()
    await expect(putState(segments, 'a')).rejects.toMatchObject(codeOf('storage-closed'))
  })

  test('says that it was closed', async () => {
    const segments = await openSegments(newProject())
    segments.close()
    await expect(putState(segments, 'a')).rejects.toMatchObject(codeOf('storage-closed'))
    await expect(segments.state('a')).rejects.toMatchObject(codeOf('storage-closed'))
  })

  test('that a newer version of the app has made is not opened', async () => {
    const project = newProject()
    await new Promise((resolve, reject) => {
      const request = indexedDB.open(`pipewright-data:${project}`, 900)
      request.onsuccess = () => resolve(request.result.close())
      request.onerror = reject
    })
    await expect(openSegments(project)).rejects.toMatchObject(codeOf('storage-newer'))
  })

  test('has the logs apart, though one number begins with another, and versions in their order', async () => {
    const segments = await openSegments(newProject())
    await segments.write(async (to) => {
      await to.putSegments([1, 10, 11, 2].map((log) => segmentOf(log, [log * 3])))
      await to.putSegments([9, 100, 1000, 999_999_999_999_999].map((first) => segmentOf(1, [first])))
    })
    const firstsOf = async (log: number) => (await segments.headsAfter(log, 0, 10)).map(({ first }) => first)
    expect(await firstsOf(1)).toEqual([3, 9, 100, 1000, 999_999_999_999_999])
    await segments.write(async (to) => {
      await to.deleteAfter(1, 9)
    })
    expect([await firstsOf(1), await firstsOf(10), await firstsOf(11), await firstsOf(2)]).toEqual([
      [3, 9],
      [30],
      [33],
      [6],
    ])
    expect((await segments.segmentsBetween(1, 0, 10_000)).map(({ first }) => first)).toEqual([3, 9])
  })

  test('is gone when it was deleted, and another one has its own', async () => {
    const [project, other] = [newProject(), newProject()]
    for (const each of [project, other]) {
      const segments = await openSegments(each)
      await segments.write(async (to) => {
        await to.putDatasets([recordOf('d', 1)])
      })
      segments.close()
    }
    await deleteDatabase(project)
    expect(await new IndexedDbSegments(project).open(random)).toEqual([])
    expect(await new IndexedDbSegments(other).open(random)).toEqual([recordOf('d', 1)])
  })
})
