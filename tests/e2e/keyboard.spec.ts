/** The main job by keyboard alone, without the mouse. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { pipeText, settled, watch } from './app.ts'

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element ? (element.getAttribute('aria-label') ?? element.textContent ?? '') : ''
    })
    if (name.test(focused)) return
  }
  throw new Error(`${name} cannot be reached with Tab`)
}

/** Finds something by name with the palette and goes there. */
async function findCommand(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(text)
  await expect(page.getByRole('option').first()).toContainText(text)
  await page.keyboard.press('Enter')
}

test('everything by keyboard: open, run, look, change a rule, export', async ({ page }) => {
  const errors = watch(page)
  await page.goto('./')
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible()
  await tabTo(page, /^Golden customer/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/flow$/)
  await expect(page.getByText('engine idle')).toBeVisible()

  await page.keyboard.press('Control+Shift+Enter')
  await settled(page)
  await page.keyboard.press('Alt+3')
  await expect(page.getByRole('heading', { name: 'Done' })).toBeVisible()

  await page.keyboard.press('Alt+2')
  await expect(page).toHaveURL(/\/data$/)
  await tabTo(page, /^global-customer8/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('8 entities', { exact: true })).toBeVisible()
  await tabTo(page, /^Entities of global-customer/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('Alan Turing')

  await findCommand(page, 'newsletter-subscriber')
  await expect(page).toHaveURL(/\/pipe\/newsletter-subscriber$/)
  await expect(page.getByRole('button', { name: /^Step 3/ })).toBeVisible()
  await tabTo(page, /^Cards$/)
  // Past Mapping and Walk to Text.
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight')
  if ((await page.getByRole('radio', { name: 'Text' }).getAttribute('aria-checked')) !== 'true') {
    await page.keyboard.press('Enter')
  }
  const editor = page.locator('main .cm-content').first()
  await expect(editor).toContainText('"Dear "')
  const text = pipeText('golden-customer', 'newsletter-subscriber')
  for (let count = 0; count < 40 && !(await editor.evaluate((node) => node === document.activeElement)); count++) {
    await page.keyboard.press('Tab')
  }
  await expect(editor).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text.replace('"Dear "', '"Kjære "'))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Undo: / })).toBeEnabled()
  await settled(page)
  await page.keyboard.press('Control+Enter')
  await settled(page)

  await page.keyboard.press('Control+Shift+e')
  await expect(page.getByRole('dialog')).toBeVisible()
  await tabTo(page, /^Save as zip$/)
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const zip = unzipSync(await readFile(await (await download).path()))
  expect(strFromU8(zip['pipes/newsletter-subscriber.conf.json'] ?? new Uint8Array())).toContain('"Kjære "')
  expect(errors).toEqual([])
})

test('the list of commands and the sheet of shortcuts open, close and give the focus back', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'New project' }).focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'New project' })).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('button', { name: 'New project' })).toBeFocused()
})
