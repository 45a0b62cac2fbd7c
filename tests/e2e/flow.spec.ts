import { expect, type Page, test } from '@playwright/test'
import { openSample, settled, watch } from './app.ts'

/** A pipe's card on the canvas. */
const card = (page: Page, name: string) => page.locator(`.react-flow__node[data-id="pipe:${name}"]`)

/** The source of a pipe, read from the JSON in the inspector. */
async function sourceOf(page: Page, name: string): Promise<string> {
  const json = page.getByRole('complementary').locator('details', { hasText: 'JSON' }).last()
  // Right after fitting the view the cards still move, and a click may miss.
  await expect(async () => {
    await card(page, name).click()
    await expect(json).toBeVisible({ timeout: 2000 })
  }).toPass()
  if ((await json.getAttribute('open')) === null) await json.locator('summary').click()
  const pipe: { source: unknown } = JSON.parse(await json.locator('pre').innerText())
  return JSON.stringify(pipe.source)
}

test('a pipe put onto a wire is between its neighbours; deleting it heals the wire; undo takes all back', async ({
  page,
}) => {
  const errors = watch(page)
  await page.setViewportSize({ width: 1920, height: 1000 })
  await openSample(page, 'Orders with children')
  const before = await sourceOf(page, 'order-line')
  expect(before).toContain('order-split')
  const [left, right] = [await card(page, 'order-split').boundingBox(), await card(page, 'order-line').boundingBox()]
  if (!left || !right) throw new Error('no cards')
  const across = (left.x + left.width + right.x) / 2
  await page.mouse.move(across, (left.y + right.y + left.height) / 2, { steps: 4 })
  await page.getByRole('button', { name: 'Insert a pipe into order-split' }).click()
  await expect(card(page, 'order-split-order-line')).toBeVisible()
  expect(await sourceOf(page, 'order-line')).toContain('order-split-order-line')
  await card(page, 'order-split-order-line').click()
  await page.keyboard.press('Delete')
  await expect(card(page, 'order-split-order-line')).toHaveCount(0)
  expect(await sourceOf(page, 'order-line')).toBe(before)
  await page.keyboard.press('Control+z')
  await expect(card(page, 'order-split-order-line')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(card(page, 'order-split-order-line')).toHaveCount(0)
  expect(errors).toEqual([])
})

test('what is dragged stays where it was put, after a reload, too, and nothing else moves', async ({ page }) => {
  await openSample(page, 'Golden customer')
  const moved = card(page, 'global-customer')
  const other = card(page, 'crm-contact')
  const stands = await other.boundingBox()
  const from = await moved.boundingBox()
  if (!from) throw new Error('no card')
  await page.mouse.move(from.x + 60, from.y + 20)
  await page.mouse.down()
  await page.mouse.move(from.x + 100, from.y + 120, { steps: 8 })
  await page.mouse.up()
  await settled(page)
  const to = await moved.boundingBox()
  expect(to?.y).toBeGreaterThan(from.y + 60)
  expect(await other.boundingBox()).toEqual(stands)
  const gap = (to?.y ?? 0) - (stands?.y ?? 0)
  await page.reload()
  await expect(moved).toBeVisible()
  const after = [await moved.boundingBox(), await other.boundingBox()] as const
  expect(Math.sign((after[0]?.y ?? 0) - (after[1]?.y ?? 0))).toBe(Math.sign(gap))
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('by keyboard: add, connect, refuse with a reason, duplicate, copy and paste as JSON', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  await expect(card(page, 'global-customer')).toBeVisible()
  await page.keyboard.press('a')
  await page.getByRole('combobox', { name: 'Add to the flow' }).fill('embedded')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(card(page, 'embedded-pipe')).toBeVisible()

  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  const refused = dialog.getByRole('listitem').filter({ has: page.getByText('crm-contact', { exact: true }) })
  await expect(refused).toContainText('does not read datasets')
  await expect(refused.getByRole('button', { name: 'Connect' })).toBeDisabled()
  await dialog
    .getByRole('listitem')
    .filter({ hasText: 'global-customer' })
    .getByRole('button', { name: 'Connect' })
    .focus()
  await page.keyboard.press('Enter')
  await settled(page)
  await page.getByRole('button', { name: 'Show everything' }).click()
  expect(await sourceOf(page, 'global-customer')).toContain('embedded-pipe')

  await card(page, 'embedded-pipe').click()
  await page.keyboard.press('Control+d')
  await expect(card(page, 'embedded-pipe-2')).toBeVisible()
  await page.keyboard.press('Control+c')
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(JSON.parse(text)).toMatchObject({ _id: 'embedded-pipe-2', type: 'pipe' })
  await page.evaluate(() =>
    navigator.clipboard.writeText(
      '{"_id": "from-elsewhere", "type": "pipe", "source": {"type": "embedded", "entities": []}}',
    ),
  )
  await page.keyboard.press('Control+v')
  await expect(card(page, 'from-elsewhere')).toBeVisible()
  expect(errors).toEqual([])
})

test('a wire dropped on nothing asks what shall follow', async ({ page }) => {
  await openSample(page, 'Golden customer')
  await card(page, 'global-customer').click()
  const port = card(page, 'global-customer').locator('.react-flow__handle-right')
  const at = await port.boundingBox()
  if (!at) throw new Error('no port')
  await page.mouse.move(at.x + 4, at.y + 4)
  await page.mouse.down()
  await page.mouse.move(at.x + 60, at.y + 200, { steps: 10 })
  await page.mouse.up()
  await page.getByRole('menuitem', { name: 'An endpoint that publishes it as JSON' }).click()
  await expect(card(page, 'global-customer-endpoint')).toBeVisible()
  expect(await sourceOf(page, 'global-customer-endpoint')).toContain('global-customer')
})

test('the outline walks the graph, and groups fold into one card', async ({ page }) => {
  await openSample(page, 'Golden customer')
  await page.getByRole('button', { name: 'Outline' }).click()
  const tree = page.getByRole('tree')
  await tree.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await expect(tree.getByRole('treeitem', { selected: true })).toHaveCount(1)
  await page.getByRole('button', { name: 'No groups' }).click()
  await page
    .getByRole('menuitemcheckbox', { name: 'By model' })
    .or(page.getByRole('menuitemradio', { name: 'By model' }))
    .or(page.getByRole('menuitem', { name: 'By model' }))
    .click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Fold crm/ }).click()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(page.locator('.react-flow__node[data-id^="group:model:crm"]')).toBeVisible()
  await expect(card(page, 'crm-contact')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(card(page, 'crm-contact')).toBeVisible()
})

test('a kind is dragged from the palette to where its pipe shall stand', async ({ page }) => {
  await openSample(page, 'Golden customer')
  await expect(card(page, 'global-customer')).toBeVisible()
  await page.getByRole('button', { name: 'Add A' }).click()
  const option = page.getByRole('option').filter({ hasText: 'csv' }).first()
  await option.scrollIntoViewIfNeeded()
  const row = await option.boundingBox()
  if (!row) throw new Error('no row')
  await page.mouse.move(row.x + 30, row.y + 10)
  await page.mouse.down()
  await page.mouse.move(row.x + 60, row.y + 40, { steps: 4 })
  await page.mouse.move(300, 640, { steps: 8 })
  await page.mouse.up()
  await expect(card(page, 'csv-pipe')).toBeVisible()
  const at = await card(page, 'csv-pipe').boundingBox()
  expect(Math.abs((at?.x ?? 0) - 300)).toBeLessThan(24)
  expect(Math.abs((at?.y ?? 0) - 640)).toBeLessThan(24)
})
