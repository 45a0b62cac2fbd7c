/** Actions of a person before the engine's first answer are carried out after it. */
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, settled } from './app.ts'

test.use({ serviceWorkers: 'block' })

/** Delays the scripts of workers until the returned function is called. */
async function slowEngine(page: Page): Promise<() => void> {
  let releaseEngine = () => {}
  const released = new Promise<void>((resolve) => (releaseEngine = resolve))
  await page.route(/\/assets\/worker-[^/]*\.js/, async (route) => {
    await released
    await route.continue()
  })
  return releaseEngine
}

test('Enter in the search of the reference opens the first entry once the list is there', async ({ page }) => {
  const release = await slowEngine(page)
  await page.goto('./#/dtl')
  await page.getByRole('searchbox', { name: 'Find in reference' }).fill('datetime-parse')
  await page.keyboard.press('Enter')
  release()
  await expect(page).toHaveURL(/#\/dtl\/datetime-parse$/)
  await expect(page.getByRole('article')).toContainText('datetime-parse')
})

test('a name is changed everywhere, also when the dialog was opened before the functions were known', async ({
  page,
}) => {
  const hops = { datasets: ['people p'], where: ['eq', '_S._id', 'p._id'] }
  const rules = { default: [['add', 'x', ['hops', hops]]] }
  const source = { type: 'embedded', entities: [{ _id: '1' }] }
  const address = await importConfiguration(page, [
    { _id: 'people', type: 'pipe', source },
    { _id: 'other', type: 'pipe', source, transform: { type: 'dtl', rules } },
  ])
  await settled(page)
  const release = await slowEngine(page)
  await page.goto(`${address}/pipe/people`)
  await page.reload()
  await expect(page.getByRole('region', { name: /^source/ })).toBeVisible()
  await page.keyboard.press('F2')
  await expect(page.getByRole('dialog')).toContainText('Loading')
  release()
  await page.getByRole('textbox', { name: 'New name' }).fill('persons')
  await page.getByRole('button', { name: 'Rename in 2 places' }).click()
  await expect(page).toHaveURL(/\/pipe\/persons$/)
  await page.goto(`${address}/pipe/other`)
  await page.getByRole('radio', { name: 'Text' }).click()
  await expect(page.locator('main .cm-content')).toContainText('"persons p"')
})
