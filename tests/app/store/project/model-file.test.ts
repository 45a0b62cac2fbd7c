/** The model among the files of a project: saved, shared and undone with it, never deployed. */
import { beforeEach, expect, test } from 'vitest'
import { editModel } from '../../../../app/store/project/model-file.ts'
import { showProject, undo, useProject } from '../../../../app/store/project/project.ts'
import { linkDatatype, putDatatype } from '../../../../app/views/model/edits.ts'
import { importZip } from '../../../../engine-worker/text/archive.ts'
import { deployFiles, exportZip } from '../../../../engine-worker/text/export-zip.ts'
import { filesOf, putFile } from '../../../../engine-worker/text/project.ts'
import { emptyProject } from '../../../../engine-worker/text/project-files.ts'
import { linkText, projectInLink } from '../../../../engine-worker/text/share.ts'

const content = () => useProject.getState().document.content
const modelText = () => content().files['model.json']

beforeEach(() => {
  showProject('p', { name: 'p', profile: 'test', content: emptyProject }, emptyProject, false)
})

const addCustomer = () => editModel('add', (model) => putDatatype(model, 'crm', 'customer', { key: ['id'] }))

test('an edit writes the file, and is one step of history', () => {
  addCustomer()
  expect(JSON.parse(String(modelText()))).toMatchObject({
    version: 1,
    systems: { crm: { datatypes: { customer: { key: ['id'] } } } },
  })
  undo()
  expect(modelText()).toBeUndefined()
})

test('an edit leaves what it is not about as it was typed', () => {
  const typed = '{ "version": 1, "description":"mine",\n  "systems": {}, "concepts": {   }, "mappings": [] }'
  showProject(
    'q',
    { name: 'q', profile: 'test', content: putFile(emptyProject, 'model.json', typed).value },
    emptyProject,
    false,
  )
  addCustomer()
  expect(modelText()).toContain('{ "version": 1, "description":"mine",\n')
  expect(modelText()).toContain('"concepts": {   }, "mappings": [] }')
})

test('the model is exported and shared by link, and not part of what Sesam gets', async () => {
  addCustomer()
  editModel('link', (model) =>
    linkDatatype(model, 'crm', 'customer', 'customer', {
      properties: [{ from: 'mail', to: 'email', why: 'new', matched: null, of: 1, references: null }],
      keys: [],
    }),
  )
  const text = modelText()
  const { project } = await importZip(exportZip(content()))
  expect(project.files['model.json']).toBe(text)
  const { imported } = await projectInLink(linkText(content(), 'p'))
  expect(imported.project.files['model.json']).toBe(text)
  expect(filesOf(content()).map(({ path }) => path)).toContain('model.json')
  expect(deployFiles(content())).toEqual([])
})
