/** Before the first request of a project a person allows its servers by name; the permission can be revoked. */

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, row, settled, watch } from './app.ts'

const configuration = [
  { _id: 'far', type: 'system:url', url_pattern: 'https://$ENV(where).example.org:4877/%s' },
  {
    _id: 'mine',
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: '1', v: 'data' }] },
  },
  { _id: 'get', type: 'pipe', source: { type: 'json', system: 'far', url: 'a' } },
  {
    _id: 'post',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'mine' },
    transform: { type: 'http', system: 'far', url: 'b' },
  },
  {
    _id: 'whole',
    type: 'pipe',
    source: { type: 'json', system: 'far', url: 'https://other.example.net/c' },
  },
]
const environment = { where: 'strangers' }

/** Answers requests to all servers; returns the requests. */
async function answerAll(page: Page): Promise<readonly string[]> {
  const sent: string[] = []
  await page.route(/example\.(org|net)/, (route) => {
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    if (route.request().method() !== 'OPTIONS') sent.push(route.request().url())
    return route.fulfill({ json: [{ _id: 'far' }], headers })
  })
  return sent
}

async function importProject(page: Page): Promise<string> {
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  const file = (name: string, content: object) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(content)),
  })
  await page
    .getByTestId('import-files')
    .setInputFiles([file('sesam.conf.json', configuration), file('test-env.json', environment)])
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  return page.url().replace(/\/flow$/, '')
}

test('a project from a link sends nothing before its servers are named and allowed', async ({ page }) => {
  const errors = watch(page)
  await importProject(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('share by link')
  await page.keyboard.press('Enter')
  const link = await page.getByRole('dialog').getByLabel('Link').inputValue()
  const sent = await answerAll(page)
  await page.keyboard.press('Escape')
  await page.goto(link)
  await page.getByRole('button', { name: 'Open as a project' }).click()
  await settled(page)
  const address = page.url().replace(/\/flow$/, '')
  await page.getByRole('button', { name: 'Run all' }).click()
  const dialog = page.getByRole('dialog', { name: /wants to send requests$/ })
  await expect(dialog).toContainText('strangers.example.org:4877')
  await expect(dialog).toContainText('far')
  await expect(dialog).toContainText('other.example.net')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  expect(sent).toEqual([])

  // One server is left out.
  await dialog.getByRole('checkbox', { name: /^other\.example\.net/ }).uncheck()
  await dialog.getByRole('button', { name: 'Allow the chosen servers' }).click()
  await settled(page)
  expect(sent.map((url) => new URL(url).pathname).sort()).toEqual(['/a', '/b'])
  await page.goto(`${address}/runs`)
  await expect(page.getByText(/^No request went to other\.example\.net/).first()).toBeVisible()
  await page.goto(`${address}/data/get`)
  await expect(row(page, 'far')).toBeVisible()

  // The decision is kept and can be revoked.
  await page.reload()
  await page.goto(`${address}/flow`)
  await settled(page)
  await page.getByRole('button', { name: 'Run all' }).click()
  await settled(page)
  await expect(dialog).toBeHidden()
  const before = sent.length
  const servers = page.getByRole('region', { name: 'Servers' })
  await expect(servers.getByLabel('Requests to other.example.net')).toHaveValue('refused')
  await servers.getByLabel('Requests to strangers.example.org:4877').selectOption('Ask first')
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(dialog).toContainText('strangers.example.org:4877')
  await expect(dialog).not.toContainText('other.example.net')
  await dialog.getByRole('button', { name: 'Send nothing' }).click()
  await settled(page)
  expect(sent.length).toBe(before)
  await expect(servers.getByLabel('Requests to strangers.example.org:4877')).toHaveValue('refused')
  expect(errors).toEqual([])
})

test('a server that only data decides is asked about when the request comes, and a run can be stopped meanwhile', async ({
  page,
}) => {
  const sent = await answerAll(page)
  await importConfiguration(page, [
    {
      _id: 'any',
      type: 'system:rest',
      operations: { get: { method: 'GET', url: '{{ entity.where }}', 'id-expression': '{{ _id }}' } },
    },
    {
      _id: 'asks',
      type: 'pipe',
      source: { type: 'embedded', entities: [{ _id: '1', where: 'https://hidden.example.org/x' }] },
      transform: { type: 'rest', system: 'any', operation: 'get' },
    },
  ])
  await settled(page)
  const dialog = page.getByRole('dialog', { name: /wants to send requests$/ })
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(dialog).toContainText('hidden.example.org')
  await page.keyboard.press('Escape')
  await settled(page)
  expect(sent).toEqual([])
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(dialog).toContainText('hidden.example.org')
  await dialog.getByRole('button', { name: 'Allow the chosen servers' }).click()
  await settled(page)
  expect(sent).toEqual(['https://hidden.example.org/x'])
})

/** A server that allows requests from any origin. */
async function listening(answer: RequestListener) {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') response.end()
    else answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('an allowed server cannot lead a request to another one', async ({ page }) => {
  const reached: string[] = []
  const stranger = await listening((request, response) => {
    reached.push(request.url ?? '')
    response.end('[{"_id":"stolen"}]')
  })
  const allowed = await listening((_request, response) => {
    response.writeHead(302, { location: `http://${stranger.host}/x` })
    response.end()
  })
  try {
    const address = await importConfiguration(page, [
      { _id: 'near', type: 'system:url', url_pattern: `http://${allowed.host}/%s`, headers: { 'X-Api-Key': 'k' } },
      { _id: 'get', type: 'pipe', source: { type: 'json', system: 'near', url: 'a' } },
    ])
    await settled(page)
    await page.getByRole('button', { name: 'Run all' }).click()
    const dialog = page.getByRole('dialog', { name: /wants to send requests$/ })
    await expect(dialog).toContainText(allowed.host)
    await dialog.getByRole('button', { name: 'Allow the chosen servers' }).click()
    await settled(page)
    await page.goto(`${address}/runs`)
    await expect(page.getByText(`${allowed.host} answered with a redirect.`).first()).toBeVisible()
    expect(reached).toEqual([])
  } finally {
    stranger.server.close()
    allowed.server.close()
  }
})
