/**
 * The main job by mouse: open a sample, run it, inspect data, change a rule, see the effect, undo, export, with a
 * reload in between.
 */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { openSample, pipeText, row, runAll, settled, watch } from './app.ts'

test('a person opens a sample, runs it, changes a rule, sees the effect and exports', async ({ page }) => {
  const errors = watch(page)
  const project = await openSample(page, 'Golden customer')
  await runAll(page)

  await test.step('the data is there', async () => {
    await page.getByRole('link', { name: 'Data', exact: true }).click()
    await page
      .getByRole('link', { name: /^global-customer/ })
      .first()
      .click()
    await expect(page.getByText('8 entities', { exact: true })).toBeVisible()
    await row(page, 'crm-contact:c-100').click()
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('billing-customer:4711')
  })

  await test.step('after a reload everything is found again', async () => {
    await page.reload()
    await expect(page.getByText('8 entities', { exact: true })).toBeVisible()
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Done' })).toBeVisible()
    await expect(page.getByRole('row', { name: /^Done global-customer/ })).toContainText('8')
  })

  await test.step('a rule is changed as text, and the preview follows', async () => {
    await page.goto(`${project}/pipe/newsletter-subscriber`)
    await expect(page.getByRole('button', { name: /^Step 3: add greeting/ })).toBeVisible()
    await page.getByRole('radio', { name: 'Text' }).click()
    const editor = page.locator('main .cm-content').first()
    await expect(editor).toContainText('"Dear "')
    await replaceInEditor(page, '"Dear "', '"Hello "')
    await page.getByRole('radio', { name: 'Cards' }).click()
    await expect(page.getByRole('button', { name: /^Step 3: add greeting.*Hello/ })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Data', exact: true })).toContainText('Hello Ada Lovelace')
    await settled(page)
  })

  await test.step('the pipe is run, and its output changes', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await settled(page)
    await page.goto(`${project}/data/${encodeURIComponent('system:output:newsletter-subscriber')}`)
    await expect(page.getByRole('grid')).toContainText('Hello Ada Lovelace')
  })

  await test.step('the change is listed, undone and redone', async () => {
    await page.getByRole('link', { name: 'Deploy', exact: true }).click()
    await page.getByRole('tab', { name: 'Changes (1)' }).click()
    await expect(page.getByRole('region', { name: 'pipes/newsletter-subscriber.conf.json' })).toContainText('Hello')
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect(page.getByText('Nothing has changed')).toBeVisible()
    await page.getByRole('button', { name: /^Redo/ }).click()
    await expect(page.getByRole('tab', { name: 'Changes (1)' })).toBeVisible()
  })

  await test.step('the export holds the change, and nothing else changed', async () => {
    await page.getByRole('button', { name: 'Export project…' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as zip' }).click()
    const zip = unzipSync(await readFile(await (await download).path()))
    expect(Object.keys(zip)).toContain('pipes/global-customer.conf.json')
    expect(strFromU8(zip['pipes/newsletter-subscriber.conf.json'] ?? new Uint8Array())).toContain('"Hello "')
    await expect(page.getByText('Nothing has changed')).toBeVisible()
  })
  expect(errors).toEqual([])
})

/** Types the whole text again with one part replaced. */
async function replaceInEditor(page: Page, from: string, to: string): Promise<void> {
  const editor = page.locator('main .cm-content').first()
  const text = pipeText('golden-customer', 'newsletter-subscriber')
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text.replace(from, to))
}
