/** axe finds nothing serious on any view, light and dark; the app speaks Norwegian too. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { openSample, runAll } from './app.ts'

const views = [
  'flow',
  'pipe/global-customer',
  'data/global-customer',
  'search/-nobody',
  'runs',
  'lineage',
  'lineage/global-customer/global-customer:email',
  'tests',
  'model',
  'deploy',
  'subscription',
  'subscription/price',
  'subscription/vpn',
  'subscription/invoices',
  'dtl',
  'dtl/join',
  'dtl/source%3Arest',
]

/** Views behind a tab or a button of a view. */
const behind: readonly { readonly view: string; readonly role: 'tab' | 'radio' | 'button'; readonly name: string }[] = [
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
    for (const { view, role, name } of behind) {
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

test('the language can be changed, and is kept', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Theme and language' }).click()
  await page.getByRole('menuitem', { name: 'Norsk bokmål' }).click()
  await expect(page.getByRole('heading', { name: 'Prosjekter', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Prosjekter', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'nb')
  // What the engine declares and finds is said in the same language.
  await page.getByRole('button', { name: /^En sammensatt pipe/ }).click()
  await page.waitForURL(/\/flow$/)
  await page.goto(`${page.url().replace(/\/flow$/, '')}/dtl/upper`)
  await expect(page.getByText('Skriver tekster med store bokstaver.')).toBeVisible()
})
