/**
 * Tests made from outputs are kept as files of the project: an edit makes one fail, and the new output can be accepted.
 */
import { expect, test } from '@playwright/test'
import { openSample, pipeText, runAll, settled, watch } from './app.ts'

test('outputs are frozen as tests, an edit makes one fail, and its new output is accepted', async ({ page }) => {
  const errors = watch(page)
  const address = await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.goto(`${address}/tests`)
  await page.getByRole('button', { name: 'Create tests from the current outputs' }).click()
  await expect(page.getByText('1 passed, 0 failed.')).toBeVisible()
  await expect(page.getByText('1 test made.')).toBeVisible()
  await expect(page.getByText(/^\d+ of \d+ steps of rules are reached by some entity/)).toBeVisible()

  await page.goto(`${address}/pipe/report-order`)
  await page.getByRole('radio', { name: 'Text' }).click()
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(pipeText('composite-pipe', 'report-order').replace('%Y-%m-%d', '%d.%m.%Y'))
  await settled(page)
  await page.goto(`${address}/tests`)
  await page.getByRole('button', { name: 'Run tests' }).click()
  await expect(page.getByText('0 passed, 1 failed.')).toBeVisible()
  await expect(page.getByText('"02.05.2024"')).toBeVisible()
  await page.getByRole('button', { name: 'Accept the new output' }).click()
  await expect(page.getByText('1 passed, 0 failed.')).toBeVisible()

  // The effect of the edit on data is shown before the export too.
  await page.goto(`${address}/deploy`)
  await page.getByRole('tab', { name: 'Effect on data' }).click()
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText(/^1 of \d+ pipes give a different result/)).toBeVisible()
  const effect = page.getByRole('region', { name: 'report-order', exact: true })
  await expect(effect).toContainText(/0 added, [1-9]\d* changed, 0 removed/)
  await expect(page.getByText(/^Your edit in report-order: [1-9]\d* entities$/)).toBeVisible()
  await expect(effect).toContainText('02.05.2024')
  await page.goto(`${address}/tests`)

  // They are files of the project, so an edit of them can be undone.
  await page.getByRole('button', { name: /^Undo/ }).click()
  await page.getByRole('button', { name: 'Run tests' }).click()
  await expect(page.getByText('0 passed, 1 failed.')).toBeVisible()
  expect(errors).toEqual([])
})
