/**
 * Walking one entity through a pipe, step by step: by keys and by mouse, from a wrong value, beside a second entity,
 * with breakpoints.
 */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openSample, row, runAll, watch } from './app.ts'

async function openWalk(page: Page): Promise<string> {
  const project = await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.goto(`${project}/pipe/customer-order`)
  await expect(page.getByText('previewed in')).toBeVisible()
  await page.keyboard.press('w')
  await expect(page.getByRole('region', { name: 'The steps of p1' })).toBeVisible()
  await expect(currentStep(page)).toContainText('keep only if')
  return project
}

const currentStep = (page: Page) => page.locator('ol [aria-current=step]')
const stepStatus = (page: Page) => page.getByRole('region', { name: /^The steps of/ }).getByRole('status')

test('an entity is walked by keys: beside, into rows and out, to a breakpoint', async ({ page }) => {
  const errors = watch(page)
  await openWalk(page)
  const { keyboard } = page
  await test.step('step by step, and what each changed is said', async () => {
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowRight')
    await expect(currentStep(page)).toContainText('add email')
    await expect(stepStatus(page)).toContainText('email is ada@example.org')
    await expect(page.getByText('step 4 of', { exact: false })).toBeVisible()
  })
  await test.step('into the rule that is applied to each row', async () => {
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowRight')
    await expect(currentStep(page)).toContainText('add orders')
    await expect(page.getByRole('region', { name: 'Found in shop-order' }).getByRole('row')).toHaveCount(4)
    await keyboard.press('ArrowDown')
    await expect(currentStep(page)).toContainText('copy')
    await expect(page.getByText(', inside', { exact: false })).toBeVisible()
    await keyboard.press('ArrowRight')
    await expect(currentStep(page)).toContainText('add order')
    await keyboard.press('ArrowUp')
    await expect(currentStep(page)).toContainText('add orders')
  })
  await test.step('a breakpoint, and on to it from the start', async () => {
    await keyboard.press('ArrowRight')
    await expect(currentStep(page)).toContainText('add total')
    await keyboard.press('b')
    await expect(page.getByText('1 breakpoint', { exact: true })).toBeVisible()
    await keyboard.press('Home')
    await expect(currentStep(page)).toContainText('from 2 datasets')
    await expect(page.getByRole('region', { name: /^Found in/ })).toBeVisible()
    await keyboard.press('g')
    await expect(currentStep(page)).toContainText('add total')
    await keyboard.press('End')
    await expect(currentStep(page)).toContainText('add country_name')
  })
  expect(errors).toEqual([])
})

test('from a wrong value in a dataset to the step that made it in two clicks', async ({ page }) => {
  const project = await openWalk(page)
  await page.goto(`${project}/data/customer-order`)
  await row(page, '501-o1').click()
  await page.getByRole('button', { name: 'Which step made class?' }).click()
  await expect(page).toHaveURL(/\/pipe\/customer-order$/)
  await expect(currentStep(page)).toContainText('add class')
  await expect(currentStep(page)).toContainText('gold')
  await page.getByRole('button', { name: 'Edit this step' }).click()
  await expect(page.getByRole('button', { name: /^Step 4: add class/ })).toBeVisible()
})

test('two entities beside each other, why one does not go on, and a condition by mouse', async ({ page }) => {
  await openWalk(page)
  await test.step('a breakpoint stops only where its condition holds', async () => {
    await page.getByRole('button', { name: 'Next step' }).click()
    await page.getByRole('button', { name: 'Next step' }).click()
    await page.getByRole('checkbox', { name: 'Stop here' }).check()
    await expect(page.getByText('stops here', { exact: true })).toBeVisible()
    await page.getByRole('combobox', { name: 'When it stops' }).selectOption('source')
    await page.getByRole('textbox', { name: 'Property' }).fill('country')
    await page.getByRole('textbox', { name: 'Value' }).fill('SE')
    await expect(page.getByText('passes', { exact: true })).toBeVisible()
    await page.getByRole('textbox', { name: 'Value' }).fill('NO')
    await expect(page.getByText('stops here', { exact: true })).toBeVisible()
  })
  await test.step('the second entity', async () => {
    await page.getByRole('button', { name: 'Compare two' }).click()
    await expect(page.getByRole('group', { name: 'Second entity' })).toBeVisible()
    await expect(page.getByText(/Filtered out at step 1 of stage 3/)).toBeVisible()
    await expect(page.getByText('not reached').first()).toBeVisible()
    await page.getByRole('button', { name: 'Where it stopped' }).click()
    await expect(page.getByRole('region', { name: 'The steps of p2' })).toBeVisible()
    await expect(currentStep(page)).toContainText('keep only if')
  })
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
  ).toEqual([])
})
