/** The Pipe canvas: its three views, links from names, rules, problems, and the clipboard. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, openSample, runAll, watch } from './app.ts'
import { addStep, inspector } from './composite/mouse.ts'

for (const scheme of ['light', 'dark'] as const) {
  test(`nothing serious in any view of a pipe, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const project = await openSample(page, 'A composite pipe')
    await runAll(page)
    await page.goto(`${project}/pipe/customer-order`)
    const found: string[] = []
    const check = async (view: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, impact, nodes } of violations) {
        if (impact === 'serious' || impact === 'critical')
          found.push(`${view}: ${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 200)}`)
      }
    }
    await page.getByRole('button', { name: /^Step 5: add orders/ }).click()
    await expect(page.getByText(/have a match/)).toBeVisible()
    await check('cards, a join')
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await check('cards, a merge')
    await page.keyboard.press('a')
    await check('a picker')
    await page.keyboard.press('Escape')
    await page.getByRole('radio', { name: 'Mapping' }).click()
    await check('mapping')
    await page.getByRole('radio', { name: 'Text' }).click()
    await expect(page.locator('main .cm-content')).toBeVisible()
    await check('text')
    await page.getByRole('button', { name: /^Expand for Sesam/ }).click()
    await check('parts')
    expect(found).toEqual([])
  })
}

test('names lead to what they stand for; a rule is renamed with its uses', async ({ page }) => {
  const errors = watch(page)
  await showPipe(page)
  await page.getByRole('tab', { name: 'order', exact: true }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toContainText('Used once')
  await inspector.getByRole('button', { name: 'Rename the rule' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'New name' }).fill('line')
  await expect(dialog.getByRole('checkbox')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Rename in 2 places' }).click()
  await page.getByRole('tab', { name: 'default', exact: true }).first().click()
  await page.getByRole('button', { name: /^Step 5: add orders.*each by rule line/ }).click()

  await page.getByRole('radio', { name: 'Text' }).click()
  await page.locator('main .cm-content').getByText('"shop-order o"').click()
  await page.keyboard.press('F12')
  await expect(page).toHaveURL(/\/pipe\/shop-order$/)
  expect(errors).toEqual([])
})

test('a pipe is renamed with its readers', async ({ page }) => {
  await showPipe(page)
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'New name' }).fill('sold')
  await page.getByRole('button', { name: /^Rename in/ }).click()
  await expect(page).toHaveURL(/\/pipe\/sold$/)
  const project = page.url().replace(/\/pipe\/.*/, '')
  await page.goto(`${project}/pipe/report-order`)
  await page.getByRole('radio', { name: 'Text' }).click()
  await expect(page.locator('main .cm-content')).toContainText('"sold"')
})

test('what is wrong is said where it is, and the last good result stays', async ({ page }) => {
  await showPipe(page)
  const data = page.getByRole('region', { name: 'Data', exact: true })
  await expect(data).toContainText('previewed in')
  const step = page.getByRole('button', { name: /^Step 3: add email/ })
  await step.click()
  const json = page.getByRole('textbox', { name: 'JSON' })
  await json.fill('["add", "email", ["no-such-function", "_S.email"]]')
  await json.press('Control+Enter')
  await expect(step).toContainText('no-such-function')
  await expect(data).toContainText('stale')
  await expect(data).toContainText('ada@example.org')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect(data).toContainText('previewed in')
})

test('steps go through the clipboard as JSON, and by keys', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await showPipe(page)
  const rows = page.getByRole('button', { name: /^Step \d+:/ })
  const before = await rows.count()
  await page.getByRole('button', { name: /^Step 6: add total/ }).click()
  await page.keyboard.press('Control+c')
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))[1]).toBe('total')
  await page.keyboard.press('Control+v')
  await expect(rows).toHaveCount(before + 1)
  await expect(page.getByRole('button', { name: /^Step 7: add total/ })).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(page.getByRole('button', { name: /^Step 6: add total/ })).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(rows).toHaveCount(before)
  await page.keyboard.press('Control+d')
  await expect(rows).toHaveCount(before + 1)
  await page.evaluate(() => navigator.clipboard.writeText('[["add", "a", 1], ["add", "b", 2]]'))
  await page.keyboard.press('Control+v')
  await expect(rows).toHaveCount(before + 3)
  await page.keyboard.press('Control+x')
  await expect(rows).toHaveCount(before + 2)
})

test('stages are moved by dragging and by keys', async ({ page }) => {
  // Both ends of the drag are visible.
  await page.setViewportSize({ width: 1920, height: 1000 })
  await showPipe(page)
  const stages = page.locator('[data-stage]')
  const names = () => stages.allTextContents()
  await expect.poll(names).toEqual(['Merge', 'DTL', 'Emit children', 'DTL', 'Dataset'])
  await page
    .getByRole('region', { name: 'transform: Emit children' })
    .locator('header')
    .dragTo(page.locator('[data-joint="0"]'))
  await expect.poll(names).toEqual(['Merge', 'Emit children', 'DTL', 'DTL', 'Dataset'])
  await expect(stages.nth(1)).toBeFocused()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(names).toEqual(['Merge', 'DTL', 'Emit children', 'DTL', 'Dataset'])
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Delete')
  await expect.poll(names).toEqual(['Merge', 'DTL', 'Emit children', 'Dataset'])
  await page.keyboard.press('Control+z')
  await expect.poll(names).toEqual(['Merge', 'DTL', 'Emit children', 'DTL', 'Dataset'])
})

async function showPipe(page: Page): Promise<void> {
  const project = await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.goto(`${project}/pipe/customer-order`)
  await expect(page.getByRole('button', { name: /^Step 3: add email/ })).toContainText('ada@example.org')
}

test('what goes into a stage is edited and pinned for previews, and its properties are shown', async ({ page }) => {
  const address = await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.goto(`${address}/pipe/customer-order`)
  const dock = page.getByRole('region', { name: 'Data' })
  await expect(dock.getByText('"login"')).toBeVisible()
  await dock.getByRole('button', { name: 'Edit…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Input of this stage' })
  await dialog.getByRole('textbox').fill('{"_id": "p1"')
  await dialog.getByRole('button', { name: 'Pin' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByRole('textbox').fill('{"_id": "p1", "no": 501, "name": "Edited", "email": "ada@example.org"}')
  await dialog.getByRole('button', { name: 'Pin' }).click()
  await expect(dock.getByText('"Edited"').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'source: Merge' })).toContainText('1 pinned')
  await expect(page.getByRole('button', { name: /^Step 4: add name/ })).toContainText('Edited')

  await page.reload()
  await expect(dock.getByText('"Edited"').first()).toBeVisible()
  await dock.getByRole('radio', { name: 'Properties' }).click()
  const schema = dock.getByRole('region', { name: 'What the source gives' })
  await expect(schema.getByRole('row', { name: /^email string 80 %/ })).toBeVisible()
  await dock.getByRole('radio', { name: 'Entity' }).click()
  await dock.getByRole('button', { name: 'Unpin (1)' }).click()
  await expect(dock.getByText('"login"')).toBeVisible()
})

test('a misspelt name is mended where it is shown, and the step can be undone', async ({ page }) => {
  const pipe = {
    _id: 'p',
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: '1', name: 'ann' }] },
    transform: { type: 'dtl', rules: { default: [['add', 'name', ['uper', '_S.name']]] } },
  }
  const address = await importConfiguration(page, pipe)
  await page.goto(`${address}/deploy`)
  await page.getByRole('button', { name: 'Change to upper', exact: true }).click()
  await expect(page.getByText('No problems found')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Change to upper', exact: true })).toBeVisible()
  // One click on a problem opens its step with its form, also where the view loads slowly.
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 10 })
  await page.getByRole('main').getByRole('link', { name: 'p', exact: true }).click()
  await expect(page).toHaveURL(`${address}/pipe/p`)
  await expect(page.getByRole('button', { name: /^Step 1: add name/ })).toBeFocused()
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.getByRole('radio', { name: 'Text' }).click()
  await page.locator('.cm-lintRange-error').first().hover()
  await page.locator('.cm-tooltip').getByRole('button', { name: 'Change to upper' }).click()
  await expect(page.getByText('"ANN"', { exact: true })).toBeVisible()
})

test('an expression is found by what it should give', async ({ page }) => {
  const address = await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.goto(`${address}/pipe/report-order`)
  await addStep(page, 'add')
  await inspector(page).getByRole('button', { name: 'By example…', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Expression by example' })
  await expect(dialog.getByText(/^Type the value that you want/)).toBeVisible()
  await page.getByRole('combobox', { name: 'Expression by example' }).fill('ADA LOVELACE')
  await dialog.getByRole('option', { name: /"upper","_S.customer"/ }).click()
  await expect(page.getByRole('button', { name: /^Step 3: add ← customer, then in upper case/ })).toContainText(
    'ADA LOVELACE',
  )
})
