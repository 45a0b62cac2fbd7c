/** Answers of services are imported from a HAR file and exported as one, so that a pipe works without its server. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, row, settled, watch } from './app.ts'

const operation = { method: 'GET', url: 'rows', id_expression: '{{ id }}', params: { api_key: 'K123456789' } }
const project = [
  { _id: 's', type: 'system:rest', url_pattern: 'https://service.example.org/%s', operations: { list: operation } },
  { _id: 'get', type: 'pipe', source: { type: 'rest', system: 's', operation: 'list' } },
]

async function giveCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
}

test('what a service answered is saved without secrets, and takes its place in another project', async ({ page }) => {
  const errors = watch(page)
  await page.route(/service\.example\.org/, (route) =>
    route.fulfill({
      json: [{ id: 'r1', name: 'Ada', token: 'tok-123456' }],
      headers: { 'access-control-allow-origin': '*' },
    }),
  )
  await importConfiguration(page, project)
  await settled(page)
  await giveCommand(page, 'Save answers of servers')
  await expect(page.getByText('No server has answered a run of this project')).toBeVisible()
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.getByRole('button', { name: 'Allow the chosen servers' }).click()
  await settled(page)
  const download = page.waitForEvent('download')
  await giveCommand(page, 'Save answers of servers')
  const saved = await (await download).path()
  const text = await readFile(saved, 'utf8')
  expect(text).toContain('Ada')
  expect(text).not.toMatch(/K123456789|tok-123456/)

  // The same project without the server.
  await page.unroute(/service\.example\.org/)
  const address = await importConfiguration(page, project)
  await page.goto(`${address}/pipe/get`)
  await settled(page)
  await page.getByRole('button', { name: 'Supply data…' }).click()
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({ name: 'service.har', mimeType: 'application/json', buffer: Buffer.from(text) })
  await expect(page.getByRole('dialog')).toBeHidden()
  await settled(page)
  await page.getByRole('banner').getByRole('button', { name: 'Run' }).click()
  await settled(page)
  await page.goto(`${address}/data/get`)
  await expect(row(page, 'r1')).toContainText('Ada')
  await page.getByRole('button', { name: 'Undo: Record answers for get' }).click()
  expect(errors).toEqual([])
})
