/**
 * A long dataset is scrolled by wheel, keys and scroll bar: at rest, each row on screen shows the entity of its
 * position; also sorted and filtered. ROWS=1000000 plays it with a million rows.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, runAll, settled, watch } from './app.ts'

const ROWS = Number(process.env.ROWS ?? 100_000)
const CITIES = ['Oslo', 'Bergen', 'Tromsø', 'Bodø']
const folder = mkdtempSync(join(tmpdir(), 'pipewright-tall-'))
const file = join(folder, 'rows.ndjson')

test.beforeAll(() => {
  const entityLine = (n: number) =>
    `{"_id":"e${n}","n":${n},"down":${ROWS - n},"city":"${CITIES[n % CITIES.length]}"}\n`
  writeFileSync(file, '')
  for (let from = 0; from < ROWS; from += 50_000) {
    const rows = Array.from({ length: Math.min(50_000, ROWS - from) }, (_, at) => entityLine(from + at))
    writeFileSync(file, rows.join(''), { flag: 'a' })
  }
})
test.afterAll(() => rmSync(folder, { recursive: true }))

const project = [
  { _id: 's', type: 'system:url', url_pattern: 'http://127.0.0.1:1/%s' },
  { _id: 'in', type: 'pipe', source: { type: 'json', system: 's', url: 'x' } },
]
const tableOf = (page: Page) => page.getByRole('grid')

/** The drawn rows: number, position in the table, and whether the entity is shown. */
async function drawnRows(page: Page): Promise<{ readonly at: number; readonly n: number | null }[]> {
  return tableOf(page)
    .getByRole('rowgroup')
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.map((row) => {
        const text = row.querySelector('[data-cell="n"]')?.textContent?.replace(/\D/g, '') ?? ''
        return { at: Number(row.getAttribute('aria-rowindex')) - 2, n: text === '' ? null : Number(text) }
      }),
    )
}

interface RowRange {
  readonly first: number
  readonly last: number
}

/** Waits until the table is at a position and each drawn row shows its entity. */
async function atRest(
  page: Page,
  expected: (at: number) => number,
  isThere: (place: RowRange) => boolean,
): Promise<void> {
  await expect
    .poll(async () => {
      const rows = await drawnRows(page)
      const places = rows.map(({ at }) => at)
      const place = { first: Math.min(...places), last: Math.max(...places) }
      if (rows.length <= 10 || !isThere(place)) return place
      return rows.find(({ at, n }) => n !== expected(at)) ?? 'all'
    })
    .toBe('all')
}

async function scrolled(page: Page, total: number, expected: (at: number) => number): Promise<void> {
  const frame = tableOf(page)
  await expect(frame).toHaveAttribute('aria-rowcount', String(total + 1), { timeout: 30_000 + ROWS / 10 })
  await frame.focus()
  await page.keyboard.press('End')
  await atRest(page, expected, ({ last }) => last === total - 1)
  for (let time = 0; time < 6; time++) await page.keyboard.press('PageUp')
  await atRest(page, expected, ({ last }) => last < total - 1)
  await page.keyboard.press('Home')
  await atRest(page, expected, ({ first }) => first === 0)
  for (let time = 0; time < 12; time++) await page.keyboard.press('PageDown')
  await atRest(page, expected, ({ first }) => first > 100)
  await frame.hover()
  for (let time = 0; time < 20; time++) await page.mouse.wheel(0, 1500)
  await atRest(page, expected, ({ first }) => first > 1000)
  // The scroll bar is dragged through many positions and back.
  await frame.evaluate(async (element) => {
    const frames = 60
    for (let step = 0; step <= frames; step++) {
      element.scrollTop = (element.scrollHeight * Math.sin((Math.PI * step) / frames)) / 1.1
      await new Promise((done) => requestAnimationFrame(done))
    }
    element.scrollTop = element.scrollHeight / 3
  })
  await atRest(page, expected, ({ first }) => first > total / 4 && first < total / 2)
}

test('no row stays blank, in order, sorted and filtered', async ({ page }) => {
  test.setTimeout(120_000 + ROWS)
  const errors = watch(page)
  const address = await importConfiguration(page, project)
  await page.goto(`${address}/pipe/in`)
  await settled(page)
  await page.getByRole('button', { name: 'Supply data…' }).click()
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file)
  await expect(page.getByRole('dialog')).toBeHidden({ timeout: 60_000 + ROWS / 10 })
  await page.goto(`${address}/runs`)
  await runAll(page)
  await page.goto(`${address}/data/in`)
  await expect(tableOf(page).getByRole('row').first()).toBeVisible()
  await scrolled(page, ROWS, (at) => at)

  await tableOf(page).locator('[data-column="down"]').getByRole('button').first().click()
  await expect.poll(async () => (await drawnRows(page))[0]?.n ?? 0).toBeGreaterThan(0)
  await scrolled(page, ROWS, (at) => ROWS - 1 - at)

  await page.goto(`${address}/data/in`)
  await tableOf(page).getByRole('gridcell', { name: 'Bergen' }).first().click()
  await page.getByRole('button', { name: 'Only these' }).click()
  await expect(tableOf(page).getByRole('gridcell', { name: 'Oslo' })).toHaveCount(0)
  // The order was kept.
  await scrolled(page, ROWS / 4, (at) => ROWS - 3 - 4 * at)
  expect(errors).toEqual([])
})
