/**
 * From the files of two systems to a composite pipe: merge customers by e-mail, join their orders, sum the amounts, make
 * each order an entity, keep the paid ones, publish them. Built in four ways, the configuration is the same, and the
 * command line runs what was exported.
 */
import { expect, type Page, test } from '@playwright/test'
import { settled, watch } from './app.ts'
import { command, connectByKeys, pick, tabTo } from './composite/keys.ts'
import { addStage, addStep, begin, inspector, node, option, takeSuggestions } from './composite/mouse.ts'
import { built, chosen, expectRight, exported, pipe } from './composite/project.ts'

test('by mouse only', async ({ page }) => {
  const errors = watch(page)
  await begin(page)
  await takeSuggestions(page)
  await test.step('the amounts are summed', async () => {
    await addStep(page, 'add')
    await inspector(page).getByRole('button', { name: 'Function…', exact: true }).click()
    await option(page, 'sum').click()
    await inspector(page).getByRole('button', { name: 'Function…', exact: true }).click()
    await option(page, 'decimal').click()
    await inspector(page).getByRole('button', { name: 'Property…', exact: true }).click()
    await option(page, '_T.orders.amount').click()
    await inspector(page).getByRole('button', { name: 'sum-amount' }).click()
    await expect(page.getByRole('button', { name: /^Step 3: add sum-amount/ })).toContainText('~f120.75')
  })
  await test.step('each order becomes an entity', async () => {
    await addStep(page, 'create-child')
    await inspector(page).getByRole('button', { name: 'Property…', exact: true }).click()
    await option(page, '_T.orders').click()
    await addStage(page, 1, 'Emit children')
    await expect(page.getByRole('region', { name: 'transform: Emit children' })).toContainText('4 → 4')
  })
  await test.step('only those that are paid', async () => {
    await addStage(page, 2, 'DTL')
    await addStep(page, 'filter')
    await inspector(page).getByRole('button', { name: 'Function…', exact: true }).click()
    await option(page, 'eq').click()
    await inspector(page).getByRole('button', { name: 'Property…', exact: true }).first().click()
    await option(page, '_S.status').click()
    await inspector(page).getByRole('button', { name: 'paid', exact: true }).click()
    await expect(page.getByText('4 → 3 · 1 filtered')).toBeVisible()
  })
  await test.step('published as CSV', async () => {
    await page.getByRole('region', { name: /^sink/ }).getByRole('button').first().click()
    await inspector(page).getByRole('button', { name: /^Type/ }).click()
    await option(page, 'CSV endpoint').click()
    await inspector(page)
      .getByRole('button', { name: /^Add all/ })
      .click()
  })
  await expectRight(await exportedByMouse(page))
  expect(errors).toEqual([])
})

test('by keyboard only', async ({ page }) => {
  const errors = watch(page)
  const { keyboard } = page
  await page.goto('./')
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible()
  await tabTo(page, /^New project/)
  await keyboard.press('Enter')
  await expect(page.getByText('No pipes yet')).toBeVisible()
  await test.step('files, a merge and a join', async () => {
    const chooser = page.waitForEvent('filechooser')
    await command(page, 'Add data files')
    await (await chooser).setFiles(chosen)
    await expect(page.locator(node('orders'))).toBeVisible()
    await settled(page)
    await keyboard.press('Control+Shift+Enter')
    await expect(page.locator(node('orders'))).toContainText('5')
    await settled(page)
    await tabTo(page, /^crm\b/)
    await keyboard.press('Space')
    await keyboard.press('n')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await expect(page.locator(node(pipe))).toBeVisible()
    await connectByKeys(page, /^billing\b/, 1)
    await connectByKeys(page, /^orders\b/, 2)
    await command(page, pipe)
    await expect(page).toHaveURL(/\/pipe\/global-crm$/)
  })
  await test.step('what is the same, and which orders belong to whom', async () => {
    await expect(page.getByRole('button', { name: /^Step 2: add orders/ })).toBeVisible()
    await keyboard.press('s')
    await expect(page.getByRole('button', { name: 'Merge', exact: true })).toBeFocused()
    await keyboard.press('Enter')
    await tabTo(page, /^a\.email = b\.email/)
    await keyboard.press('Enter')
    await expect(page.getByText('2 of 3 have a match')).toBeVisible()
    await keyboard.press('Escape')
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await tabTo(page, /^Delete this condition/)
    await keyboard.press('Enter')
    await tabTo(page, /^_S\.email = o\.email/)
    await keyboard.press('Enter')
    await keyboard.press('Escape')
  })
  await test.step('the amounts are summed, each order becomes an entity', async () => {
    await pick(page, '/', 'add')
    await keyboard.press('Enter')
    await expect(page.getByRole('combobox', { name: 'Property' })).toBeFocused()
    await keyboard.type('sum-amount')
    await tabTo(page, /^Function…$/)
    await pick(page, 'Enter', 'sum')
    await tabTo(page, /^Function…$/)
    await pick(page, 'Enter', 'decimal')
    await tabTo(page, /^Property…$/)
    await pick(page, 'Enter', 'orders.amount')
    await expect(page.getByRole('button', { name: /^Step 3: add sum-amount/ })).toContainText('~f120.75')
    await keyboard.press('Escape')
    await pick(page, '/', 'create-child')
    await keyboard.press('Enter')
    await tabTo(page, /^Property…$/)
    await pick(page, 'Enter', '_T.orders')
    await keyboard.press('Escape')
    await pick(page, 'a', 'emit_children')
  })
  await test.step('only those that are paid, as CSV', async () => {
    await pick(page, 'a', 'DTL')
    await pick(page, '/', 'filter')
    await keyboard.press('Enter')
    await tabTo(page, /^Function…$/)
    await pick(page, 'Enter', 'eq')
    await tabTo(page, /^Property…$/)
    await pick(page, 'Enter', '_S.status')
    await tabTo(page, /^paid$/)
    await keyboard.press('Enter')
    await keyboard.press('Escape')
    await keyboard.press('ArrowLeft')
    await keyboard.press('ArrowRight')
    await keyboard.press('Enter')
    await expect(page.getByRole('button', { name: /^Type: Dataset/ })).toBeFocused()
    await pick(page, 'Enter', 'CSV endpoint')
    await tabTo(page, /^Add all/)
    await keyboard.press('Enter')
  })
  await settled(page)
  await command(page, 'Export project')
  await tabTo(page, /^Save as zip/)
  await expectRight(await exported(page, () => keyboard.press('Enter')))
  expect(errors).toEqual([])
})

test('typed as text', async ({ page }) => {
  const errors = watch(page)
  await begin(page)
  await page.getByRole('radio', { name: 'Text' }).click()
  await typeAnew(page, JSON.stringify(built))
  await page.getByRole('radio', { name: 'Cards' }).click()
  await expect(page.getByText('4 → 3 · 1 filtered')).toBeVisible()
  await expectRight(await exportedByMouse(page))
  expect(errors).toEqual([])
})

test('as cards, mapping and text in turn', async ({ page }) => {
  const errors = watch(page)
  const { keyboard } = page
  await begin(page)
  await takeSuggestions(page)

  await page.getByRole('radio', { name: 'Text' }).click()
  await expect(page.locator('main .cm-content')).toContainText('_S.email')
  const [dtl, ...others] = built.transform
  const misnamed = JSON.parse(JSON.stringify({ ...built, transform: dtl, sink: undefined }).replace('sum-', 'total-'))
  await typeAnew(page, JSON.stringify(misnamed))

  await page.getByRole('radio', { name: 'Mapping' }).click()
  await page.getByRole('button', { name: 'total-amount' }).click()
  await inspector(page).getByRole('combobox', { name: 'Property' }).fill('sum-amount')
  await expect(page.getByRole('row', { name: /^sum-amount/ })).toContainText('~f120.75')

  await page.getByRole('radio', { name: 'Cards' }).click()
  await addStage(page, 1, 'Emit children')
  await addStage(page, 2, 'DTL')
  await addStep(page, 'filter')

  await page.getByRole('radio', { name: 'Text' }).click()
  await expect(page.locator('main .cm-content')).toContainText('emit_children')
  await typeAnew(page, JSON.stringify({ ...built, transform: [dtl, ...others] }))
  // Undo and redo go through all three.
  await page.getByRole('radio', { name: 'Cards' }).click()
  await expect(page.getByText('4 → 3 · 1 filtered')).toBeVisible()
  await keyboard.press('Control+z')
  await expect(page.getByText('4 → 4').first()).toBeVisible()
  await keyboard.press('Control+Shift+z')
  await expect(page.getByText('4 → 3 · 1 filtered')).toBeVisible()
  await expectRight(await exportedByMouse(page))
  expect(errors).toEqual([])
})

/** Types the whole text of the pipe. */
async function typeAnew(page: Page, text: string): Promise<void> {
  await page.locator('main .cm-content').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type(text)
  await settled(page)
}

/** Saves the project with the mouse. */
async function exportedByMouse(page: Page): Promise<ReadonlyMap<string, string>> {
  await settled(page)
  await page.getByRole('link', { name: 'Deploy', exact: true }).click()
  await page.getByRole('button', { name: 'Export project…' }).click()
  const save = page.getByRole('button', { name: 'Save as zip' })
  return exported(page, () => save.click())
}
