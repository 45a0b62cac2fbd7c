/**
 * The map of a project with many pipes: groups by system and concept are selected, filtered and opened by mouse and
 * keyboard.
 */
import { expect, test } from '@playwright/test'
import { importConfiguration, settled, watch } from './app.ts'

const systems = ['crm', 'erp', 'shop', 'hr', 'web']
const concepts = ['customer', 'order', 'product', 'employee']
const restSystem = {
  type: 'system:rest',
  url_pattern: 'https://x.example/%s',
  operations: { list: { url: 'x', method: 'GET' } },
}

const node = [
  ...systems.map((_id) => ({ _id, ...restSystem })),
  ...concepts.flatMap((concept) => [
    ...systems.flatMap((system) => [
      { _id: `${system}-${concept}-collect`, type: 'pipe', source: { type: 'rest', system, operation: 'list' } },
      {
        _id: `${system}-${concept}-enrich`,
        type: 'pipe',
        source: { type: 'dataset', dataset: `${system}-${concept}-collect` },
      },
      {
        _id: `${system}-${concept}-transform`,
        type: 'pipe',
        source: { type: 'dataset', dataset: `global-${concept}` },
      },
      {
        _id: `${system}-${concept}-share`,
        type: 'pipe',
        source: { type: 'dataset', dataset: `${system}-${concept}-transform` },
        sink: { type: 'rest', system, operation: 'list' },
      },
    ]),
    {
      _id: `global-${concept}`,
      type: 'pipe',
      metadata: { global: true },
      source: {
        type: 'merge',
        version: 2,
        datasets: systems.map((system) => `${system}-${concept}-enrich ${system}`),
        equality_sets: [systems.map((system) => `${system}.email`)],
      },
    },
  ]),
  // One pipe that fails, because its rule does not exist.
  {
    _id: 'crm-broken',
    type: 'pipe',
    source: { type: 'rest', system: 'crm', operation: 'list' },
    transform: { type: 'dtl', rules: { default: [['add', 'x', ['no-such-function']]] } },
  },
  ...Array.from({ length: 20 }, (_, at) => ({
    _id: `web-page${at}-collect`,
    type: 'pipe',
    source: { type: 'rest', system: 'web', operation: 'list' },
  })),
]

test('a large project opens as groups; a group opens to its pipes, a pipe to its rules', async ({ page }) => {
  const errors = watch(page)
  await importConfiguration(page, node)
  await settled(page)
  const map = page.getByRole('region', { name: 'The project as groups of pipes' })
  const group = (name: RegExp) => map.getByRole('group', { name })
  await expect(group(/^customer, concept, 1 pipe$/)).toBeVisible()
  await expect(group(/^crm, in from a system, 9 pipes, 1 failed$/)).toBeVisible()
  await expect(group(/^shop, out to a system, 8 pipes$/)).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('map.png') })

  await map.getByRole('button', { name: 'Failed 1' }).click()
  await expect(page.getByRole('link', { name: 'crm-broken' })).toBeVisible()
  await map.getByRole('button', { name: /^All/ }).first().click()

  await group(/^customer, concept/).click()
  await expect(page.getByRole('heading', { name: 'customer' })).toBeVisible()
  await expect(page.getByText('concept: 1 pipe, 5 wires in, 5 wires out.')).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('heading', { name: 'customer' })).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(map.getByRole('group', { name: /^[a-z]+-[a-z0-9]+-collect, rest/ }).first()).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('opened.png') })
  // Names of pipes are never below 12 px on screen.
  const zoom = () =>
    page.locator('.react-flow__viewport').evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a)
  await expect.poll(zoom).toBeGreaterThanOrEqual(12 / 13)
  await page.keyboard.press('Escape')
  await expect(group(/^order, concept/)).toBeVisible()

  // The minimap and the menus are available on the level of groups too.
  await expect(map.getByRole('img', { name: 'Map' })).toBeVisible()
  await group(/^crm, in from a system/).click({ button: 'right' })
  const menu = page.getByRole('menu', { name: 'Actions' })
  await expect(menu.getByRole('menuitem', { name: 'Run the pipes of this group' })).toBeVisible()
  await menu.getByRole('menuitem', { name: /^Open/ }).click()
  await expect(map.getByRole('group', { name: /^crm-broken/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(group(/^order, concept/)).toBeVisible()

  await page.getByRole('radio', { name: 'Pipes' }).click()
  await expect(page.getByRole('region', { name: 'The project as a graph' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('region', { name: 'The project as a graph' })).toBeVisible()
  expect(errors).toEqual([])
})
