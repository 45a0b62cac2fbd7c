/** Connectors of the open project: their list, and the effect of adding or removing one on its files. */
import { expect, it } from 'vitest'
import type { FileContent, FileContents } from '../../../engine-worker/config/project/read.ts'
import { addDatatype, newConnector } from '../../../engine-worker/extensions/scaffold.ts'
import { openedEngine } from '../../support/opened-engine.ts'

const files = { ...newConnector('shop', 'api_key') }
for (const datatype of ['customer', 'order']) Object.assign(files, addDatatype(files, datatype, true))
const folder = 'shop-connector'

/** The files of a project after a plan. */
function withChanges(before: FileContents, changes: Readonly<Record<string, FileContent | null>>): FileContents {
  return Object.fromEntries(
    Object.entries({ ...before, ...changes }).flatMap(([path, content]) => (content === null ? [] : [[path, content]])),
  )
}

it('offers its datatypes without a project', async () => {
  const { engine } = await openedEngine()
  const offer = await engine.connectorOffer({ files })
  expect(JSON.stringify(offer)).toContain('customer')
  expect(JSON.stringify(offer)).toContain('order')
})

it('is linked by the files of a plan, which changes nothing by itself, and is gone after the opposite plan', async () => {
  const { engine } = await openedEngine()
  const plan = await engine.connectorPlan({ folder, files, system: 'shop', datatypes: ['customer'] })
  expect(await engine.connectors()).toEqual([])
  expect(plan.components.map(({ id }) => id)).toContain('shop-customer-all')
  const all = plan.components.find(({ id }) => id === 'shop-customer-all')
  expect(JSON.parse(all?.text ?? '')).toMatchObject({ _id: 'shop-customer-all', type: 'pipe' })

  const linked = withChanges({}, plan.files)
  await engine.update({ files: linked })
  expect(await engine.connectors()).toMatchObject([{ folder, system: 'shop', datatypes: ['customer'] }])

  // The files of the connector are those of the project.
  const both = await engine.connectorPlan({ folder, files: null, system: 'shop', datatypes: ['customer', 'order'] })
  expect(Object.keys(both.files).filter((path) => path.startsWith('pipes/shop-customer'))).toEqual([])
  expect(Object.keys(both.files).some((path) => path.startsWith('pipes/shop-order'))).toBe(true)

  const gone = await engine.connectorPlan({ folder, files: null, system: 'shop', datatypes: null })
  expect(withChanges(linked, gone.files)).toEqual({})
})
