/** A new build is deployed while the app is open: it is announced, loaded by a reload, and no error page is shown. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openSample } from './app.ts'

const distFolder = join(import.meta.dirname, '..', process.env.E2E_DIST ?? '../dist')
const serve = join(import.meta.dirname, '../../.ci/serve.mjs')

let folder: string
let server: ChildProcess
let url: string

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-deployed-'))
  cpSync(process.env.E2E_DIST?.startsWith('/') ? process.env.E2E_DIST : distFolder, folder, { recursive: true })
  server = spawn(process.execPath, [serve, folder, String(Number(process.env.E2E_PORT ?? 4273) + 40), '/'])
  url = await new Promise((resolve) => server.stdout?.once('data', (line) => resolve(String(line).trim())))
})
test.afterEach(() => {
  server.kill()
  rmSync(folder, { recursive: true })
})

/** Changes a file of the deployed folder. */
function change(file: string, how: (text: string) => string): void {
  writeFileSync(join(folder, file), how(readFileSync(join(folder, file), 'utf8')))
}

test('without a service worker, a view of the old build says that a new version is there', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: url, serviceWorkers: 'block' })
  const page = await context.newPage()
  await openSample(page, 'Golden customer')
  const view = readdirSync(join(folder, 'assets')).find((file) => /^LineageView-.*\.js$/.test(file)) ?? ''
  renameSync(join(folder, 'assets', view), join(folder, view))
  await page.getByRole('link', { name: 'Lineage', exact: true }).click()
  // The same build: the network is the cause, so only a retry is offered.
  await expect(page.getByRole('heading', { name: 'This view could not be loaded' })).toBeVisible()

  change('build.txt', () => 'another\n')
  await page.getByRole('link', { name: 'Flow', exact: true }).click()
  await page.getByRole('link', { name: 'Lineage', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'A new version is available' })).toBeVisible()
  await expect(page.getByText('a fault in Pipewright')).toBeHidden()
  renameSync(join(folder, view), join(folder, 'assets', view))
  await page.getByRole('main').getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('heading', { name: 'A new version is available' })).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Location' })).toContainText('Golden customer')
  await context.close()
})

test('with a service worker, a new build waits, is announced, and is there after the reload', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  await openSample(page, 'Golden customer')
  await expect(page.getByText('offline ready')).toBeVisible()
  await page.reload()
  await expect(page.getByText('engine idle')).toBeVisible()
  const before = readFileSync(join(folder, 'build.txt'), 'utf8').trim()
  for (const file of ['build.txt', 'index.html', 'service-worker.js']) {
    change(file, (text) => text.replaceAll(before, 'abcdef0123456789'))
  }
  const announced = page.getByRole('contentinfo').getByText('A new version is available')
  await expect(announced).toBeHidden()
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration?.update()))
  await expect(announced).toBeVisible()
  expect(await page.locator('meta[name=build]').getAttribute('content')).toBe(before)
  await page.getByRole('contentinfo').getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('meta[name=build][content=abcdef0123456789]')).toBeAttached()
  await expect(page.getByRole('navigation', { name: 'Location' })).toContainText('Golden customer')
  await expect(page.getByText('engine idle')).toBeVisible()
  await context.close()
})

test('workers are held to the policy of the page on a host that sends no headers, and no string becomes a script', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: url, serviceWorkers: 'block' })
  await context.route('**/*', async (route) => {
    const response = await route.fetch()
    const { 'content-security-policy': _policy, ...headers } = response.headers()
    await route.fulfill({ response, headers })
  })
  const page = await context.newPage()
  await openSample(page, 'Golden customer')
  const [worker] = page.workers()
  if (!worker) throw new Error('no worker')
  // In a timer: what Playwright evaluates itself is exempt from the policy.
  const outcomes = await worker.evaluate(
    () =>
      new Promise<string[]>((resolve) =>
        setTimeout(async () => {
          const names: string[] = []
          try {
            new Function('return 1')()
            names.push('function')
          } catch (error) {
            names.push(error instanceof Error ? error.name : String(error))
          }
          await fetch('http://192.0.2.1/').catch((error: unknown) => names.push(String(error)))
          resolve(names)
        }),
      ),
  )
  expect(outcomes[0]).toBe('EvalError')
  const script = await page.evaluate(
    () =>
      new Promise((resolve) =>
        setTimeout(() => {
          try {
            const element = document.createElement('script')
            element.src = './assets/x.js'
            resolve('set')
          } catch (error) {
            resolve(error instanceof Error ? error.name : String(error))
          }
        }),
      ),
  )
  expect(script).toBe('TypeError')
  await context.close()
})

test('the licences of what the app contains are in a file that the app shows', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  await page.goto('./')
  await expect(page.getByText('offline ready')).toBeVisible()
  const address = await page.getByRole('link', { name: 'Licences' }).getAttribute('href')
  await page.goto(address ?? '')
  const notices = await page.locator('body').innerText()
  for (const text of ['elkjs', 'Eclipse Public License', 'openpgp', 'GNU LESSER GENERAL PUBLIC LICENSE', 'react']) {
    expect(notices).toContain(text)
  }
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  )
  for (const name of Object.keys(dependencies)) expect(notices).toContain(`\n${name} `)
  await context.close()
})
