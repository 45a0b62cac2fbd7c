/** Where a project is stored: saved on disk, and shown only for the open project. */
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { disk } from '../../../../app/store/disk/disk.ts'
import {
  closePlace,
  openPlace,
  setProjectPlace,
  setRevision,
  useServerPlace,
} from '../../../../app/store/server/place.ts'

const address = 'http://127.0.0.1:9042'
const placeNow = () => {
  const { project, address, revision } = useServerPlace.getState()
  return { project, address, revision }
}

beforeEach(async () => {
  closePlace()
  for (const project of ['p', 'q']) await disk.setPlace(project, null)
})

describe('the place of a project', () => {
  it('is this browser, until the project is put on a server', async () => {
    await openPlace('p')
    expect(placeNow()).toEqual({ project: 'p', address: null, revision: 0 })
    await setProjectPlace('p', { address, revision: 3 })
    expect(placeNow()).toEqual({ project: 'p', address, revision: 3 })
    closePlace()
    expect(placeNow()).toEqual({ project: null, address: null, revision: 0 })
    await openPlace('p')
    expect(placeNow()).toEqual({ project: 'p', address, revision: 3 })
    expect(await disk.places()).toEqual({ p: address })
  })

  it('is this browser again when it is taken from the server, and nothing of the connection stays', async () => {
    await openPlace('p')
    await setProjectPlace('p', { address, revision: 3 })
    useServerPlace.setState({ state: 'refused', failure: 'no', conflict: true })
    await setProjectPlace('p', null)
    expect(useServerPlace.getState()).toMatchObject({ project: 'p', address: null, state: 'off', failure: null })
    expect(useServerPlace.getState().conflict).toBe(false)
    expect(await disk.place('p')).toBeNull()
  })

  it('of another project than the open one is kept, and not shown', async () => {
    await openPlace('p')
    await setProjectPlace('q', { address, revision: 1 })
    expect(placeNow()).toEqual({ project: 'p', address: null, revision: 0 })
    await openPlace('q')
    expect(placeNow()).toEqual({ project: 'q', address, revision: 1 })
  })

  it('has the revision of the last exchange, and a conflict is settled with it', async () => {
    await openPlace('p')
    await setProjectPlace('p', { address, revision: 3 })
    useServerPlace.setState({ conflict: true, state: 'connected' })
    await setRevision(4)
    expect(useServerPlace.getState()).toMatchObject({ revision: 4, conflict: false, state: 'connected' })
    expect(await disk.place('p')).toMatchObject({ address, revision: 4 })
  })

  it('has no revision without a server, and a late answer changes nothing of the next project', async () => {
    await setRevision(9)
    await openPlace('p')
    await setRevision(9)
    expect(await disk.place('p')).toBeNull()
    await setProjectPlace('p', { address, revision: 3 })
    const late = setRevision(4)
    await openPlace('q')
    await late
    expect(placeNow()).toEqual({ project: 'q', address: null, revision: 0 })
    expect(await disk.place('p')).toMatchObject({ revision: 4 })
    expect(await disk.place('q')).toBeNull()
  })
})
