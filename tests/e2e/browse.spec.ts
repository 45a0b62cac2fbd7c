/** Browsing a dataset: columns, profiles of values, filters, comparisons, checks, test data; by mouse and keyboard. */
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, runAll, settled, watch } from './app.ts'

const cities = ['Oslo', 'Bergen', 'Tromsø']
const people = Array.from({ length: 60 }, (_, at) => ({
  _id: `p${String(at).padStart(2, '0')}`,
  'crm:name': `Person ${at}`,
  'crm:city': cities[at % 3],
  'crm:age': 20 + ((at * 7) % 40),
  'crm:boss': `~:people:p0${at % 4}`,
  'erp:tags': [{ tag: `t${at % 5}` }],
}))
const inOslo = people.filter((each) => each['crm:city'] === 'Oslo')
const configuration = [
  { _id: 'people', type: 'pipe', source: { type: 'embedded', entities: people } },
  {
    _id: 'adults',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'people' },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['filter', ['gte', '_S.crm:age', 30]],
          ['copy', '*'],
          ['if', ['eq', '_S.crm:city', 'Oslo'], ['add', 'crm:city', 'OSLO']],
        ],
      },
    },
  },
]

const tableOf = (page: Page) => page.getByRole('grid')
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const columnHead = (page: Page, name: string) => tableOf(page).locator(`[data-column="${name}"]`)
const ids = async (page: Page) => (await tableOf(page).locator('[data-cell="_id"]').allTextContents()).slice(0, 5)

async function openPeople(page: Page): Promise<string> {
  const at = await importConfiguration(page, configuration)
  await runAll(page)
  await page.goto(`${at}/data/people`)
  await expect(page.getByText('60 entities', { exact: true })).toBeVisible()
  return at
}

test('columns are profiled, filtered by a value, sorted, kept at the left, and a check of them runs', async ({
  page,
}) => {
  const errors = watch(page)
  const at = await openPeople(page)
  await expect(columnHead(page, '_id')).toHaveAccessibleName('_id, string, never null, unique')
  await expect(columnHead(page, 'crm:city')).toHaveAccessibleName('crm:city, string, never null, 3 different')

  await tableOf(page).getByRole('gridcell', { name: 'Oslo' }).first().click()
  await page.getByRole('button', { name: 'Only these' }).click()
  await expect(page.getByText(`${inOslo.length} entities`, { exact: true })).toBeVisible()
  await expect(columnHead(page, 'crm:city').getByText(`${inOslo.length} / ${inOslo.length}`)).toBeVisible()

  await columnHead(page, 'crm:age').getByRole('button').first().click()
  const sorted = inOslo
    .toSorted((a, b) => a['crm:age'] - b['crm:age'] || (a._id < b._id ? 1 : -1))
    .map(({ _id }) => _id)
  await columnHead(page, '_id')
    .getByRole('button')
    .first()
    .click({ modifiers: ['Shift'] })
  await columnHead(page, '_id')
    .getByRole('button')
    .first()
    .click({ modifiers: ['Shift'] })
  await expect.poll(() => ids(page)).toEqual(sorted.slice(0, 5))

  await columnHead(page, 'crm:age').hover()
  await columnHead(page, 'crm:age').getByRole('button', { name: 'Column crm:age' }).click()
  await page.getByRole('menuitem', { name: 'Keep at the left' }).click()
  await expect(tableOf(page).getByRole('columnheader').first()).toHaveAttribute('data-column', 'crm:age')

  // The values of a column, and a check made of them by one click; it runs with the tests.
  await columnHead(page, '_id').hover()
  await columnHead(page, '_id').getByRole('button', { name: 'Column _id' }).click()
  await page.getByRole('menuitem', { name: 'Look at the values' }).click()
  await expect(inspector(page).getByText('60 occur once')).toBeVisible()
  await page.getByRole('button', { name: 'Make a check: _id is unique' }).click()
  await expect(inspector(page).getByText('_id is unique')).toBeVisible()
  await settled(page)
  await page.goto(`${at}/tests`)
  await page.getByRole('button', { name: 'Run tests' }).click()
  await expect(page.getByRole('button', { name: 'people: _id unique' })).toBeVisible()
  await expect(page.getByText('1 passed, 0 failed.')).toBeVisible()
  expect(errors).toEqual([])
})

test('cells are walked by keys: filter, sort, profile, nested values, width', async ({ page }) => {
  const errors = watch(page)
  await openPeople(page)
  await tableOf(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('f')
  await expect(page.getByText('20 entities', { exact: true })).toBeVisible()
  await page.keyboard.press('s')
  await expect(columnHead(page, 'crm:city')).toHaveAttribute('aria-sort', 'ascending')
  const width = async () => (await columnHead(page, 'crm:city').boundingBox())?.width ?? 0
  const before = await width()
  await page.keyboard.press(']')
  await page.keyboard.press(']')
  await expect.poll(width).not.toBe(before)
  await page.keyboard.press('p')
  await expect(inspector(page).getByRole('heading', { name: 'crm:city' })).toBeVisible()
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(page.getByRole('list', { name: 'erp:tags' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tableOf(page)).toBeFocused()
  expect(errors).toEqual([])
})

test('two datasets are compared, a schema is read, and test data is edited and taken back', async ({ page }) => {
  const errors = watch(page)
  const at = await openPeople(page)
  const adults = people.filter((each) => each['crm:age'] >= 30)
  const changed = adults.filter((each) => each['crm:city'] === 'Oslo')
  await page.getByRole('radio', { name: 'Compare' }).click()
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('adults')
  await expect(page.getByText(`${adults.length - changed.length} entities are equal`)).toBeVisible()
  await expect(page.getByText(`${people.length - adults.length} entities only here`).first()).toBeVisible()
  const row = page.getByRole('table', { name: 'Properties that differ most' }).getByRole('row').nth(1)
  await expect(row).toHaveText(`crm:city${changed.length}00`)
  await page.getByRole('button', { name: changed[0]?._id ?? '' }).click()
  await expect(
    page.getByRole('heading', { name: `${changed[0]?._id} (people) → ${changed[0]?._id} (adults)` }),
  ).toBeVisible()

  await page.getByRole('radio', { name: 'Schema' }).click()
  await expect(page.getByRole('row', { name: /^crm:age integer 100 % 40 / })).toBeVisible()

  await page.goto(`${at}/data/people/p00`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const text = page.getByRole('textbox', { name: 'The entity as JSON' })
  await text.fill('{"_id": "p00", "crm:name": "Ada", "erp:new": 1}')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await settled(page)
  await runAll(page)
  await expect(inspector(page).getByText('erp:new')).toBeVisible()
  await page.getByRole('radio', { name: 'Schema' }).click()
  await expect(page.getByText('erp:new is new')).toBeVisible()
  await page.getByRole('button', { name: 'Undo: Edit p00' }).click()
  await runAll(page)
  await expect(page.getByText('erp:new is gone')).toBeVisible()
  expect(errors).toEqual([])
})
