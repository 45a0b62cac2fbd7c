/**
 * The analyst's story: three CSV files with semicolons, decimal commas, dates as dd.mm.yyyy and Norwegian letters become
 * customers merged by e-mail, cleaned and joined with their orders; the amounts are summed, each order is an entity, those
 * delivered are kept and published. At most forty clicks and entries, no JSON; the command line gives the same.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { customers, kunder, ordrer, windows1252 } from '../support/analyst-files.ts'
import { settled, watch } from './app.ts'
import { command, tabTo } from './composite/keys.ts'
import { inspector, node, option } from './composite/mouse.ts'
import { exported } from './composite/project.ts'

const pipe = 'global-kunder'
const files = [
  { name: 'kunder.csv', mimeType: 'text/csv', buffer: Buffer.from(windows1252(kunder)) },
  { name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(customers) },
  { name: 'ordrer.csv', mimeType: 'text/csv', buffer: Buffer.from(windows1252(ordrer)) },
]

/** More clicks and entries than this are too many. */
const maxActions = 40

/** Orders that were delivered and have a customer, with their amounts as numbers. */
const published = ['5001 1499.90', '5003 12000.00', '5004 99.50', '5005 1000.00']

/**
 * Counts the actions of a person in each document that is loaded: presses of the pointer, keys that trigger something,
 * and typed texts (one for each text, together with the Enter that confirms it). Tab, arrow keys and mouse moves do not
 * count. The caller counts a choice in a dialog of the browser as one.
 */
async function countEntries(page: Page): Promise<() => number> {
  let entries = 0
  await page.exposeFunction('countEntry', () => {
    entries++
  })
  await page.addInitScript(() => {
    const count = () => void Reflect.get(window, 'countEntry')()
    const silent = /^(Tab|Shift|Control|Alt|Meta|Arrow.*)$/
    let isTyping = false
    addEventListener('pointerdown', ({ isTrusted }) => isTrusted && count(), true)
    addEventListener(
      'keydown',
      ({ key, isTrusted, ctrlKey, altKey, metaKey, target }) => {
        if (!isTrusted || silent.test(key)) return
        const isText = key.length === 1 && !ctrlKey && !altKey && !metaKey && target instanceof HTMLInputElement
        if (!isTyping || (!isText && key !== 'Enter')) count()
        isTyping = isText
      },
      true,
    )
  })
  return () => entries
}

/** Expects that the command line gives the right output for the export. */
async function expectRight(project: ReadonlyMap<string, string>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-analyst-'))
  try {
    for (const [path, text] of project) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const out = join(folder, 'out')
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const cli = ['engine-worker/cli.ts', 'run', folder, '--out', out]
    await promisify(execFile)(join(root, 'node_modules/.bin/tsx'), cli, { cwd: root })
    const [header = '', ...rows] = (await readFile(join(out, 'outputs', `${pipe}.csv`), 'utf8')).trim().split('\r\n')
    const columns = header.split(',')
    const values = (row: string) => row.match(/"[^"]*"|[^,]+|(?<=,)(?=,)/g) ?? []
    const told = rows.map((row) => {
      const columnValue = (name: string) => values(row)[columns.indexOf(name)]
      return `${columnValue('Ordrenr')} ${columnValue('Beløp')}`
    })
    expect(told.toSorted()).toEqual(published)
    const merged = JSON.parse(await readFile(join(out, 'datasets', 'kunder.json'), 'utf8'))
    const [first] = merged.filter(({ _id }: { _id: string }) => _id === '01001')
    expect(first).toMatchObject({
      Telefon: '~rtel:+47-91-23-45-67',
      'Kunde siden': '~t2019-02-03T00:00:00Z',
      Kredittgrense: '~f12500.50',
      Navn: 'Åse Bjørnstad',
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('by mouse', async ({ page }) => {
  const errors = watch(page)
  const counted = await countEntries(page)
  const click = (on: Locator) => on.click()
  await page.goto('./')
  const chooser = page.waitForEvent('filechooser')
  await click(page.getByRole('button', { name: 'From files…' }))
  await (await chooser).setFiles(files)
  await expect(page.getByRole('article', { name: 'kunder.csv' })).toContainText('6 rows')
  await expect(page.getByRole('region', { name: 'Relations between the files' })).toContainText('3 in both')
  await click(page.getByRole('button', { name: 'Make the project' }))
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  await expect(page.locator(node(pipe))).toContainText('7')
  await page.locator(node(pipe)).dblclick()
  const addStep = async (name: string) => {
    await click(page.getByRole('button', { name: /^Add a step/ }).last())
    await click(option(page, name))
  }
  const addStage = async (place: number, name: string) => {
    await click(page.getByRole('button', { name: 'Add a stage here' }).nth(place))
    await click(option(page, name))
  }
  const inForm = (name: string) => inspector(page).getByRole('button', { name, exact: true })

  await test.step('the amounts of each customer are summed', async () => {
    await addStep('add')
    await click(inForm('Function…'))
    await click(option(page, 'sum'))
    await click(inForm('Property…'))
    await click(option(page, '_T.ordrer.Beløp'))
    await click(inspector(page).getByRole('button', { name: /^sum-/ }))
    await expect(page.getByRole('button', { name: /^Step 3: add sum-.*then sum/ })).toBeVisible()
  })
  await test.step('each order becomes an entity, and those delivered are kept', async () => {
    await addStep('create-child')
    await click(inForm('Property…'))
    await click(option(page, '_T.ordrer'))
    await addStage(1, 'Emit children')
    await addStage(2, 'DTL')
    await addStep('filter')
    await click(inForm('Function…'))
    await click(option(page, 'eq'))
    await click(inForm('Property…').first())
    await click(option(page, '_S.Status'))
    await click(inForm('Levert'))
    await expect(page.getByText('5 → 4 · 1 filtered')).toBeVisible()
  })
  await test.step('published and exported', async () => {
    await click(page.getByRole('region', { name: /^sink/ }).getByRole('button').first())
    await click(inspector(page).getByRole('button', { name: /^Type/ }))
    await click(option(page, 'CSV endpoint'))
    await click(inspector(page).getByRole('button', { name: /^Add all/ }))
    await settled(page)
    await click(page.getByRole('link', { name: 'Deploy', exact: true }))
    await click(page.getByRole('button', { name: 'Export project…' }))
  })
  const project = await exported(page, () => click(page.getByRole('button', { name: 'Save as zip' })))
  // One more for choosing the files in the browser's dialog.
  test.info().annotations.push({ type: 'entries', description: String(counted() + 1) })
  expect(counted() + 1).toBeGreaterThan(20)
  expect(counted() + 1).toBeLessThanOrEqual(maxActions)
  await expectRight(project)
  expect(errors).toEqual([])
})

test('by keyboard', async ({ page }) => {
  const errors = watch(page)
  const { keyboard } = page
  const counted = await countEntries(page)
  const pressKey = (key: string) => keyboard.press(key)
  /** Opens a picker with a key, types, and takes the first result. */
  const pickOption = async (key: string, text: string) => {
    await pressKey(key)
    await expect(page.locator('[role=combobox]')).toBeFocused()
    await keyboard.type(text)
    await pressKey('Enter')
    await expect(page.locator('[role=combobox]')).toHaveCount(0)
    await page.waitForTimeout(80)
  }
  const goTo = async (name: RegExp) => {
    await tabTo(page, name)
    await pressKey('Enter')
  }
  const pickAt = async (name: RegExp, text: string) => {
    await tabTo(page, name)
    await pickOption('Enter', text)
  }
  await page.goto('./')
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await goTo(/^From files…$/)
  await (await chooser).setFiles(files)
  await expect(page.getByRole('region', { name: 'Relations between the files' })).toContainText('3 in both')
  await pressKey('Control+Enter')
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  await command(page, pipe)
  await expect(page).toHaveURL(/\/pipe\/global-kunder$/)
  await expect(page.getByRole('button', { name: /^Step 2: add ordrer/ })).toBeVisible()
  await tabTo(page, /^Step 2: add ordrer/)

  await pickOption('/', 'add')
  await pressKey('Enter')
  await expect(page.getByRole('combobox', { name: 'Property' })).toBeFocused()
  await keyboard.type('sum')
  await pickAt(/^Function…$/, 'sum')
  await pickAt(/^Property…$/, 'ordrer.Beløp')
  await expect(page.getByRole('button', { name: /^Step 3: add sum.*then sum/ })).toBeVisible()
  await pressKey('Escape')
  await pickOption('/', 'create-child')
  await pressKey('Enter')
  await pickAt(/^Property…$/, '_T.ordrer')
  await pressKey('Escape')
  await pickOption('a', 'emit_children')
  await pickOption('a', 'DTL')
  await pickOption('/', 'filter')
  await pressKey('Enter')
  await pickAt(/^Function…$/, 'eq')
  await pickAt(/^Property…$/, '_S.Status')
  await goTo(/^Levert$/)
  await pressKey('Escape')
  await pressKey('ArrowLeft')
  await pressKey('ArrowRight')
  await pressKey('Enter')
  await expect(page.getByRole('button', { name: /^Type: Dataset/ })).toBeFocused()
  await pickOption('Enter', 'CSV endpoint')
  await goTo(/^Add all/)
  await settled(page)
  await command(page, 'Export project')
  await tabTo(page, /^Save as zip/)
  const project = await exported(page, () => pressKey('Enter'))
  expect(counted() + 1).toBeGreaterThan(20)
  expect(counted() + 1).toBeLessThanOrEqual(maxActions)
  await expectRight(project)
  expect(errors).toEqual([])
})
