/** Signing in to a service with a real authorization server: in a new window, in this window, and signing out. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { type AuthorizationServer, startAuthorizationServer } from '../support/authorization-server.ts'
import { importConfiguration, row, settled, watch } from './app.ts'

let server: AuthorizationServer

test.beforeAll(async ({ baseURL }) => {
  server = await startAuthorizationServer({ redirectUris: [new URL('oauth.html', baseURL).href] })
})
test.afterAll(() => server.close())

/** A project whose system has `oauth2` as Sesam documents it; gives its address. */
async function openShop(page: Page): Promise<string> {
  const scope = ['openid', 'offline_access']
  const oauth2 = { token_url: server.tokenUrl, client_id: 'page', client_secret: '$SECRET(oauth_client_secret)', scope }
  const address = await importConfiguration(page, [
    { _id: 'shop', type: 'system:url', url_pattern: `${server.apiUrl}%s`, oauth2 },
    { _id: 'orders', type: 'pipe', source: { type: 'json', system: 'shop', url: 'orders' } },
  ])
  await settled(page)
  await chooseShop(page)
  return address
}

async function chooseShop(page: Page): Promise<void> {
  const node = page.locator('[data-id="system:shop"]')
  const systems = page.getByRole('button', { name: 'Systems', exact: true })
  if ((await systems.getAttribute('aria-pressed')) !== 'true') await systems.click()
  await node.click()
  await expect(signInOf(page)).toBeVisible()
}

const signInOf = (page: Page) => page.getByRole('region', { name: 'Sign-in' })

/** Opens the sign-in page of the server after its host was allowed. */
async function findServer(page: Page): Promise<void> {
  await signInOf(page).getByRole('button', { name: 'Find out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Allow the chosen servers' }).click()
  await expect(signInOf(page).getByLabel('Sign-in page')).toHaveValue(server.authorizationUrl)
}

/** The actions of a person in the windows of the server. */
async function consent(window: Page, account: string): Promise<void> {
  await window.getByPlaceholder('Enter any login').fill(account)
  await window.getByPlaceholder('and password').fill('any')
  await window.getByRole('button', { name: 'Sign-in' }).click()
  await window.getByRole('button', { name: 'Continue' }).click()
}

async function signInAs(page: Page, account: string, button: string): Promise<void> {
  const [window] = await Promise.all([
    page.waitForEvent('popup'),
    signInOf(page).getByRole('button', { name: button, exact: true }).click(),
  ])
  await consent(window, account)
  await expect(signInOf(page)).toContainText(`Signed in as ${account}@example.org.`)
  await expect.poll(() => window.isClosed()).toBe(true)
}

async function runOrders(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click()
  await settled(page)
}

test('two accounts, a refusal, tokens kept with a passphrase, and out again', async ({ page }) => {
  const errors = watch(page)
  const address = await openShop(page)
  await expect(signInOf(page)).toContainText('Not signed in')
  await findServer(page)

  const [window] = await Promise.all([
    page.waitForEvent('popup'),
    signInOf(page).getByRole('button', { name: 'Sign in', exact: true }).click(),
  ])
  await window.getByRole('link', { name: 'Cancel' }).click()
  await expect(signInOf(page).getByRole('alert')).toContainText('access_denied')

  await signInAs(page, 'ada', 'Sign in')
  await expect(signInOf(page)).toContainText('Signed in')
  await runOrders(page)
  expect(server.served.at(-1)).toEqual({ status: 200, account: 'ada' })
  await signInAs(page, 'bob', 'Another account')
  await runOrders(page)
  expect(server.served.at(-1)).toEqual({ status: 200, account: 'bob' })
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Sign-in"]').analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

  const keep = page.getByRole('form', { name: 'Where tokens are kept' })
  await keep.getByLabel('Passphrase', { exact: true }).fill('a long passphrase')
  await keep.getByLabel('The passphrase again').fill('a long passphrase')
  await keep.getByRole('button', { name: 'Keep in this browser' }).click()
  await expect(keep).toContainText('encrypted with your passphrase')
  await page.reload()
  await settled(page)
  await chooseShop(page)
  await expect(signInOf(page)).toContainText('Locked')
  await keep.getByLabel('Passphrase', { exact: true }).fill('another passphrase')
  await keep.getByRole('button', { name: 'Unlock' }).click()
  await expect(keep).toContainText('That is another passphrase.')
  await keep.getByLabel('Passphrase', { exact: true }).fill('a long passphrase')
  await keep.getByRole('button', { name: 'Unlock' }).click()
  await signInOf(page).getByRole('radio', { name: /ada/ }).check()
  await runOrders(page)
  expect(server.served.at(-1)).toEqual({ status: 200, account: 'ada' })
  await page.goto(`${address}/data/orders`)
  await expect(row(page, '1')).toContainText('ada')

  await page.goto(`${address}/flow`)
  await chooseShop(page)
  await signInOf(page)
    .getByRole('listitem')
    .filter({ hasText: 'ada' })
    .getByRole('button', { name: 'Sign out' })
    .click()
  await expect(signInOf(page)).toContainText('Signed out of ada@example.org, and the access was revoked.')
  await expect(signInOf(page).getByRole('radio')).toHaveCount(1)
  expect(errors.filter((error) => !error.includes('401'))).toEqual([])
})

test('in this window, and what the service takes back', async ({ page }) => {
  await openShop(page)
  await findServer(page)
  await signInOf(page).getByRole('button', { name: 'Sign in in this window' }).click()
  await consent(page, 'carl')
  await expect(page.getByText('Signed in as carl@example.org.')).toBeVisible()
  await expect(signInOf(page).getByRole('radio', { name: /carl/ })).toBeChecked()
  expect(page.url()).not.toContain('code=')
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  await server.revokeAll()
  await runOrders(page)
  await expect(signInOf(page)).toContainText('The service has taken the access back')
})
