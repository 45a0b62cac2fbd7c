/** axe finds no serious violation on any view, light and dark; the app is in Norwegian too. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openSample, runAll } from './app.ts'

const views = [
  'flow',
  'pipe/global-customer',
  'data',
  'data/global-customer',
  'search/-nobody',
  'types',
  'types/*/global-customer/sink',
  'runs',
  'operations',
  'files',
  'lineage',
  'lineage/global-customer/global-customer:email',
  'tests',
  'model',
  'deploy',
  'subscription',
  'subscription/price',
  'subscription/vpn',
  'subscription/invoices',
  'connect',
  'connect/kind%3Asystem%3Arest',
  'dtl',
  'dtl/join',
  'dtl/source%3Arest',
]

/** Views behind a tab or a button of a view. */
const hiddenViews: readonly {
  readonly view: string
  readonly role: 'tab' | 'radio' | 'button'
  readonly name: string
}[] = [
  { view: 'deploy', role: 'tab', name: 'Versions' },
  { view: 'deploy', role: 'tab', name: 'Effect on data' },
  { view: 'pipe/global-customer', role: 'button', name: 'Edit…' },
  { view: 'pipe/global-customer', role: 'radio', name: 'Properties' },
]

for (const scheme of ['light', 'dark'] as const) {
  test(`nothing serious on any view, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.goto('./')
    const found: string[] = []
    const check = async (view: string) => {
      found.push(...(await headingFaults(page)).map((fault) => `${view}: ${fault}`))
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, impact, nodes } of violations) {
        if (impact === 'serious' || impact === 'critical') {
          found.push(`${view}: ${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 160)}`)
        }
      }
    }
    await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible()
    await check('projects')
    const project = await openSample(page, 'Golden customer')
    await runAll(page)
    for (const view of views) {
      await page.goto(`${project}/${view}`)
      await page.waitForTimeout(500)
      await check(view)
    }
    await page.goto(`${project}/data/global-customer`)
    await page.getByRole('grid').getByRole('row').nth(1).click()
    await page.getByRole('tab', { name: 'Origin' }).click()
    await page.waitForTimeout(500)
    await check('origin')
    for (const { view, role, name } of hiddenViews) {
      await page.goto(`${project}/${view}`)
      await page.getByRole(role, { name }).first().click()
      await page.waitForTimeout(500)
      await check(`${view} ${name}`)
      await page.keyboard.press('Escape')
    }
    await page.keyboard.press('Control+k')
    await check('palette')
    expect(found).toEqual([])
  })
}

/** Views that need more than an address in a project; they have stories of their own. */
const testedElsewhere = ['projects', 'shared']

test('the views above are all that there are', () => {
  const declared = readdirSync(join(import.meta.dirname, '../../app/views'))
  const named = new Set([...views.map((view) => view.split('/')[0]), ...testedElsewhere])
  expect(declared.filter((view) => !named.has(view === 'reference' ? 'dtl' : view))).toEqual([])
})

/** The faults in the headings of a page: the first must be of level one, and no level may be skipped. */
async function headingFaults(page: Page): Promise<readonly string[]> {
  const levels = await page
    .locator('h1, h2, h3, h4, h5, h6')
    .evaluateAll((all) => all.filter((each) => each.checkVisibility()).map(({ tagName }) => Number(tagName[1])))
  const faults = levels.flatMap((level, at) =>
    level > (levels[at - 1] ?? 0) + 1
      ? [`a heading of level ${level} follows one of level ${levels[at - 1] ?? 0}`]
      : [],
  )
  const first = levels.filter((level) => level === 1).length
  return first === 1 ? faults : [...faults, `${first} headings of level 1`]
}

test('the language can be changed, and is kept', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Theme and language' }).click()
  await page.getByRole('menuitem', { name: 'Norsk bokmål' }).click()
  await expect(page.getByRole('heading', { name: 'Prosjekter', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Prosjekter', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'nb')
  // Texts of the engine are in the same language.
  await page.getByRole('button', { name: /^En sammensatt pipe/ }).click()
  await page.waitForURL(/\/flow$/)
  await page.goto(`${page.url().replace(/\/flow$/, '')}/dtl/upper`)
  await expect(page.getByText('Gjør tekster om til store bokstaver.')).toBeVisible()
})
