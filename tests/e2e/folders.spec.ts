/** Folders: a configuration is imported from one and written back; only changed files are written. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openSample, watch } from './app.ts'

test('a folder is imported whole, its name becomes the name of the project', async ({ page }) => {
  const parent = mkdtempSync(join(tmpdir(), 'pipewright-'))
  const folder = join(parent, 'my-node')
  mkdirSync(join(folder, 'pipes', 'deep'), { recursive: true })
  mkdirSync(join(folder, '.git'))
  const pipe = (id: string) => JSON.stringify({ _id: id, type: 'pipe', source: { type: 'embedded', entities: [] } })
  writeFileSync(join(folder, 'pipes', 'a.conf.json'), pipe('a'))
  writeFileSync(join(folder, 'pipes', 'deep', 'b.conf.json'), pipe('b'))
  writeFileSync(join(folder, '.git', 'config'), 'not imported')
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByTestId('import-folder').setInputFiles(folder)
  await expect(page).toHaveURL(/\/flow$/)
  await expect(page.getByRole('navigation', { name: 'Location' })).toContainText('my-node')
  await expect(page.getByText('2 pipes')).toBeVisible()
  rmSync(parent, { recursive: true })
})

test('dropped files are imported', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible()
  const transfer = await page.evaluateHandle(() => {
    const made = new DataTransfer()
    const text = JSON.stringify({ _id: 'dropped', type: 'pipe', source: { type: 'embedded', entities: [] } })
    made.items.add(new File([text], 'dropped.conf.json', { type: 'application/json' }))
    return made
  })
  const target = page.getByRole('region', { name: 'Projects' })
  await target.dispatchEvent('dragover', { dataTransfer: transfer })
  await expect(page.getByText('Let go to read the files')).toBeVisible()
  await target.dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page).toHaveURL(/\/flow$/)
  await expect(page.getByText('1 pipe')).toBeVisible()
})

test('a project is written into a folder, and imported from it again', async ({ page }) => {
  const errors = watch(page)
  // The browser's own picker cannot be driven; its answer is a real folder of this origin.
  await page.addInitScript(() => {
    Object.assign(globalThis, { showDirectoryPicker: () => navigator.storage.getDirectory() })
  })
  await openSample(page, 'Golden customer')
  await page.keyboard.press('Control+Shift+e')
  await page.getByRole('button', { name: 'Write to a folder…' }).click()
  await expect(page.getByText(/^\d+ files were written/)).toBeVisible()
  const written = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const pipes = await root.getDirectoryHandle('pipes')
    const file = await pipes.getFileHandle('global-customer.conf.json')
    return (await file.getFile()).text()
  })
  expect(JSON.parse(written)).toMatchObject({ _id: 'global-customer', source: { type: 'merge' } })
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByRole('button', { name: /^Folder/ }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await expect(page.getByText('5 pipes')).toBeVisible()
  expect(errors).toEqual([])
})
