/** Starting from data: files dropped on the list of projects become a project that merges and joins them. */
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { customers, kunder, ordrer, windows1252 } from '../support/analyst-files.ts'
import { row, settled, watch } from './app.ts'

const files = [
  { name: 'kunder.csv', mimeType: 'text/csv', buffer: Buffer.from(windows1252(kunder)) },
  { name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(customers) },
  { name: 'ordrer.csv', mimeType: 'text/csv', buffer: Buffer.from(windows1252(ordrer)) },
]

/** Drops files on the page, as dragging them from the desktop does. */
async function drop(page: Page, target: string, dropped: typeof files): Promise<void> {
  const transfer = await page.evaluateHandle(
    (given) => {
      const made = new DataTransfer()
      for (const { name, bytes } of given) made.items.add(new File([new Uint8Array(bytes)], name))
      return made
    },
    dropped.map(({ name, buffer }) => ({ name, bytes: [...buffer] })),
  )
  await page.locator(target).dispatchEvent('dragenter', { dataTransfer: transfer })
  await expect(page.getByText('Let go to read the files')).toBeVisible()
  await page.locator(target).dispatchEvent('drop', { dataTransfer: transfer })
}

test('three files dropped on the list of projects become one flow', async ({ page }) => {
  const errors = watch(page)
  await page.goto('./')
  // The app comes after its first paint.
  await expect(page.getByRole('button', { name: 'Import…' })).toBeVisible()
  await drop(page, 'main', files)
  const card = page.getByRole('article', { name: 'kunder.csv' })
  await expect(card).toContainText('6 rows · 8 columns')
  await expect(card.getByRole('combobox', { name: 'Columns are separated by' })).toHaveValue(';')
  await expect(card.getByRole('combobox', { name: 'Character set' })).toHaveValue('windows-1252')
  await expect(card.getByRole('combobox', { name: 'Id of each row' })).toHaveValue('Kundenr')
  await expect(card.getByRole('switch', { name: 'Convert Telefon: phone' })).toBeChecked()
  await expect(card.getByRole('switch', { name: 'Convert E-post: lower case' })).not.toBeChecked()
  await expect(card.getByRole('row', { name: /^Kunde siden dates, dd.mm.yyyy/ })).toContainText('1 stays as it is')
  await expect(card.getByRole('region', { name: 'First rows' })).toContainText('+47 91 23 45 67')

  const relations = page.getByRole('region', { name: 'Relations between the files' })
  await expect(relations).toContainText('3 in both')
  await expect(relations).toContainText('5 of 6 in ordrer are found')
  const axe = await new AxeBuilder({ page }).analyze()
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  if (process.env.SHOTS) {
    await page.screenshot({ path: `${process.env.SHOTS}/start-light.png` })
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'))
    await page.screenshot({ path: `${process.env.SHOTS}/start-dark.png` })
  }
  await page.getByRole('textbox', { name: 'Name' }).fill('Fjord Sport')
  await page.getByRole('button', { name: 'Make the project' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  await expect(page.getByRole('group', { name: /^global-kunder/ })).toContainText('7')
  await expect(page.getByText(/problem/)).toHaveCount(0)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/flow.png` })

  await page.goto(page.url().replace(/\/flow$/, '/data/global-kunder'))
  await expect(row(page, '01001')).toContainText('Åse Bjørnstad')
  expect(errors).toEqual([])
})

test('what is decided about a file is what the pipe does, and undo takes it back', async ({ page }) => {
  const errors = watch(page)
  await page.goto('./')
  // The app comes after its first paint.
  await expect(page.getByRole('button', { name: 'Import…' })).toBeVisible()
  await page.getByRole('button', { name: 'New project' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await drop(page, 'main', files.slice(0, 1))
  const card = page.getByRole('article', { name: 'kunder.csv' })
  await card.getByRole('switch', { name: 'Convert Telefon: phone' }).click()
  await card.getByRole('combobox', { name: 'Id of each row' }).selectOption('E-post')
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  const flow = page.url()
  await page.goto(flow.replace(/\/flow$/, '/data/kunder'))
  await expect(row(page, 'kare@sorlie.no')).toContainText('41223344')
  await page.goto(flow)
  await page.getByRole('button', { name: 'Undo: Add kunder' }).click()
  await expect(page.getByText('No pipes yet')).toBeVisible()
  expect(errors).toEqual([])
})

test('a pasted table and JSON are data; the export holds what was given', async ({ page }) => {
  await page.goto('./')
  // The app comes after its first paint.
  await expect(page.getByRole('button', { name: 'Import…' })).toBeVisible()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'navn\tbeløp\nÅse\t12,50\nBo\t3,00\n')
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  const card = page.getByRole('article', { name: 'table.csv' })
  await expect(card.getByRole('switch', { name: 'Convert beløp: decimal' })).toBeChecked()
  await page.getByTestId('data-files').setInputFiles([
    {
      name: 'people.json',
      mimeType: 'application/json',
      buffer: Buffer.from('[{"navn":"Åse","age":1},{"navn":"Bo","age":2}]'),
    },
  ])
  await expect(page.getByRole('list', { name: 'Files' })).toContainText('2 rows · 2 columns')
  await page.getByRole('button', { name: 'Make the project' }).click()
  await settled(page)
  await page.getByRole('link', { name: 'Deploy', exact: true }).click()
  await page.getByRole('button', { name: 'Export project…' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as zip' }).click()
  const zip = unzipSync(await readFile(await (await download).path()))
  expect(strFromU8(zip['testdata/table.csv'] ?? new Uint8Array())).toBe('navn\tbeløp\r\nÅse\t12,50\r\nBo\t3,00')
  expect(strFromU8(zip['testdata/people.ndjson'] ?? new Uint8Array())).toContain('{"_id":"Åse","navn":"Åse","age":1}')
})
