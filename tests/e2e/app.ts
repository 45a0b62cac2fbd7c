/** Steps that several stories use: opening a sample, running it, reading the screen. */
import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'

/** Fails the test at the end when the page logged an error or threw one. */
export function watch(page: Page): readonly string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return errors
}

export type Sample = 'Golden customer' | 'Orders with children' | 'A composite pipe'

/** Opens a copy of a sample by mouse; gives the address of the project, without the view. */
export async function openSample(page: Page, sample: Sample): Promise<string> {
  await page.goto('./')
  await page.getByRole('button', { name: new RegExp(`^${sample}`) }).click()
  await expect(page).toHaveURL(/#\/p\/[^/]+\/flow$/)
  await expect(page.getByText('engine idle')).toBeVisible()
  return page.url().replace(/\/flow$/, '')
}

/** Imports a component, or a list of them, as a project; gives its address, without the view. */
export async function importConfiguration(page: Page, configuration: object): Promise<string> {
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  const buffer = Buffer.from(JSON.stringify(configuration))
  await page
    .getByTestId('import-files')
    .setInputFiles([{ name: 'sesam.conf.json', mimeType: 'application/json', buffer }])
  await expect(page).toHaveURL(/\/flow$/)
  return page.url().replace(/\/flow$/, '')
}

/** Runs everything and waits until it is done. */
export async function runAll(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click()
  await settled(page)
}

/** Waits until nothing runs and everything is saved. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Run/ }).last()).toBeVisible()
  await expect(page.getByText('engine idle')).toBeVisible()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
}

/** The texts of a row of a table of entities, by its `_id`. */
export function row(page: Page, id: string) {
  return page.getByRole('grid').getByRole('row').filter({ hasText: id })
}

/** The configuration of a sample's pipe, to be typed again; an editor holds only the lines on screen. */
export function pipeText(sample: string, pipe: string): string {
  const file = new URL(`../../public/examples/${sample}.json`, import.meta.url)
  const { files }: { files: Record<string, unknown> } = JSON.parse(readFileSync(file, 'utf8'))
  return JSON.stringify(files[`pipes/${pipe}.conf.json`], null, 2)
}
