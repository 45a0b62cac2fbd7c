/** Signing in to a service with a real authorization server: in a new window, in this window, and signing out. */
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { type AuthorizationServer, startAuthorizationServer } from '../support/authorization-server.ts'
import { importConfiguration, row, settled, watch } from './app.ts'

let server: AuthorizationServer

test.beforeAll(async ({ baseURL }) => {
  server = await startAuthorizationServer({ redirectUris: [new URL('oauth.html', baseURL).href] })
})
test.afterAll(() => server.close())

/** A project whose system has `oauth2` as Sesam documents it; gives its address. */
async function openShop(page: Page, pipes: readonly string[] = ['orders']): Promise<string> {
  const scope = ['openid', 'offline_access']
  const oauth2 = { token_url: server.tokenUrl, client_id: 'page', client_secret: '$SECRET(oauth_client_secret)', scope }
  const address = await importConfiguration(page, [
    { _id: 'shop', type: 'system:url', url_pattern: `${server.apiUrl}%s`, oauth2 },
    ...pipes.map((_id) => ({ _id, type: 'pipe', source: { type: 'json', system: 'shop', url: 'orders' } })),
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
  await expect(signInOf(page)).toContainText('The service has revoked the access')
})

test('an answer of somebody else is not taken, and a code that was used gives nothing', async ({ page, context }) => {
  await openShop(page)
  await findServer(page)
  const back: string[] = []
  page.context().on('request', (request) => {
    if (request.url().includes('oauth.html?')) back.push(request.url())
  })
  const startSignIn = async (button: string) => {
    const asking = context.waitForEvent('request', (request) => request.url().startsWith(server.authorizationUrl))
    const [window] = await Promise.all([
      page.waitForEvent('popup'),
      signInOf(page).getByRole('button', { name: button, exact: true }).click(),
    ])
    const { searchParams } = new URL((await asking).url())
    await expect(window.getByPlaceholder('Enter any login').or(window.getByRole('button')).first()).toBeVisible()
    return { window, state: searchParams.get('state') ?? '', redirect: searchParams.get('redirect_uri') ?? '' }
  }
  // Another state: the tab goes on waiting, and no token is asked for.
  const grants = server.grants.length
  const foreign = await startSignIn('Sign in')
  await foreign.window.goto(`${foreign.redirect}?code=stolen&state=another`).catch(() => undefined)
  await expect(signInOf(page)).toContainText('Waiting for the other window')
  await signInOf(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(signInOf(page)).toContainText('The sign-in was cancelled.')
  expect(server.grants).toHaveLength(grants)

  await signInAs(page, 'ada', 'Sign in')
  const used = new URL(back.at(-1) ?? '')
  const again = await startSignIn('Another account')
  used.searchParams.set('state', again.state)
  await again.window.goto(used.href).catch(() => undefined)
  await expect(signInOf(page).getByRole('alert')).toContainText('invalid_grant')
  await expect(signInOf(page).getByRole('alert')).not.toContainText(used.searchParams.get('code') ?? '')
  await expect(signInOf(page).getByRole('radio')).toHaveCount(1)
})

test('a token ends during a run, a refresh token is used by somebody else, and no token is kept or sent out', async ({
  page,
}) => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  const address = await openShop(page, ['orders', 'again'])
  await findServer(page)
  const refreshed: string[] = []
  page.on('response', async (response) => {
    if (response.url() !== server.tokenUrl || response.request().method() !== 'POST') return
    refreshed.push(String((await response.json().catch(() => ({}))).refresh_token))
  })
  await signInAs(page, 'ada', 'Sign in')
  const served = server.served.length
  server.endAfterNextRequest()
  await runOrders(page)
  expect(server.served.slice(served).map(({ status }) => status)).toEqual([200, 401, 200])
  expect(refreshed).toHaveLength(2)
  await page.goto(`${address}/data/again`)
  await expect(row(page, '1')).toContainText('ada')

  // What leaves the project, and what this browser keeps.
  const download = page.waitForEvent('download')
  await giveCommand(page, 'Save answers of servers')
  said.push(await readFile(await (await download).path(), 'utf8'))
  await giveCommand(page, 'share by link')
  const dialog = page.getByRole('dialog', { name: 'Share by link' })
  await dialog.getByRole('checkbox', { name: /^With its data/ }).check()
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue()
  said.push(...textsIn(link))
  await page.keyboard.press('Escape')
  for (const kind of ['The whole project', 'Only the configuration for Sesam'])
    said.push(...(await exported(page, kind)))
  said.push(await page.evaluate(keptTexts))

  // Somebody else uses the refresh token: the service ends the sign-in when it is used here.
  await page.goto(`${address}/flow`)
  const form = { grant_type: 'refresh_token', client_id: 'page', refresh_token: refreshed.at(-1) ?? '' }
  expect((await page.request.post(server.tokenUrl, { form })).ok()).toBe(true)
  server.endAfterNextRequest()
  await runOrders(page)
  await chooseShop(page)
  await expect(signInOf(page)).toContainText('The service has revoked the access')
  said.push(await page.locator('body').innerText())
  const all = said.join('\n')
  expect(all).toContain('orders')
  expect(server.given.length).toBeGreaterThan(3)
  expect(server.given.filter((token) => all.includes(token))).toEqual([])
})

async function giveCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
}

/** The names and contents of the files of an export as zip. */
async function exported(page: Page, kind: string): Promise<readonly string[]> {
  await page.keyboard.press('Control+Shift+e')
  const dialog = page.getByRole('dialog', { name: 'Export project' })
  await dialog.getByRole('radio', { name: new RegExp(kind) }).check()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as zip' }).click()
  const files = unzipSync(await readFile(await (await download).path()))
  expect(
    Object.values(files)
      .map((content) => strFromU8(content))
      .join(''),
  ).toContain('system:url')
  return Object.entries(files).flatMap(([path, content]) => [path, strFromU8(content)])
}

/** A link as it is, and what is packed in it. */
function textsIn(link: string): readonly string[] {
  const packed = Buffer.from(link.slice(link.lastIndexOf('/') + 1), 'base64url')
  const files = Object.values(unzipSync(packed)).map((content) => strFromU8(content))
  expect(files.join('')).toContain('system:url')
  return [link, ...files]
}

/** Everything that this browser keeps of the page, as text. */
async function keptTexts(): Promise<string> {
  const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
  const requestResult = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const textOf = (value: unknown): string => {
    if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value)
    if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value)
    if (typeof value === 'object' && value !== null) return Object.values(value).map(textOf).join('\n')
    return String(value)
  }
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await requestResult(indexedDB.open(name))
    for (const store of database.objectStoreNames)
      texts.push(...(await requestResult(database.transaction(store).objectStore(store).getAll())).map(textOf))
    database.close()
  }
  const readFolder = async (folder: FileSystemDirectoryHandle): Promise<void> => {
    for await (const [, entry] of folder as unknown as AsyncIterable<[string, FileSystemHandle]>) {
      if (entry.kind === 'directory') await readFolder(entry as FileSystemDirectoryHandle)
      else texts.push(textOf(await (await (entry as FileSystemFileHandle).getFile()).arrayBuffer()))
    }
  }
  await readFolder(await navigator.storage.getDirectory())
  return texts.join('\n')
}
