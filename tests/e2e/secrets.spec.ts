/** A secret that the configuration refers to is entered in the app, sent in the request, and stored nowhere else. */
import { expect, test } from '@playwright/test'
import { row, settled, watch } from './app.ts'

const configuration = [
  {
    _id: 'web',
    type: 'system:url',
    url_pattern: 'https://data.example.com/%s',
    authentication: 'basic',
    username: 'reader',
    password: '$SECRET(web-password)',
  },
  { _id: 'people', type: 'pipe', source: { type: 'json', system: 'web', url: 'people.json' } },
]

test('a secret is given, used and not kept', async ({ page }) => {
  const errors = watch(page)
  const sent: string[] = []
  await page.route('https://data.example.com/**', (route) => {
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization' }
    if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204, headers })
    sent.push(route.request().headers().authorization ?? '')
    return route.fulfill({ json: [{ _id: 'ada' }], headers })
  })
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByRole('button', { name: /^Paste JSON/ }).click()
  await page.getByRole('textbox', { name: 'Paste JSON' }).fill(JSON.stringify(configuration))
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page).toHaveURL(/#\/p\/[^/]+\/flow$/)
  await page.getByLabel('Value of the secret web-password').fill('open sesam')
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Allow the chosen servers' }).click()
  await settled(page)
  await page.goto(page.url().replace(/flow$/, 'data/people'))
  await expect(row(page, 'ada')).toBeVisible()
  expect(sent.at(-1)).toBe(`Basic ${btoa('reader:open sesam')}`)

  await page.reload()
  await page.goto(page.url().replace(/data\/people$/, 'flow'))
  await expect(page.getByLabel('Value of the secret web-password')).toHaveValue('')
  expect(errors).toEqual([])
})
