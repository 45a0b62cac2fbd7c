/**
 * From the files of two systems to a composite pipe: merge customers by e-mail, join their orders, sum the amounts, make
 * each order an entity, keep the paid ones, publish them. Built in four ways, the configuration is the same, and the
 * command line runs what was exported.
 */
import { expect, type Locator, type Page, test } from '@playwright/test'
import { settled, watch } from './app.ts'
import { chosen, expectRight, exported, pipe } from './composite/project.ts'

test('by mouse only', async ({ page }) => {
  const errors = watch(page)
  await test.step('three files become pipes with data', async () => {
    await page.goto('./')
    await page.getByRole('button', { name: 'New project' }).click()
    await skipTour(page)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add data files…' }).click()
    await (await chooser).setFiles(chosen)
    await expect(page.locator(node('orders'))).toBeVisible()
    await skipTour(page)
    await page.getByRole('button', { name: 'Run all' }).click()
    await settled(page)
  })
  await test.step('two are merged, the third is joined, by dragging wires', async () => {
    await page.getByRole('button', { name: 'Show everything' }).click()
    await page.waitForTimeout(300)
    const from = await centre(page.locator(port('crm', 'out-source')))
    await drag(page, from, { x: from.x + 120, y: from.y - 60 })
    await page.getByRole('menuitem', { name: 'A merge with other datasets' }).click()
    await expect(page.locator(node(pipe))).toBeVisible()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await page.waitForTimeout(300)
    await connect(page, port('billing', 'out-source'), port(pipe, 'in-target'))
    await connect(page, port('orders', 'out-source'), port(pipe, 'hops-target'))
    await page.locator(node(pipe)).dblclick()
  })
  await test.step('what is the same, suggested by the data', async () => {
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.getByRole('button', { name: /^a\.email = b\.email/ }).click()
    await expect(page.getByText('2 of 3 have a match')).toBeVisible()
    await expect(page.getByText('2 of the first 4 merged entities are made of several.')).toBeVisible()
  })
  await test.step('which orders belong to whom, suggested by the data', async () => {
    await page.getByRole('button', { name: /^Step 2: add orders/ }).click()
    await page.getByRole('button', { name: 'Delete this condition' }).click()
    await page.getByRole('button', { name: /^_S\.email = o\.email/ }).click()
    await expect(page.getByText('3 of the first 4 have a match · at most 2 each')).toBeVisible()
  })
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
    await inspector(page).getByRole('button', { name: /^Add all/ }).click()
  })
  await settled(page)
  await page.getByRole('link', { name: 'Deploy', exact: true }).click()
  await page.getByRole('button', { name: 'Export project…' }).click()
  await expectRight(await exported(page))
  expect(errors).toEqual([])
})

function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' })
}

function option(page: Page, name: string): Locator {
  return page.getByRole('option').filter({ has: page.getByText(name, { exact: true }) }).first()
}

async function addStep(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Add a step/ }).last().click()
  await option(page, name).click()
}

/** Adds a stage behind the n-th. */
async function addStage(page: Page, place: number, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a stage here' }).nth(place).click()
  await option(page, name).click()
}

async function skipTour(page: Page): Promise<void> {
  const skip = page.getByRole('button', { name: 'Skip the tour' })
  await page.waitForTimeout(600)
  if (await skip.isVisible()) await skip.click()
}

function node(id: string): string {
  return `.react-flow__node[data-id="pipe:${id}"]`
}

function port(id: string, handle: string): string {
  return `[data-id="1-pipe:${id}-${handle}"]`
}

interface Point {
  readonly x: number
  readonly y: number
}

async function centre(of: Locator): Promise<Point> {
  const box = await of.boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

async function connect(page: Page, from: string, to: string): Promise<void> {
  await drag(page, await centre(page.locator(from)), await centre(page.locator(to)))
}

async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
}
