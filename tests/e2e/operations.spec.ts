/**
 * The operations view: the timeline of a run, failures by cause, rates, next runs; by keyboard, as tables, in both
 * languages.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, openSample, runAll, settled, watch } from './app.ts'

async function checkAccessibility(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
}

test('the operations of a sample: what ran when, what became of the entities, how well it matched', async ({
  page,
}) => {
  const errors = watch(page)
  const project = await openSample(page, 'Golden customer')
  await page.goto(`${project}/operations`)
  await expect(page.getByRole('heading', { name: 'Nothing has run yet' })).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Run all' }).click()
  await settled(page)
  await expect(page.getByRole('heading', { name: /^Run 1/ })).toBeVisible()
  const timeline = page.getByRole('region', { name: 'The run in time' })
  await expect(timeline.getByRole('row', { name: /global-customer begins at/ })).toContainText('8')
  await expect(page.getByRole('region', { name: 'Match rates' })).toContainText('global-customer')
  await expect(page.getByRole('region', { name: 'What happened to the entities' })).toContainText('Written')
  await expect(page.getByRole('region', { name: 'Next runs' }).getByRole('listitem').first()).toBeVisible()
  await checkAccessibility(page)

  await test.step('by keyboard', async () => {
    await timeline.getByRole('link').first().focus()
    await page.keyboard.press('End')
    const last = timeline.getByRole('link').last()
    await expect(last).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(last).not.toBeFocused()
  })

  await test.step('charts over time, and their values as tables', async () => {
    await page.getByRole('radio', { name: 'Hour' }).click()
    const chart = page.getByRole('region', { name: 'Entities over time' })
    await expect(chart.getByRole('img', { name: /Entities over time\. read: \d+/ })).toBeVisible()
    await expect(chart.locator('canvas')).toBeVisible()
    await checkAccessibility(page)
    await chart.getByRole('button', { name: 'As a table' }).click()
    await expect(chart.getByRole('table').getByRole('row')).toHaveCount(2)
  })

  await test.step('the runs before', async () => {
    await runAll(page)
    await page.getByRole('radio', { name: 'This run' }).click()
    await expect(page.getByRole('heading', { name: /^Run 2/ })).toBeVisible()
    await page.getByRole('button', { name: 'Earlier run' }).click()
    await expect(page.getByRole('heading', { name: /^Run 1/ })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: /^Run 1/ })).toBeVisible()
  })
  expect(errors).toEqual([])
})

test('what fails stands together by its cause, with what waits and what to do', async ({ page }) => {
  const rules = { type: 'dtl', rules: { default: [['add', 'x', ['fail!', 'the service is closed']]] } }
  const pipe = (_id: string, more: object) => ({ _id, type: 'pipe', ...more })
  const source = { type: 'dataset', dataset: 'people' }
  const project = await importConfiguration(page, [
    pipe('people', { source: { type: 'embedded', entities: [{ _id: '1' }, { _id: '2' }] } }),
    pipe('north', { source, transform: rules }),
    pipe('south', { source, transform: rules }),
  ])
  await settled(page)
  await page.goto(`${project}/operations`)
  await page.getByRole('main').getByRole('button', { name: 'Run all' }).click()
  const failures = page.getByRole('region', { name: 'Failures by cause' })
  await expect(failures).toContainText('1 cause, 2 pipes')
  await expect(failures).toContainText('4 entities wait')
  await failures.getByRole('button', { name: 'Run again' }).click()
  await expect(failures.getByRole('link', { name: 'north × 2' })).toBeVisible()
  await checkAccessibility(page)

  await test.step('a notification rule tells of it, in the page and in the list', async () => {
    const rules = page.getByRole('region', { name: 'Notifications' })
    await rules.getByRole('button', { name: 'New rule' }).click()
    const dialog = page.getByRole('dialog', { name: 'Notification rule' })
    await dialog.getByLabel('Pipe').selectOption('north')
    await dialog.getByLabel('Times in a row').fill('3')
    await dialog.getByRole('button', { name: 'Add a recipient' }).click()
    await dialog.getByLabel('How').selectOption('desktop')
    await dialog.getByRole('button', { name: 'Add a recipient' }).click()
    await dialog.getByLabel('How').nth(1).selectOption('email')
    await expect(dialog.getByText('Only a server sends e-mail')).toBeVisible()
    await dialog.getByLabel('Recipient', { exact: true }).fill('ops@example.com')
    await checkAccessibility(page)
    await dialog.getByRole('button', { name: 'Save rule' }).click()
    await expect(rules.getByText('No notification has been sent yet.')).toBeVisible()
    await failures.getByRole('button', { name: 'Run again' }).click()
    await expect(rules.getByText(/^north failed 3 times in a row:/)).toBeVisible()
    await expect(rules.getByText('Desktop: sent')).toBeVisible()
    await expect(rules.getByText('ops@example.com: not sent (it cannot be sent from here)')).toBeVisible()
    await checkAccessibility(page)
  })
})

for (const [name, width, theme, language] of [
  ['narrow', 768, 'light', 'en'],
  ['usual', 1440, 'dark', 'nb'],
  ['wide', 1920, 'light', 'nb'],
] as const)
  test(`operations at ${width} pixels, ${theme}, ${language}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    const project = await openSample(page, 'Golden customer')
    await page.evaluate((settings) => localStorage.setItem('pipewright.settings', JSON.stringify(settings)), {
      theme,
      language,
      welcomed: true,
    })
    await page.goto(`${project}/operations`)
    await page.reload()
    await page
      .getByRole('main')
      .getByRole('button', { name: language === 'nb' ? /Kjør/ : /Run/ })
      .click()
    await expect(page.getByRole('heading', { level: 1, name: /1/ })).toBeVisible()
    await page.screenshot({ path: test.info().outputPath(`operations-${name}.png`) })
    await checkAccessibility(page)
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
    expect(wider).toBe(false)
  })
