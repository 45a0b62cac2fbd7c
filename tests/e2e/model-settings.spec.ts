/** All settings of a model are set in forms, by mouse and keyboard; mapping files are imported and exported. */
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { settled, watch } from './app.ts'

const mappingFile = `version: "1.0"
sources: { crm: { primary_key: id }, erp: { primary_key: nr } }
targets: { customer: { fields: { email: identity, country: coalesce } } }
mappings:
  - { name: crm, source: crm, target: customer, fields: [{ source: email, target: email }, { source: land, target: country }] }
  - { name: erp, source: erp, target: customer, fields: [{ source: mail, target: email }, { source: country, target: country }] }
`

async function imported(page: Page): Promise<void> {
  await page.goto('./')
  await page.getByRole('button', { name: 'New project' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await expect(page.getByText('engine idle')).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Model', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Which systems do you have?' })).toBeVisible()
  const buffer = Buffer.from(mappingFile)
  await page
    .getByTestId('model-first-mapping')
    .setInputFiles([{ name: 'customers.yaml', mimeType: 'text/yaml', buffer }])
  await expect(page.getByRole('article', { name: 'customer' })).toBeVisible()
}

/** Saves the model as a mapping file and reads it. */
async function exported(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Model file' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save as a mapping file' }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}

test('a vocabulary and what a deletion means, set in forms, go out in a mapping file as far as it can say them', async ({
  page,
}) => {
  const errors = watch(page)
  await imported(page)
  await page.getByRole('tab', { name: 'Sharing' }).click()
  await page.getByRole('button', { name: 'Settings of crm', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Settings of crm' })
  await dialog.getByRole('textbox', { name: 'Find a setting' }).first().fill('gone')
  await dialog.getByRole('button', { name: 'Set: When a record is gone' }).click()
  await dialog.getByRole('combobox', { name: 'When a record is gone' }).selectOption('it is deleted in the others')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await dialog.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('tab', { name: 'Mastering' }).click()
  await page.getByRole('button', { name: /^country, crm/ }).click()
  await page
    .getByRole('button', { name: /^Settings of country/ })
    .last()
    .focus()
  await page.keyboard.press('Enter')
  const mapped = page.getByRole('dialog', { name: 'Settings of country' })
  await mapped.getByRole('button', { name: 'Set: Vocabulary' }).focus()
  await page.keyboard.press('Enter')
  await mapped.getByRole('textbox', { name: 'In the system' }).fill('Norge')
  await mapped.getByRole('textbox', { name: 'In the concept' }).fill('NO')
  await page.keyboard.press('Escape')
  await expect(mapped).toBeHidden()

  const yaml = await exported(page)
  expect(yaml).toContain("WHEN 'Norge' THEN 'NO'")
  const left = page.getByRole('dialog', { name: /not in the file/ })
  await expect(left).toContainText('what it means that a record is gone')
  await page.keyboard.press('Escape')
  await expect(left).toBeHidden()
  await page.keyboard.press('Control+z')
  await settled(page)
  expect(errors).toEqual([])
})
