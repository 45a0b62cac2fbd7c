/**
 * Programs as transforms, by mouse: JavaScript is added, edited, seen in the preview, stopped when it does not end, run, and
 * exported as a microservice; a WebAssembly module is uploaded, one that is too large is refused.
 */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import { NINE, wasmModule } from '../support/wasm-module.ts'
import { importConfiguration, row, settled, watch } from './app.ts'

const people = {
  _id: 'people',
  type: 'pipe',
  source: { type: 'embedded', entities: [{ _id: 'person-1', name: 'Ada', count: 1 }] },
}

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const stage = (page: Page, name: string) => page.getByRole('region', { name: `Transform: ${name}` })

/** Adds a transform behind the source, by its label. */
async function addTransform(page: Page, label: string) {
  await page.getByRole('button', { name: 'Add a stage here' }).first().click()
  await page.getByPlaceholder('A transform…').fill(label)
  await page
    .getByRole('option', { name: new RegExp(`^${label}`) })
    .first()
    .click()
}

/** The files of an export, by their path. */
async function exported(page: Page, kind: string): Promise<Record<string, Uint8Array>> {
  await page.keyboard.press('Control+Shift+e')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: new RegExp(kind) }).check()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as zip' }).click()
  return unzipSync(await readFile(await (await download).path()))
}

test('a transform in JavaScript is written, previewed, stopped, run and exported', async ({ page }) => {
  const errors = watch(page)
  const project = await importConfiguration(page, people)
  await page.goto(`${project}/pipe/people`)
  await addTransform(page, 'JavaScript')
  // Something else is chosen, and then the stage again: anywhere on its line.
  await page.getByRole('button', { name: 'Embedded', exact: true }).click()
  await stage(page, 'JavaScript').getByText('function transform').click()
  const code = inspector(page).getByRole('textbox', { name: 'code' })
  await expect(code).toContainText('return entity')
  const write = async (program: string) => {
    await code.click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(program)
  }
  await write('function transform(entity) {\n  return { ...entity, loud: entity.name.toUpperCase() }\n}\n')
  await expect(page.getByText('"ADA"').first()).toBeVisible()
  await write('function transform(entity) {\n  while (true) {}\n}\n')
  await expect(stage(page, 'JavaScript')).toContainText('takes more than 1000 ms for one entity')
  await write('function transform(entity) {\n  return { ...entity, length: entity.name.length }\n}\n')
  await expect(stage(page, 'JavaScript')).not.toContainText('takes more than')
  await page.getByRole('banner').getByRole('button', { name: 'Run', exact: true }).click()
  await settled(page)
  const files = await exported(page, 'The microservices of its programs')
  const text = (name: string) =>
    new TextDecoder().decode(Object.entries(files).find(([path]) => path.endsWith(name))?.[1])
  expect(text('transform.js')).toContain('length: entity.name.length')
  expect(text('server.js')).toContain('createServer')
  await page.reload()
  await page.goto(`${project}/data/people`)
  await expect(row(page, 'person-1')).toContainText('3')
  expect(errors).toEqual([])
})

test('a module in WebAssembly is uploaded, run and exported; one that is too large is refused', async ({ page }) => {
  const errors = watch(page)
  const project = await importConfiguration(page, people)
  await page.goto(`${project}/pipe/people`)
  await addTransform(page, 'WebAssembly')
  await stage(page, 'WebAssembly').getByText('AGFzbQEAAAA=').click()
  const upload = (bytes: Buffer) =>
    inspector(page)
      .getByTestId('bytes-file')
      .setInputFiles([{ name: 'nine.wasm', mimeType: 'application/wasm', buffer: bytes }])
  await expect(stage(page, 'WebAssembly')).toContainText('cannot be run')
  await upload(Buffer.alloc(10_000_001))
  await expect(inspector(page).getByRole('alert')).toContainText(/at most 10.000.000 are taken/)
  // One that is as large as may be is taken, and said to be no module, without the page being slow.
  await upload(Buffer.alloc(9_999_999))
  await expect(inspector(page)).toContainText(/9.999.999 bytes/)
  await expect(inspector(page)).toContainText('too long to be edited here')
  await upload(Buffer.from(wasmModule({ transform: NINE }), 'base64'))
  await expect(inspector(page).getByRole('alert')).toHaveCount(0)
  await expect(stage(page, 'WebAssembly')).not.toContainText('cannot be run')
  await page.getByRole('banner').getByRole('button', { name: 'Run', exact: true }).click()
  await settled(page)
  const files = await exported(page, 'The microservices of its programs')
  const wasm = Object.entries(files).find(([path]) => path.endsWith('transform.wasm'))?.[1]
  expect(Buffer.from(wasm ?? []).toString('base64')).toBe(wasmModule({ transform: NINE }))
  await page.reload()
  await page.goto(`${project}/data/people`)
  await expect(row(page, 'person-1')).toContainText('9')
  expect(errors).toEqual([])
})
