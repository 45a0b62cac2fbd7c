/** Lists and dictionaries in the inspector are rows: added, moved by the keyboard, pasted from a table; no JSON is typed. */
import { expect, type Locator, test } from '@playwright/test'
import { importConfiguration, watch } from './app.ts'
import { inspector } from './composite/mouse.ts'

/** Pastes a text as a spreadsheet puts it on the clipboard. */
async function paste(into: Locator, text: string): Promise<void> {
  await into.focus()
  await into.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

test('a list of values and a dictionary', async ({ page }) => {
  const errors = watch(page)
  const steps = [
    ['add', 'tags', ['list', 'a', 'b']],
    ['add', 'codes', ['literal', { no: 'Norway' }]],
  ]
  const source = { type: 'embedded', entities: [{ _id: '1' }] }
  const pipe = { _id: 'p', type: 'pipe', source, transform: { type: 'dtl', rules: { default: steps } } }
  const address = await importConfiguration(page, pipe)
  await page.goto(`${address}/pipe/p`)
  const json = inspector(page).getByRole('textbox', { name: 'JSON' })

  await page.getByRole('button', { name: /^Step 1/ }).click({ position: { x: 60, y: 8 } })
  const values = inspector(page).getByRole('textbox', { name: 'Values', exact: true })
  await expect(values).toHaveCount(2)
  await values.nth(1).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(json).toHaveValue(/"b",\s*"a"/)
  await expect(values.first()).toHaveValue('b')
  await paste(values.first(), 'x\ny\n')
  await expect(values).toHaveCount(3)
  await expect(json).toHaveValue(/"x",\s*"y",\s*"a"/)

  await page.getByRole('button', { name: /^Step 2/ }).click({ position: { x: 60, y: 8 } })
  const names = inspector(page).getByRole('textbox', { name: /: name \d$/ })
  await expect(names).toHaveCount(1)
  await inspector(page).getByRole('button', { name: 'Add', exact: true }).click()
  await expect(names.nth(1)).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('se')
  await inspector(page).getByRole('textbox', { name: 'se', exact: true }).fill('Sweden')
  await expect(json).toHaveValue(/"no": "Norway",\s*"se": "Sweden"/)
  await paste(names.nth(1), 'dk\tDenmark\nfi\tFinland')
  await expect(names).toHaveCount(3)
  await expect(json).toHaveValue(/"no": "Norway",\s*"dk": "Denmark",\s*"fi": "Finland"/)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(json).toHaveValue(/"se": "Sweden"/)
  expect(errors).toEqual([])
})
