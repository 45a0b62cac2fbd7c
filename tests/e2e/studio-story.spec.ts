/**
 * From the description of a service to a project that runs, is tested and exported: by mouse, and by keyboard alone. What is
 * exported is read and run again by the code of the command line.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import '../../engine-worker/connectors/kinds.ts'
import { connectorCommand } from '../../engine-worker/node/commands/connector.ts'
import type { Command } from '../../engine-worker/node/commands/define.ts'
import { testCommand } from '../../engine-worker/node/commands/test.ts'
import { validateCommand } from '../../engine-worker/node/commands/validate.ts'
import { settled, watch } from './app.ts'

const json = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } })
const dog = { $ref: '#/components/schemas/Dog' }
const list = json({ type: 'array', items: dog })

/** A made-up kennel: what it has is found by a search, and one dog can be read, sent, changed and deleted. */
const kennel = {
  openapi: '3.0.3',
  info: { title: 'Kennel API', version: '1' },
  servers: [{ url: 'https://kennel.example.org/v1' }],
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Kennel-Key' } },
    schemas: {
      Dog: {
        type: 'object',
        properties: {
          id: { type: 'integer', example: 7 },
          name: { type: 'string', example: 'Fido' },
          state: { type: 'string', enum: ['free', 'taken'] },
          breed: { type: 'object', properties: { name: { type: 'string', example: 'Pug' } } },
        },
      },
    },
  },
  paths: {
    '/dog/findByState': {
      get: {
        description: 'Several states with commas: comma separated.',
        parameters: [{ name: 'state', in: 'query', schema: { type: 'string', enum: ['free', 'taken'] } }],
        responses: { 200: list },
      },
    },
    '/dog': {
      post: { requestBody: json(dog), responses: { 200: json(dog) } },
      put: { requestBody: json(dog), responses: { 200: json(dog) } },
    },
    '/dog/{dogId}': {
      get: { responses: { 200: json(dog) } },
      delete: { responses: { 204: { description: 'gone' } } },
    },
  },
}
const described = { name: 'kennel.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(kennel)) }

/** Answers as the kennel; gives the requests that came, with their keys. */
async function answerAsKennel(page: Page): Promise<readonly string[]> {
  const asked: string[] = []
  await page.route(/kennel\.example\.org/, (route) => {
    const request = route.request()
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    const url = new URL(request.url())
    if (request.method() !== 'OPTIONS')
      asked.push(`${request.method()} ${url.pathname}${url.search} ${request.headers()['x-kennel-key']}`)
    const dogs = ['Rex', 'Ada'].map((name, at) => ({ id: at + 1, name, state: 'free', breed: { name: 'Pug' } }))
    return route.fulfill({ json: dogs, headers })
  })
  return asked
}

async function call(command: Command, ...args: string[]) {
  const out: string[] = []
  const io = { out: (text: string) => void out.push(text), say: (text: string) => void out.push(text) }
  return { code: await command.run(args, io), out: out.join('') }
}

/** The exported project, unpacked, through the commands of the command line. */
async function readByCommands(zip: string, checks: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'studio-'))
  try {
    for (const [path, bytes] of Object.entries(unzipSync(new Uint8Array(readFileSync(zip))))) {
      if (path.endsWith('/')) continue
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    expect(await call(validateCommand, folder)).toMatchObject({ code: 0 })
    const tested = await call(testCommand, folder)
    expect(tested.out).toContain(`${checks} passed, 0 failed`)
    expect(tested.code).toBe(0)
    const own = join(folder, 'connectors', 'kennel-connector')
    for (const verb of ['validate', 'expand', 'collapse'])
      expect(await call(connectorCommand, verb, own)).toMatchObject({ code: 0 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a description becomes a connector that runs, is tested and exported, by mouse', async ({ page }) => {
  const errors = watch(page)
  const asked = await answerAsKennel(page)
  await page.goto('./')
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByRole('link', { name: 'Systems' }).click()
  await page.getByRole('button', { name: 'Make a connector…' }).click()
  await page.getByTestId('studio-file').setInputFiles([described])
  await expect(page.getByRole('checkbox', { name: 'dog', exact: true })).toBeChecked()
  await expect(page.getByLabel('Parameters of List')).toHaveValue('state=free,taken')

  // Tried on the example, which sends nothing, and on the service.
  const trial = page.getByRole('region', { name: 'Try', exact: true })
  await page.getByRole('button', { name: 'Read entities' }).click()
  await expect(trial.getByText('1 entity')).toBeVisible()
  await expect(trial.getByRole('region', { name: 'First entities' })).toContainText('"name": "Fido"')
  expect(asked).toEqual([])
  await trial.getByRole('radio', { name: 'Ask the service' }).click()
  await trial.getByLabel('Secret api_key').fill('bone')
  await page.getByRole('button', { name: 'Read entities' }).click()
  await page.getByRole('button', { name: 'Allow the chosen servers' }).click()
  await expect(trial.getByText('2 entities · 1 request')).toBeVisible()
  expect(asked).toEqual(['GET /v1/dog/findByState?state=free%2Ctaken bone'])

  await page.getByRole('button', { name: 'Choose datatypes and add…' }).click()
  await page.getByLabel('Secret api_key').fill('bone')
  await page.getByRole('button', { name: 'Create 1 system and 3 pipes' }).click()

  // Runs read the examples until one says otherwise.
  const runs = page.getByRole('region', { name: 'What runs read' })
  await expect(runs).toContainText('nothing is sent')
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click()
  await settled(page)
  await expect(page.getByText('3 pipes · 3 datasets · 3 entities')).toBeVisible()
  expect(asked).toHaveLength(1)
  await runs.getByRole('radio', { name: 'The service' }).click()
  await expect(runs).toContainText('Runs ask https://kennel.example.org/v1,')
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click()
  await settled(page)
  await expect(page.getByText('3 pipes · 3 datasets · 6 entities')).toBeVisible()
  expect(asked).toHaveLength(2)

  // Tests go on with the examples.
  await runs.getByRole('link', { name: 'Make tests' }).click()
  await page.getByRole('button', { name: 'Create tests from the current outputs' }).click()
  await expect(page.getByText('10 passed, 0 failed.')).toBeVisible()
  expect(asked).toHaveLength(2)

  await page.getByRole('link', { name: 'Deploy' }).click()
  await page.getByRole('button', { name: 'Export project…' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as zip' }).click()
  await readByCommands(await (await downloading).path(), 10)
  expect(errors).toEqual([])
})

/** Presses Tab until an element of this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let count = 0; count < 120; count++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
      const label = isField ? element.labels?.[0]?.textContent : undefined
      return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? ''
    })
    if (name.test(focused)) return
  }
  throw new Error(`${name} cannot be reached with Tab`)
}

test('the same by keyboard alone', async ({ page }) => {
  const errors = watch(page)
  const asked = await answerAsKennel(page)
  const press = async (name: RegExp, key = 'Enter') => {
    await tabTo(page, name)
    await page.keyboard.press(key)
  }
  await page.goto('./')
  await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
  await press(/^New project$/)
  await expect(page).toHaveURL(/\/flow$/)
  await press(/^Systems$/)
  await press(/^Make a connector…$/)
  await expect(page.getByRole('heading', { name: 'Make a connector' })).toBeVisible()
  await tabTo(page, /^OpenAPI file, example answer or HAR$/)
  await page.keyboard.insertText(JSON.stringify(kennel))
  await press(/^Suggest operations$/)
  await expect(page.getByRole('checkbox', { name: 'dog', exact: true })).toBeChecked()
  await press(/^Use Delete$/, 'Space')
  await expect(page.getByRole('switch', { name: 'Use Delete' })).not.toBeChecked()
  await press(/^Read entities$/)
  await expect(page.getByRole('region', { name: 'Try', exact: true }).getByText('1 entity')).toBeVisible()
  await press(/^Choose datatypes and add…$/)
  await expect(page.getByRole('heading', { name: 'kennel-connector' })).toBeVisible()
  await tabTo(page, /^Secret api_key$/)
  await page.keyboard.type('bone')
  await press(/^Create 1 system and 3 pipes$/)
  await expect(page.getByRole('region', { name: 'What runs read' })).toBeVisible()
  await tabTo(page, /^Example answers$/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: 'The service' })).toBeChecked()
  await page.keyboard.press('Control+Shift+Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await press(/^Allow the chosen servers$/)
  await settled(page)
  await expect(page.getByText('3 pipes · 3 datasets · 6 entities')).toBeVisible()
  expect(asked).toEqual(['GET /v1/dog/findByState?state=free%2Ctaken bone'])
  await press(/^Make tests$/)
  await press(/^Create tests from the current outputs$/)
  await expect(page.getByText('10 passed, 0 failed.')).toBeVisible()
  await press(/^Deploy$/)
  await press(/^Export project…$/)
  const downloading = page.waitForEvent('download')
  await press(/^Save as zip$/)
  await readByCommands(await (await downloading).path(), 10)
  expect(errors).toEqual([])
})
