/** A two-way synchronisation of customers and orders between two systems, from CSV files and no JSON. */
import AxeBuilder from '@axe-core/playwright'
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
  await page.getByRole('navigation').getByRole('link', { name: 'Model', exact: true }).click()
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
    await row.getByLabel('Id of each record').selectOption(key)
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
    page.getByRole('button', { name: /^name, crm-customer, name, 100 percent, Ada Lovelace, number 1, wins/ }),
  ).toBeVisible()
  await page
    .getByRole('button', { name: /^name, shop-customer/ })
    .dragTo(page.getByRole('button', { name: /^name, crm-customer/ }))
  await expect(page.getByRole('button', { name: /^name, shop-customer, .*wins/ })).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByRole('button', { name: /^name, crm-customer, .*wins/ })).toBeVisible()

  await page.getByRole('tab', { name: 'Sharing' }).click()
  const result = page.getByRole('region', { name: 'What would be sent now' })
  await expect(result).toContainText('LOVELACE, ADA')
  await expect(result).toContainText('first in the list')

  await page.getByRole('button', { name: 'Apply and run' }).click()
  await expect(page.getByText('The pipes match the model.')).toBeVisible()
  await settled(page)
  await page.goto(`${project}/data/global-customer`)
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(5)
  await page.goto(`${project}/data/shop-order-transform`)
  await expect(page.getByRole('main')).toContainText('insert')
  expect(errors).toEqual([])
})

test('by keyboard: the same with Tab, arrows and Enter alone', async ({ page }) => {
  const errors = watch(page)
  await newModel(page)
  const main = page.getByRole('main')
  await page.getByTestId('model-first-files').setInputFiles(csvFiles)
  const dialog = page.getByRole('dialog', { name: 'Which records are these?' })
  await expect(dialog.getByText('2 rows · 4 columns')).toHaveCount(3)
  for (const key of await dialog.getByLabel('Id of each record').all()) {
    await key.focus()
    await page.keyboard.press('Home')
    await expect(key).toHaveValue(/^(id|no)$/)
  }
  await dialog.getByRole('button', { name: 'Add 4 datatypes' }).press('Enter')

  const linkDatatype = async (datatype: string, choice: string) => {
    await main.getByRole('button', { name: new RegExp(`^${datatype}, \\d`) }).press('Enter')
    const list = page.getByRole('combobox', { name: 'Its records are' })
    await expect(list).toBeFocused()
    await page.keyboard.type(choice)
    await page.keyboard.press('Enter')
    await expect(main.getByRole('button', { name: new RegExp(`^${datatype}, .*feeds`) })).toBeVisible()
  }
  await linkDatatype('crm customer', 'a new concept')
  await linkDatatype('shop customer', 'customer')
  await linkDatatype('crm order', 'a new concept')
  await linkDatatype('shop order', 'order')

  await page.getByRole('tab', { name: 'Board' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'From records to concepts' })).toBeVisible()
  await page.getByLabel('Concept', { exact: true }).selectOption('customer')
  await main.getByRole('button', { name: 'Key', exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'phone' }).press('Enter')
  await expect(main.getByRole('region', { name: 'Key phone' })).toBeVisible()
  await main.getByRole('button', { name: 'Normalisation of phone' }).press('Enter')
  await page.getByRole('menuitem', { name: 'digits only' }).press('Enter')
  await main.getByRole('button', { name: 'Normalisation of phone' }).press('Enter')
  await page.getByRole('menuitem', { name: 'last 8' }).press('Enter')
  await expect(main.getByRole('region', { name: 'Key phone' })).toContainText('2 match')

  await page.getByRole('tab', { name: 'Matching' }).focus()
  await page.keyboard.press('ArrowRight')
  const cell = main.getByRole('button', { name: /^name, crm-customer/ })
  await expect(cell).toHaveAccessibleName(/wins$/)
  await cell.focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(main.getByRole('button', { name: /^name, shop-customer, .*wins$/ })).toBeVisible()
  await main.getByRole('button', { name: /^name, crm-customer/ }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(main.getByRole('button', { name: /^email, crm-customer/ })).toBeFocused()

  await page.getByRole('button', { name: 'Apply and run' }).press('Enter')
  await expect(page.getByText('The pipes match the model.')).toBeVisible()
  await settled(page)
  await page.keyboard.press('Alt+2')
  await expect(page).toHaveURL(/\/data/)
  await expect(page.getByRole('main')).toContainText('global-customer')
  expect(errors).toEqual([])
})

test('nothing serious for people who cannot see or use a mouse, in both themes', async ({ page }) => {
  await newModel(page)
  await page.getByRole('button', { name: 'Try it with sample data' }).click()
  await expect(page.getByRole('article', { name: 'order' })).toContainText('% matched')
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    for (const part of ['Board', 'Matching', 'Mastering', 'Sharing', 'Generate']) {
      await page.getByRole('tab', { name: part }).click()
      if (part === 'Sharing')
        await expect(page.getByRole('region', { name: 'What would be sent now' })).toContainText('Solveig')
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => [theme, part, id, nodes.map(({ html }) => html)])).toEqual([])
    }
  }
})

test('an edit by hand of a generated pipe is kept, shown, and taken into the model', async ({ page }) => {
  const project = await newModel(page)
  await page.getByRole('button', { name: 'Try it with sample data' }).click()
  await expect(page.getByRole('article', { name: 'order' })).toContainText('% matched')
  await page.getByRole('button', { name: 'Apply and run' }).click()
  await expect(page.getByText('The pipes match the model.')).toBeVisible()
  await settled(page)
  await page.goto(`${project}/pipe/global-customer`)
  await page.getByRole('radio', { name: 'Text' }).click()
  const editor = page.locator('.cm-content')
  await expect(editor).toContainText('"version": 2')
  await editor.getByText('"version": 2').click()
  await page.keyboard.press('Home')
  await page.keyboard.insertText('"max_merged": 5, ')
  await expect(editor).toContainText('"max_merged": 5')
  await settled(page)
  await page.goto(`${project}/model/generate`)
  await expect(page.getByText('1 edited by hand')).toBeVisible()
  const component = page.getByRole('region', { name: 'global-customer', exact: true })
  await expect(component).toContainText('max_merged')
  await component.getByRole('button', { name: 'Take into the model' }).click()
  await expect(page.getByText('The pipes match the model.')).toBeVisible()
  await expect(page.getByText('1 edited by hand')).toHaveCount(0)
  await page.getByRole('tab', { name: 'Matching' }).click()
  await page.getByLabel('Concept', { exact: true }).selectOption('customer')
  await expect(page.getByLabel('at most')).toHaveValue('5')
})

test('the model as text: typed at once into all parts, broken with its place, undone, and read only in a second tab', async ({
  page,
}) => {
  const errors = watch(page)
  const project = await newModel(page)
  await page.getByRole('button', { name: 'Try it with sample data' }).click()
  await expect(page.getByRole('article', { name: 'order' })).toBeVisible()
  await page.getByRole('tab', { name: 'Text' }).click()
  const editor = page.locator('.cm-content')
  await editor.getByText('"version": 1').click()
  await page.keyboard.press('End')
  await page.keyboard.insertText(' "description": "typed here",{')
  await expect(page.getByRole('region', { name: 'What is wrong with the model' })).toContainText('model.json')
  await page.getByRole('tab', { name: 'Board' }).click()
  await expect(page.getByText('The model cannot be read')).toBeVisible()
  await page.getByRole('button', { name: 'Correct it as text' }).click()
  await editor.getByText('"typed here"').click()
  await page.keyboard.press('End')
  await page.keyboard.press('Backspace')
  await expect(page.getByRole('region', { name: 'What is wrong with the model' })).toHaveCount(0)
  await page.getByRole('tab', { name: 'Board' }).click()
  await page.getByRole('article', { name: 'customer' }).click()
  await page.getByLabel('Description').fill('People who buy')
  await page.getByRole('tab', { name: 'Text' }).click()
  await expect(editor).toContainText('typed here')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  const other = await page.context().newPage()
  await other.goto(`${project}/model/text`)
  await expect(other.locator('.cm-content')).toContainText('typed here')
  await expect(other.locator('.cm-content')).toHaveAttribute('aria-readonly', 'true')
  await other.close()
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo/ })
  await undo.click()
  await expect(undo).toHaveAccessibleName(/Model edited as text/)
  await undo.click()
  await expect(editor).not.toContainText('typed here')
  expect(errors).toEqual([])
})
