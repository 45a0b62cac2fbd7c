/**
 * A project on a server: a server is started, a sample is put on it and run there, other people see the edits, and work
 * continues after the server was killed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { ended, type ServerProcess, serverProcess, serverToken } from '../support/server-process.ts'
import { openSample, pipeText, row, runAll, watch } from './app.ts'

const dist = join(import.meta.dirname, process.env.E2E_DIST ?? '../../dist')
let store: string
let server: ServerProcess
let token: string

test.beforeEach(async ({ baseURL }) => {
  store = mkdtempSync(join(tmpdir(), 'pipewright-connected-'))
  server = await serverProcess(store, ['--app', dist, '--origin', new URL(baseURL ?? '').origin])
  token = serverToken(store, ['--user', 'ada'])
})
test.afterEach(async () => {
  await ended(server.process, 'SIGKILL')
  rmSync(store, { recursive: true, force: true })
})

/** Fills the form of the dialog that is open, and connects. */
async function connect(page: Page, address: string, secret: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address').fill(address)
  await dialog.getByLabel('Token', { exact: false }).first().fill(secret)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
}

/** The chip of the server in the top bar. */
const chip = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Project on the server/ })

/** Puts a sample on the server; gives the address of the project, without the view. */
async function putSample(page: Page): Promise<string> {
  const project = await openSample(page, 'Golden customer')
  await page.goto(`${project}/deploy`)
  await page.getByRole('button', { name: 'Put on a server…' }).click()
  await connect(page, server.address, token)
  await page.getByRole('button', { name: 'Put “Golden customer” there' }).click()
  await expect(chip(page)).toHaveAccessibleName(/connected$/)
  return project
}

/** Another person in another browser, with the project of the server. */
async function otherPerson(browser: Browser): Promise<{ readonly page: Page; readonly project: string }> {
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })).newPage()
  await page.addInitScript(() => {
    localStorage.setItem('pipewright.settings', '{"theme":"light","language":"en","welcomed":true}')
  })
  await page.goto(`${server.address}/`)
  await page.getByRole('button', { name: 'Connect to a server…' }).click()
  const dialog = page.getByRole('dialog')
  // The page fills in the server that served it.
  await expect(dialog.getByLabel('Address')).toHaveValue(server.address)
  await dialog.getByLabel('Token', { exact: false }).first().fill(token)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: 'Open its project' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await expect(chip(page)).toHaveAccessibleName(/connected$/)
  return { page, project: page.url().replace(/\/flow$/, '') }
}

test('a sample is put on a server, runs there, and goes on after the server was killed', async ({ page }) => {
  const errors = watch(page)
  const project = await putSample(page)
  await runAll(page)
  await page.goto(`${project}/data/global-customer`)
  await expect(row(page, 'Ada Lovelace').first()).toBeVisible()
  // The server has run it, not this page.
  const entities = await page.request.get(`${server.address}/api/datasets/global-customer/entities`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(await entities.json()).toHaveLength(8)

  const { port } = new URL(server.address)
  await ended(server.process, 'SIGKILL')
  await expect(chip(page)).toHaveAccessibleName(/no connection/)
  server = await serverProcess(store, ['--app', dist, '--port', port, '--origin', new URL(page.url()).origin])
  await expect(chip(page)).toHaveAccessibleName(/connected/)
  await page.reload()
  await expect(row(page, 'Ada Lovelace').first()).toBeVisible()
  await runAll(page)
  // The browser's error for a server that is not running.
  expect(
    errors.filter((text) => !/ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET)/.test(text)),
  ).toEqual([])
})

test('what is wrong with a connection is said where it was typed', async ({ page }) => {
  await openSample(page, 'Golden customer')
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Connect to a server')
  await page.keyboard.press('Enter')
  await connect(page, 'not an address', token)
  await expect(page.getByText('This is not the address of a server.')).toBeVisible()
  await connect(page, server.address, 'wrong')
  await expect(page.getByText(/The token is not valid/)).toBeVisible()
  await connect(page, 'http://127.0.0.1:9', token)
  await expect(page.getByText(/No answer from http:\/\/127\.0\.0\.1:9\..*--origin/)).toBeVisible()
  await connect(page, `${server.address}/north`, token)
  await expect(page.getByText(/There is no Pipewright project at/)).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await connect(page, server.address, token)
  await expect(page.getByText('The server has no project yet.')).toBeVisible()
})

/** Types a text of the sample again with words replaced. */
async function rewrite(page: Page, project: string, pipe: string, from: string, to: string): Promise<void> {
  await page.goto(`${project}/pipe/${pipe}`)
  await page.getByRole('radio', { name: 'Text' }).click()
  const editor = page.locator('main .cm-content').first()
  await expect(editor).toContainText(`"_id": "${pipe}"`)
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(pipeText('golden-customer', pipe).replace(from, to))
  await expect(chip(page)).toHaveAccessibleName(/edits that are not on the server yet/)
}

test('two people on one project see each other, and never overwrite silently', async ({ page, browser }) => {
  const mine = await putSample(page)
  const other = await otherPerson(browser)
  const [first, second] = ['newsletter-subscriber', 'billing-customer']

  // One person changes a pipe and pushes it; the other sees the change.
  await rewrite(page, mine, first, 'Everyone', 'Somebody')
  await pushFrom(page)
  await expect(other.page.getByText(/ada has changed the project/)).toBeVisible()
  await expectText(other.page, other.project, first, 'Somebody')

  // Both change different pipes: in the end both have both changes.
  await rewrite(page, mine, first, 'Everyone', 'Nobody')
  await rewrite(other.page, other.project, second, 'Collects', 'Gathers')
  await pushFrom(page)
  await expect(other.page.getByText(/was merged with your edits/)).toBeVisible()
  await pushFrom(other.page)
  await expectText(page, mine, second, 'Gathers')
  await expectText(other.page, other.project, first, 'Nobody')

  // Both change the same pipe: the second person is asked, and nothing is lost.
  await rewrite(other.page, other.project, first, 'Everyone', 'The south')
  await rewrite(page, mine, first, 'Everyone', 'The north')
  await pushFrom(page)
  await expect(other.page.getByText(/has changed the same as you/).first()).toBeVisible()
  await expectText(other.page, other.project, first, 'The south')
  await expectText(page, mine, first, 'The north')
  await other.page.goto(`${other.project}/deploy`)
  await other.page.getByRole('tab', { name: 'Merge' }).click()
  await other.page.getByRole('radio', { name: 'Newer version' }).first().click()
  await other.page.getByRole('button', { name: 'Apply merge' }).click()
  await expectText(other.page, other.project, first, 'The north')
  await other.page.context().close()
})

async function pushFrom(page: Page): Promise<void> {
  await chip(page).click()
  await page.getByRole('menuitem', { name: 'Push edits to the server' }).click()
  await expect(page.getByText('Pushed to the server.').last()).toBeVisible()
}

async function expectText(page: Page, project: string, pipe: string, text: string): Promise<void> {
  await page.goto(`${project}/pipe/${pipe}`)
  await page.getByRole('radio', { name: 'Text' }).click()
  await expect(page.locator('main .cm-content').first()).toContainText(text)
}
