/**
 * The mapping view: source properties by system at the left, target properties at the right, and lines with the steps
 * between them.
 */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, watch } from './app.ts'

const entities = [
  { _id: '1', name: 'Ada', nick: 'A', mail: 'ADA@x.org', city: 'Oslo' },
  { _id: '2', nick: 'Bo', mail: 'bo@x.org' },
]
const pipe = {
  _id: 'people',
  type: 'pipe',
  source: { type: 'embedded', entities },
  transform: {
    type: 'dtl',
    rules: {
      default: [
        ['add', 'title', '_S.name'],
        ['add', 'mail', ['lower', '_S.mail']],
      ],
    },
  },
}

async function openMapping(page: Page): Promise<void> {
  const project = await importConfiguration(page, pipe)
  await page.goto(`${project}/pipe/people`)
  await expect(page.getByText('previewed in')).toBeVisible()
  await page.getByRole('radio', { name: 'Mapping' }).click()
  await expect(page.getByRole('row', { name: /^title/ })).toContainText('Ada')
}

const source = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}, in`) })
const target = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** The rule after the edit. */
async function rule(page: Page): Promise<unknown> {
  await page.getByRole('radio', { name: 'Text' }).click()
  const text = await page.locator('main .cm-content').innerText()
  await page.getByRole('radio', { name: 'Mapping' }).click()
  return JSON.parse(text).transform.rules.default
}

test('by mouse: dragged to map, dropped on a value to combine, one undo each', async ({ page }) => {
  const errors = watch(page)
  await openMapping(page)
  await expect(source(page, 'city')).toHaveAccessibleName('city, in 50 %, not used')
  await source(page, 'city').dragTo(page.locator('[data-map="target"]').last())
  await expect(page.getByRole('row', { name: /^city/ })).toContainText('Oslo')
  await source(page, 'nick').dragTo(page.getByRole('row', { name: /^title/ }))
  await page.getByRole('button', { name: 'nick where it is empty' }).click()
  await expect(page.getByRole('row', { name: /^title/ })).toContainText('2 sources')
  expect(await rule(page)).toEqual([
    ['add', 'title', ['coalesce', ['list', '_S.name', '_S.nick']]],
    ['add', 'mail', ['lower', '_S.mail']],
    ['add', 'city', '_S.city'],
  ])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByRole('row', { name: /^title/ })).toContainText('one source')
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByRole('row', { name: /^city/ })).toHaveCount(0)
  expect(errors).toEqual([])
})

test('by keyboard: picked up, laid down, combined, the next unused one found', async ({ page }) => {
  await openMapping(page)
  const { keyboard } = page
  await source(page, '_id').focus()
  await keyboard.press('u')
  await expect(source(page, 'nick')).toBeFocused()
  await keyboard.press('Space')
  await expect(page.getByText(/^nick: choose where it goes/)).toBeVisible()
  await keyboard.press('ArrowRight')
  await expect(target(page, 'title')).toBeFocused()
  await keyboard.press('+')
  await expect(page.getByRole('row', { name: /^title/ })).toContainText('2 sources')
  await source(page, 'city').focus()
  await keyboard.press('Space')
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /^city/ })).toContainText('Oslo')
  expect(await rule(page)).toEqual([
    ['add', 'title', ['coalesce', ['list', '_S.name', '_S.nick']]],
    ['add', 'mail', ['lower', '_S.mail']],
    ['add', 'city', '_S.city'],
  ])
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
  ).toEqual([])
})

test('what the data suggests is mapped by one click or all at once, and one undo takes it back', async ({ page }) => {
  const suggested = page.getByRole('region', { name: 'Suggested by the data' })
  const project = await importConfiguration(page, [
    pipe,
    {
      _id: 'report',
      type: 'pipe',
      source: { type: 'dataset', dataset: 'people' },
      transform: { type: 'dtl', rules: { default: [['add', 'x', ['concat', '_S.town', '_S.nickname']]] } },
    },
  ])
  await page.goto(`${project}/pipe/people`)
  await page.getByRole('radio', { name: 'Mapping' }).click()
  await expect(suggested.getByRole('listitem')).toHaveText([/city.*town.*report reads it/, /nick/])
  await suggested.getByRole('button', { name: 'Map city to town' }).click()
  await expect(page.getByRole('row', { name: /^town/ })).toContainText('Oslo')
  await expect(suggested.getByRole('listitem')).toHaveText([/nick/])
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByRole('row', { name: /^town/ })).toHaveCount(0)
  await expect(suggested.getByRole('listitem')).toHaveText([/city.*town/, /nick/])
  await suggested.getByRole('button', { name: 'Map nick to nick' }).click()
  await expect(page.getByRole('row', { name: /^nick/ })).toContainText('A')
  await expect(suggested.getByRole('button', { name: 'Map city to town' })).toBeFocused()
})
