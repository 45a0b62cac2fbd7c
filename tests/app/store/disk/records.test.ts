/** A project as records of the database: nothing is lost, and only what changed is written. */
import { describe, expect, it } from 'vitest'
import { diskFailureReason, withDiskErrors } from '../../../../app/store/disk/failure.ts'
import { contentOf, headOf, recordDifferences, recordsOf } from '../../../../app/store/disk/records.ts'
import { addComponent, emptyProject, putFile, removeComponent } from '../../../../engine-worker/index.ts'

const pipe = (id: string) => ({ _id: id, type: 'pipe' })
const onePipe = addComponent(emptyProject, pipe('a')).project
const twoPipes = putFile(addComponent(onePipe, pipe('b')).project, 'readme.txt', 'hello').value
const rowsOf = (content: typeof twoPipes) => recordsOf(content).map((row) => ({ ...row, project: 'p', revision: 1 }))

describe('the records of a project', () => {
  it('make the same project again, whatever order they are read in', () => {
    expect(contentOf(twoPipes.root, rowsOf(twoPipes).reverse())).toEqual(twoPipes)
    expect(Object.keys(contentOf(twoPipes.root, rowsOf(twoPipes).reverse()).components)).toEqual(
      Object.keys(twoPipes.components),
    )
  })

  it('differ only where the project does', () => {
    expect(recordDifferences(twoPipes, twoPipes)).toEqual({ put: [], gone: [] })
    const { put, gone } = recordDifferences(onePipe, twoPipes)
    expect(put.map(({ key }) => key).every((key) => /b|readme/.test(key))).toBe(true)
    expect(put.length).toBeGreaterThan(1)
    expect(gone).toEqual([])
    const key = Object.keys(onePipe.components)[0] ?? ''
    expect(recordDifferences(onePipe, removeComponent(onePipe, key)).gone).toContain(`component:${key}`)
  })

  it('are summed up in the list of projects', () => {
    expect(headOf({ name: 'P', profile: 'test', content: twoPipes })).toMatchObject({ name: 'P', pipes: 2, systems: 0 })
  })
})

describe('a failure of the database', () => {
  it('has its reason, also where Dexie hides a full disk inside another error', async () => {
    const full = Object.assign(new Error('abort'), {
      inner: Object.assign(new Error(), { name: 'QuotaExceededError' }),
    })
    const failureReason = (error: unknown) =>
      withDiskErrors(() => Promise.reject(error)).then(() => null, diskFailureReason)
    expect(await failureReason(full)).toBe('quota')
    expect(await failureReason(new Error('refused'))).toBe('unavailable')
    expect(await withDiskErrors(async () => 1)).toBe(1)
  })
})
