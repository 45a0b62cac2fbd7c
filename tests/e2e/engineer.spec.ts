/**
 * The engineer's story on a node of about 300 pipes: find a property, rename it everywhere, change a rule, see the
 * effect, test, export. The diff of the rename has one changed line for each use.
 */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { largeNode, renamed } from '../support/large-node.ts'
import { settled, watch } from './app.ts'

const node = largeNode()
const name = 'tax_number'

async function exportedFiles(page: Page): Promise<ReadonlyMap<string, string>> {
  await page.keyboard.press('Control+Shift+e')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as zip' }).click()
  const zip = unzipSync(new Uint8Array(await readFile(await (await download).path())))
  return new Map(Object.entries(zip).map(([path, bytes]) => [path, strFromU8(bytes)]))
}

/** How many lines of the files differ from the node's. */
function changedLines(files: ReadonlyMap<string, string>): number {
  let changed = 0
  for (const [path, before] of Object.entries(node)) {
    const [old, now] = [before.split('\n'), (files.get(path) ?? '').split('\n')]
    expect(now.length, path).toBe(old.length)
    changed += old.filter((line, at) => line !== now[at]).length
  }
  return changed
}

test('find, rename, change, see, test and export on 300 pipes', async ({ page }) => {
  test.setTimeout(600_000)
  const errors = watch(page)
  const pipes = Object.keys(node).filter((path) => path.startsWith('pipes/')).length
  expect(pipes).toBeGreaterThan(280)
  const uses = Object.values(node).reduce((sum, text) => sum + text.split(renamed).length - 1, 0)
  await test.step('the node is imported and shown as groups', async () => {
    await page.goto('./')
    await page.getByRole('button', { name: 'Import…' }).click()
    const files = Object.fromEntries(Object.entries(node).map(([path, text]) => [path, strToU8(text)]))
    await page
      .getByTestId('import-files')
      .setInputFiles([{ name: 'node.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(files)) }])
    await expect(page).toHaveURL(/\/flow$/)
    await settled(page)
    await expect(page.getByRole('region', { name: 'The project as groups of pipes' })).toBeVisible()
  })
  const project = page.url().replace(/\/flow$/, '')
  await test.step('a property is found by name and renamed with all its uses', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(renamed)
    await page
      .getByRole('option', { name: new RegExp(`^${renamed} property`) })
      .first()
      .click()
    await expect(page).toHaveURL(/\/pipe\//)
    await page.getByRole('radio', { name: 'Text' }).click()
    await page.locator('main .cm-content').getByText(new RegExp(renamed)).first().click()
    await page.keyboard.press('F2')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(`Named in ${uses} places.`)
    await dialog.getByRole('textbox', { name: 'New name' }).fill(name)
    await dialog.getByRole('button', { name: `Rename in ${uses} places` }).click()
    await settled(page)
    expect(changedLines(await exportedFiles(page))).toBe(uses)
  })
  await test.step('the test fails before the rule is changed', async () => {
    await page.goto(`${project}/tests`)
    await page.getByRole('button', { name: 'Run tests' }).click()
    await expect(page.getByText('0 passed, 1 failed.')).toBeVisible({ timeout: 240_000 })
  })
  await test.step('a rule is changed, and its value is seen at once', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click()
    await expect(page.getByText('engine idle')).toBeVisible({ timeout: 240_000 })
    await page.goto(`${project}/pipe/supplier-report`)
    await page.getByRole('radio', { name: 'Cards' }).click()
    const step = page.getByRole('button', { name: /^Step 2: add label/ })
    await expect(step).toContainText('supplier 1')
    await step.click()
    const json = page.getByRole('textbox', { name: 'JSON' })
    await json.fill('["add", "label", ["upper", "_S.name"]]')
    await json.press('Control+Enter')
    await expect(step).toContainText('SUPPLIER 1')
    await settled(page)
  })
  await test.step('the effect on data, and the test', async () => {
    await page.goto(`${project}/tests`)
    await page.getByRole('button', { name: 'Run tests' }).click()
    await expect(page.getByText('1 passed, 0 failed.')).toBeVisible({ timeout: 240_000 })
    await page.goto(`${project}/deploy`)
    await page.getByRole('tab', { name: 'Effect on data' }).click()
    await page.getByRole('button', { name: 'Compare' }).click()
    const effect = page.getByRole('region', { name: 'supplier-report', exact: true })
    await expect(effect).toContainText('0 added, 2 changed, 0 removed', { timeout: 240_000 })
  })
  await test.step('the export holds both', async () => {
    const files = await exportedFiles(page)
    expect(files.get('pipes/supplier-report.conf.json')).toContain('"upper"')
    expect([...files.values()].join('\n')).not.toContain(renamed)
  })
  expect(errors).toEqual([])
})
