/** Mouse actions of a person. */
import { expect, type Locator, type Page } from '@playwright/test'
import { settled } from '../app.ts'
import { chosen, pipe } from './project.ts'

/** Three files become pipes with data; two are merged and the third is joined by dragging wires; the merge is opened. */
export async function begin(page: Page): Promise<void> {
  await page.goto('./')
  await page.getByRole('button', { name: 'New project' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add data files…' }).click()
  await (await chooser).setFiles(chosen)
  await page.getByRole('button', { name: 'Only the files, without relations' }).click()
  await expect(page.locator(node('orders'))).toBeVisible()
  await settled(page)
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.locator(node('orders'))).toContainText('5')
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
  await expect(page.getByRole('button', { name: /^Step 2: add orders/ })).toBeVisible()
}

/** Takes the suggested equality of the merge and the suggested join of the orders. */
export async function takeSuggestions(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByRole('button', { name: /^a\.email = b\.email/ }).click()
  await expect(page.getByText('2 of 3 have a match')).toBeVisible()
  await expect(page.getByText('2 of the first 4 merged entities are made of several.')).toBeVisible()
  await page.getByRole('button', { name: /^Step 2: add orders/ }).click()
  await page.getByRole('button', { name: 'Delete this condition' }).click()
  await page.getByRole('button', { name: /^_S\.email = o\.email/ }).click()
  await expect(page.getByText('3 of the first 4 have a match · at most 2 each')).toBeVisible()
}

export function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' })
}

export function option(page: Page, name: string): Locator {
  return page
    .getByRole('option')
    .filter({ has: page.getByText(name, { exact: true }) })
    .first()
}

export async function addStep(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: /^Add a step/ })
    .last()
    .click()
  await option(page, name).click()
}

/** Adds a stage behind the n-th. */
export async function addStage(page: Page, place: number, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a stage here' }).nth(place).click()
  await option(page, name).click()
}

export function node(id: string): string {
  return `.react-flow__node[data-id="pipe:${id}"]`
}

export function port(id: string, handle: string): string {
  return `[data-id="1-pipe:${id}-${handle}"]`
}

export interface Point {
  readonly x: number
  readonly y: number
}

export async function centre(of: Locator): Promise<Point> {
  const box = await of.boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

export async function connect(page: Page, from: string, to: string): Promise<void> {
  await drag(page, await centre(page.locator(from)), await centre(page.locator(to)))
}

export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
}
