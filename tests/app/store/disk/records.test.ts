/** A project as records of the database: nothing is lost, and only what changed is written. */
import { describe, expect, it } from 'vitest'
import { diskFailureReason, withDiskErrors } from '../../../../app/store/disk/failure.ts'
import { contentOf, headOf, recordDifferences, recordsOf } from '../../../../app/store/disk/records.ts'
import { addComponent, emptyProject, putFile, removeComponent } from '../../../../engine-worker/index.ts'

const pipe = (id: string) => ({ _id: id, type: 'pipe' })
const one = addComponent(emptyProject, pipe('a')).project
const two = putFile(addComponent(one, pipe('b')).project, 'readme.txt', 'hello').value
const rowsOf = (content: typeof two) => recordsOf(content).map((row) => ({ ...row, project: 'p', revision: 1 }))

describe('the records of a project', () => {
  it('make the same project again, whatever order they are read in', () => {
    expect(contentOf(two.root, rowsOf(two).reverse())).toEqual(two)
    expect(Object.keys(contentOf(two.root, rowsOf(two).reverse()).components)).toEqual(Object.keys(two.components))
  })

  it('differ only where the project does', () => {
    expect(recordDifferences(two, two)).toEqual({ put: [], gone: [] })
    const { put, gone } = recordDifferences(one, two)
    expect(put.map(({ key }) => key).every((key) => /b|readme/.test(key))).toBe(true)
    expect(put.length).toBeGreaterThan(1)
    expect(gone).toEqual([])
    const key = Object.keys(one.components)[0] ?? ''
    expect(recordDifferences(one, removeComponent(one, key)).gone).toContain(`component:${key}`)
  })

  it('are summed up in the list of projects', () => {
    expect(headOf({ name: 'P', profile: 'test', content: two })).toMatchObject({ name: 'P', pipes: 2, systems: 0 })
  })
})

describe('a failure of the database', () => {
  it('has its reason, also where Dexie hides a full disk inside another error', async () => {
    const full = Object.assign(new Error('abort'), {
      inner: Object.assign(new Error(), { name: 'QuotaExceededError' }),
    })
    const reason = (error: unknown) => withDiskErrors(() => Promise.reject(error)).then(() => null, diskFailureReason)
    expect(await reason(full)).toBe('quota')
    expect(await reason(new Error('refused'))).toBe('unavailable')
    expect(await withDiskErrors(async () => 1)).toBe(1)
  })
})
