/** A two-way synchronisation of customers and orders between two systems, from CSV files and no JSON. */
import { expect, type Page, test } from '@playwright/test'
import { settled, watch } from './app.ts'

const files = {
  'crm-customer.csv':
    'id;name;email;phone\n1;Ada Lovelace;Ada@Example.org;+47 900 10 001\n2;Bo Berg;bo@example.org;\n3;Cy Dahl;cy@example.org;900 10 003\n',
  'crm-order.csv': 'id;customer_id;number;amount\n101;1;A-1;1499\n102;2;A-2;250\n',
  'shop-customer.csv':
    'no;name;email;phone\na;"LOVELACE, ADA";ada@example.org;90010001\nb;Eve Foss;eve@example.org;90010009\n',
  'shop-order.csv': 'no;customer_no;number;amount\n9001;a;A-1;1499\n9002;b;B-7;320\n',
}

const csvFiles = Object.entries(files).map(([name, text]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
}))

async function newModel(page: Page): Promise<string> {
  await page.goto('./')
  await page.getByRole('button', { name: 'New project' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await expect(page.getByText('engine idle')).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Model' }).click()
  await expect(page.getByRole('heading', { name: 'Which systems do you have?' })).toBeVisible()
  return page.url().replace(/\/model.*$/, '')
}

test('by mouse: files, concepts, keys, a dry run, generated and run', async ({ page }) => {
  const errors = watch(page)
  const project = await newModel(page)
  await page.getByTestId('model-first-files').setInputFiles(csvFiles)
  const dialog = page.getByRole('dialog', { name: 'Which records are these?' })
  for (const [name, key] of [
    ['crm-customer.csv', 'id'],
    ['crm-order.csv', 'id'],
    ['shop-customer.csv', 'no'],
    ['shop-order.csv', 'no'],
  ] as const) {
    const row = dialog.getByRole('listitem', { name })
    await expect(row.getByLabel('System')).toHaveValue(name.startsWith('crm') ? 'crm' : 'shop')
    await row.getByLabel('Each record is known by').selectOption(key)
  }
  await dialog.getByRole('button', { name: 'Add 4 datatypes' }).click()
  const systems = page.getByRole('region', { name: /^Systems/ })
  const concepts = page.getByRole('region', { name: /^Concepts/ })
  await expect(systems.getByRole('button', { name: 'crm customer, 3 records, not used' })).toBeVisible()
  await expect(systems.getByRole('button', { name: 'shop order, 2 records, not used' })).toBeVisible()

  await systems.getByRole('button', { name: /^crm customer/ }).dragTo(concepts.getByText('or press Enter on it'))
  const customer = concepts.getByRole('article', { name: 'customer' })
  await expect(customer).toBeVisible()
  await expect(page.getByRole('region', { name: 'Same values seen' })).toContainText('email')
  await systems.getByRole('button', { name: /^shop customer/ }).dragTo(customer)
  await expect(customer).toContainText('2 datatypes')
  await expect(customer).toContainText('email')
  await expect(customer).toContainText('lower case')
  await expect(customer).toContainText('% matched')
  await systems.getByRole('button', { name: /^crm order/ }).dragTo(concepts.getByText('or here for a new one'))
  const order = concepts.getByRole('article', { name: 'order' })
  await expect(order).toContainText('refers to customer')
  await systems.getByRole('button', { name: /^shop order/ }).dragTo(order)
  await expect(order).toContainText('number')

  await page.getByRole('tab', { name: 'Matching' }).click()
  await page.getByLabel('Concept', { exact: true }).selectOption('customer')
  await expect(page.getByRole('region', { name: 'From records to concepts' })).toContainText('2')
  await expect(page.getByText('5 records → 4 together')).toBeVisible()

  await page.getByRole('tab', { name: 'Mastering' }).click()
  await expect(
    page.getByRole('button', { name: /^name, crm-customer, name, 100 percent, Ada Lovelace, wins/ }),
  ).toBeVisible()
  await page
    .getByRole('button', { name: /^name, shop-customer/ })
    .dragTo(page.getByRole('button', { name: /^name, crm-customer/ }))
  await expect(page.getByRole('button', { name: /^name, shop-customer, .*wins/ })).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByRole('button', { name: /^name, crm-customer, .*wins/ })).toBeVisible()

  await page.getByRole('tab', { name: 'Sharing' }).click()
  await page.getByRole('button', { name: 'Dry run' }).click()
  const result = page.getByRole('region', { name: 'What would be sent now' })
  await expect(result).toContainText('LOVELACE, ADA')
  await expect(result).toContainText('first in the list')

  await page.getByRole('button', { name: 'Apply and run' }).click()
  await expect(page.getByText('The pipes are as the model says.')).toBeVisible()
  await settled(page)
  await page.goto(`${project}/data/global-customer`)
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(5)
  await page.goto(`${project}/data/shop-order-transform`)
  await expect(page.getByRole('main')).toContainText('insert')
  expect(errors).toEqual([])
})
