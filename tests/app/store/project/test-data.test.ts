/** Test data of pipes: edited in the configuration, or in the supplied data. */
import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../../../app/store/engine/open-project.ts'
import { supplySource } from '../../../../app/store/project/ingest.ts'
import { undo, useProject } from '../../../../app/store/project/project.ts'
import { changeTestData } from '../../../../app/store/project/test-data.ts'
import { componentValue } from '../../../../engine-worker/index.ts'
import { openInPage, preparePage } from '../../../support/project-in-page.ts'

beforeAll(preparePage)

const configured = { pipe: 'people', is: 'configured' } as const
const peoplePipe = (entities: readonly object[]) => ({
  _id: 'people',
  type: 'pipe',
  source: { type: 'embedded', entities },
})
const table = { _id: 'table', type: 'pipe', source: { type: 'json', system: 's', url: 'x' } }

/** The entities in the configuration of the pipe. */
function entities(): unknown {
  const [component] = Object.values(useProject.getState().document.content.components)
  const source = component && componentValue(component).source
  return typeof source === 'object' && source !== null && 'entities' in source ? source.entities : null
}

describe('entities that stand in the configuration', () => {
  it('are replaced, added and removed there, each to be undone', async () => {
    await openInPage(peoplePipe([{ _id: '1', v: 'a' }, { _id: '2' }]))
    expect(await changeTestData(configured, 'Edit', '1', { _id: '1', v: 'b' })).toEqual({ done: true, back: null })
    expect(entities()).toEqual([{ _id: '1', v: 'b' }, { _id: '2' }])
    await changeTestData(configured, 'Add', null, { _id: '3' })
    await changeTestData(configured, 'Remove', '2', null)
    expect(entities()).toEqual([{ _id: '1', v: 'b' }, { _id: '3' }])
    undo()
    undo()
    undo()
    expect(entities()).toEqual([{ _id: '1', v: 'a' }, { _id: '2' }])
  })

  it('stay as they are where the one to remove, or the pipe, is not there', async () => {
    await openInPage(peoplePipe([{ _id: '1' }]))
    await changeTestData(configured, 'Remove', '9', null)
    expect(entities()).toEqual([{ _id: '1' }])
    expect(await changeTestData({ pipe: 'none', is: 'configured' }, 'Add', null, { _id: '2' })).toMatchObject({
      done: false,
    })
  })
})

describe('entities that were supplied', () => {
  const supplied = { pipe: 'table', is: 'supplied' } as const
  const suppliedTexts = async (project: string) => (await ask('supplied', { project, most: 1_000_000 })).given
  const values = async (project: string) => JSON.parse((await suppliedTexts(project))[0]?.text ?? 'null')

  it('are written back as one list, from a list or from lines, with the way back', async () => {
    const { id } = await openInPage(table)
    const text = '{"_id": "1"}\n\n{"_id": "2"}\n'
    await supplySource({ pipe: 'table', name: 'table.ndjson', text })
    const { done, back } = await changeTestData(supplied, 'Edit', '2', { _id: '2', v: 'x' })
    expect(done).toBe(true)
    expect(await values(id)).toEqual([{ _id: '1' }, { _id: '2', v: 'x' }])
    await changeTestData(supplied, 'Add', null, { _id: '3' })
    await changeTestData(supplied, 'Remove', '1', null)
    expect(await values(id)).toEqual([{ _id: '2', v: 'x' }, { _id: '3' }])
    await back?.()
    expect(await suppliedTexts(id)).toMatchObject([{ name: 'table.ndjson', text }])
  })

  it('are left alone where they are a table, or where nothing was supplied', async () => {
    const { id } = await openInPage(table)
    expect(await changeTestData(supplied, 'Add', null, { _id: '1' })).toEqual({ done: false, back: null })
    await supplySource({ pipe: 'table', name: 'table.csv', text: 'id\n1\n' })
    expect(await changeTestData(supplied, 'Add', null, { _id: '2' })).toEqual({ done: false, back: null })
    expect((await suppliedTexts(id))[0]?.text).toBe('id\n1\n')
  })
})
