/** Testing whether a system can be reached, in the form of the system, against a real server. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, settled } from './app.ts'

let server: Server

test.beforeAll(async () => {
  server = createServer(({ url, method }, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*')
    if (method === 'OPTIONS') return response.writeHead(204).end()
    // This request is never answered.
    if (url === '/slow') return
    response.writeHead(url === '/orders' ? 200 : 401, { 'Content-Type': 'application/json' })
    response.end('{"orders": "here"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const check = (page: Page) => page.getByRole('region', { name: 'Connection' })

async function choose(page: Page, system: string): Promise<void> {
  const systems = page.getByRole('button', { name: 'Systems', exact: true })
  if ((await systems.getAttribute('aria-pressed')) !== 'true') await systems.click()
  await page.locator(`[data-id="system:${system}"]`).click()
  await expect(check(page)).toBeVisible()
}

test('a system is asked after consent, says what was answered, and is left by cancelling', async ({ page }) => {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await importConfiguration(page, [
    { _id: 'shop', type: 'system:url', url_pattern: `${origin}/%s` },
    {
      _id: 'base',
      type: 'system:postgresql',
      host: 'db.example.org',
      database: 'd',
      username: 'u',
      password: '$SECRET(p)',
    },
    { _id: 'orders', type: 'pipe', source: { type: 'json', system: 'shop', url: 'orders' } },
    { _id: 'rows', type: 'pipe', source: { type: 'sql', system: 'base', table: 't' } },
  ])
  await settled(page)
  await choose(page, 'shop')
  await check(page).getByRole('button', { name: 'Test the connection' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Allow the chosen servers' }).click()
  await expect(check(page)).toContainText('Status 401')
  await expect(check(page)).toContainText('does not accept the sign-in')
  await check(page).getByLabel('Path to ask').fill('orders')
  await check(page).getByRole('button', { name: 'Test again' }).click()
  await expect(check(page)).toContainText('Status 200')
  await expect(check(page)).toContainText(`GET ${origin}/orders`)
  await expect(check(page)).toContainText('{"orders": "here"}')
  const { violations } = await new AxeBuilder({ page }).include('section[aria-labelledby]').analyze()
  expect(violations).toEqual([])
  await check(page).getByLabel('Path to ask').fill('slow')
  await check(page).getByRole('button', { name: 'Test again' }).click()
  await check(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(check(page)).toContainText('The test was cancelled.')
  await choose(page, 'base')
  await expect(check(page)).toContainText('pipewright connection . base')
})
