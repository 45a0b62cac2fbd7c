/** Supplying a file again: after a killed tab the next run reads the whole of one file or the whole of the other. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, row, runAll, settled, watch } from './app.ts'

const KILLS = Number(process.env.KILLS ?? 3)
const rowCount = 30_000
const folder = mkdtempSync(join(tmpdir(), 'pipewright-ingest-'))

test.beforeAll(() => {
  for (const version of ['one', 'two']) {
    const rows = Array.from(
      { length: rowCount },
      (_, n) => `{"_id":"e${n}","n":${n},"v":"${version}","text":"${'abcdefghij'.repeat(14)}"}\n`,
    )
    writeFileSync(join(folder, `rows-${version}.ndjson`), rows.join(''))
  }
})
test.afterAll(() => rmSync(folder, { recursive: true }))

const project = [
  { _id: 's', type: 'system:url', url_pattern: 'http://127.0.0.1:1/%s' },
  { _id: 'in', type: 'pipe', source: { type: 'json', system: 's', url: 'x' } },
  { _id: 'copy', type: 'pipe', source: { type: 'dataset', dataset: 'in' } },
]

async function supplyFile(page: Page, address: string, version: string): Promise<void> {
  await page.goto(`${address}/pipe/in`)
  await settled(page)
  await page.getByRole('button', { name: 'Supply data…' }).click()
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles(join(folder, `rows-${version}.ndjson`))
}

test('a tab that is closed while a file is read leaves what was there, and says which file came in half', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000 + KILLS * 20_000)
  const address = await importConfiguration(page, project)
  await supplyFile(page, address, 'one')
  await expect(page.getByRole('dialog')).toBeHidden({ timeout: 60_000 })
  await page.goto(`${address}/runs`)
  await runAll(page)
  let tab = page
  let version = 'one'
  for (let kill = 0; kill < KILLS; kill++) {
    await supplyFile(tab, address, 'two')
    await expect(tab.getByRole('progressbar').first()).toBeVisible()
    await tab.waitForTimeout(Math.random() * 1000)
    await tab.close({ runBeforeUnload: false })
    tab = await context.newPage()
    const errors = watch(tab)
    await tab.goto(`${address}/deploy`)
    await settled(tab)
    // The problems of an interrupted supply are part of the answer that opens the project.
    await expect(tab.getByRole('tab', { name: /^Problems/ })).toBeVisible()
    const interrupted = tab.getByText('Reading rows-two.ndjson for in')
    if ((await interrupted.count()) === 0) version = 'two'
    await runAll(tab)
    await tab.goto(`${address}/runs`)
    await expect(tab.getByRole('navigation', { name: 'Runs' }).getByRole('listitem')).toHaveCount(kill + 2)
    // Either file is read completely, and no entity is deleted.
    const [inRow, copyRow] = [tab.getByRole('row', { name: /^Done in/ }), tab.getByRole('row', { name: /^Done copy/ })]
    await expect(inRow).toHaveAccessibleName(/^Done in [^0-9]*30.000 (?:0|30.000) 0 /)
    await expect(copyRow).toHaveAccessibleName(/^Done copy [^0-9]*(?:0|30.000) (?:0|30.000) 0 /)
    await tab.goto(`${address}/data/copy`)
    await expect(tab.getByText(/^30.000 entities$/)).toBeVisible()
    await expect(row(tab, 'e0').first()).toContainText(version)
    expect(errors).toEqual([])
  }
  // The file is supplied again: no problem about an incomplete file is left.
  await supplyFile(tab, address, 'two')
  await expect(tab.getByRole('dialog')).toBeHidden({ timeout: 60_000 })
  await tab.goto(`${address}/deploy`)
  await expect(tab.getByText(/was interrupted before its end/)).toBeHidden()
})

test('closing the tab while a file is read asks first', async ({ page }) => {
  const address = await importConfiguration(page, project)
  await supplyFile(page, address, 'one')
  // Behind the dialog.
  await expect(page.locator('footer').getByText('reading rows-one.ndjson')).toBeVisible()
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  expect((await asked).type()).toBe('beforeunload')
  await (await asked).accept()
})

test('an upload that is broken at its end leaves the inbox as it was', async ({ page }) => {
  const address = await importConfiguration(page, { _id: 'inbox', type: 'pipe', source: { type: 'http_endpoint' } })
  await page.goto(`${address}/pipe/inbox`)
  await settled(page)
  const push = (text: string) =>
    page.evaluate(
      (text) =>
        (globalThis as unknown as { pipewright: { push(pipe: string, text: string): Promise<unknown> } }).pipewright
          .push('inbox', text)
          .catch((error: unknown) => String(error)),
      text,
    )
  await push('[{"_id": "1"}, {"_id": "2"}]')
  const rows = Array.from({ length: 20_000 }, (_, n) => `{"_id": "x${n}"}`).join(',')
  expect(await push(`[${rows}, {"_id": "en`)).toContain('it ends inside an object')
  await page.goto(`${address}/data/inbox`)
  await expect(page.getByText('2 entities', { exact: true })).toBeVisible()
  await runAll(page)
  await expect(page.getByText('2 entities', { exact: true })).toBeVisible()
})
