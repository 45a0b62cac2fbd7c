/**
 * Tabs that are killed during an import, an export or the restoring of a version: a project on disk is complete or
 * absent, and what was reported as saved is there. `npm run kills` does it at 200 points.
 */
import { expect, type Page, test } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { settled } from './app.ts'

const KILLS = Number(process.env.KILLS ?? 6)
const pipes = 60

function archive(): Buffer {
  const pipe = (n: number) => JSON.stringify({ _id: `p${n}`, type: 'pipe', source: { type: 'embedded', entities: [] } })
  const files = Array.from({ length: pipes }, (_, n) => [`pipes/p${n}.conf.json`, strToU8(pipe(n))] as const)
  return Buffer.from(zipSync(Object.fromEntries(files)))
}

/** The projects on disk with their stored numbers of components, and whether the list agrees with the records. */
function onDisk(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const opened = indexedDB.open('pipewright')
        opened.onerror = () => reject(opened.error)
        opened.onsuccess = () => {
          const transaction = opened.result.transaction(['projects', 'records'])
          const projects = transaction.objectStore('projects').getAll()
          const records = transaction.objectStore('records').getAll()
          transaction.oncomplete = () => {
            opened.result.close()
            const counts: Record<string, number> = {}
            for (const { id, pipes } of projects.result) {
              const own = records.result.filter(({ project, key }) => project === id && key.startsWith('component:'))
              counts[id] = own.length === pipes ? pipes : -1
            }
            const orphans = records.result.filter(({ project }) => !(project in counts))
            if (orphans.length > 0) counts.orphans = orphans.length
            resolve(counts)
          }
        }
      }),
  )
}

async function importZip(page: Page): Promise<void> {
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  await page
    .getByTestId('import-files')
    .setInputFiles([{ name: 'project.zip', mimeType: 'application/zip', buffer: archive() }])
}

async function keepVersion(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('keep a version')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox').fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByText(new RegExp(`^“${name}” is kept`))).toBeVisible()
}

const tasks = {
  import: (page: Page) => importZip(page),
  export: async (page: Page, address: string) => {
    await page.goto(`${address}/flow`)
    await settled(page)
    await page.keyboard.press('Control+Shift+e')
    await page.getByRole('dialog').getByRole('button', { name: /zip/i }).click()
  },
  restore: async (page: Page, address: string) => {
    await page.goto(`${address}/deploy`)
    await settled(page)
    await page.getByRole('tab', { name: 'Versions' }).click()
    const isEmpty = await page.getByText(/^0 pipes/).isVisible()
    await page.getByRole('button', { name: isEmpty ? /^Whole/ : /^Empty/ }).click()
    await page.getByRole('button', { name: 'Go back to it' }).click()
  },
}

test('a tab that is killed while it imports, exports or restores leaves whole projects', async ({ page, context }) => {
  test.setTimeout(120_000 + KILLS * 30_000)
  await importZip(page)
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  const address = page.url().replace(/\/flow$/, '')
  const id = /\/p\/([^/]+)/.exec(address)?.[1] ?? ''
  await keepVersion(page, 'Whole')
  await page.getByRole('application').first().focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await settled(page)
  await keepVersion(page, 'Empty')
  let tab = page
  let expected: number | null = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const name = (['import', 'export', 'restore'] as const)[kill % 3] ?? 'restore'
    const before = await onDisk(tab)
    await tasks[name](tab, address)
    await tab.waitForTimeout(Math.random() ** 2 * 400)
    // The version that is reported as saved now must exist afterwards.
    const reported = await tab.evaluate(() => ({
      saved: [...document.querySelectorAll('footer output')].some(({ textContent }) => textContent === 'Saved'),
      pipes: /(\d+) pipes?/.exec(document.querySelector('footer')?.textContent ?? '')?.[1],
    }))
    await tab.close({ runBeforeUnload: false })
    tab = await context.newPage()
    await tab.goto('./')
    const after = await onDisk(tab)
    expect(after.orphans).toBeUndefined()
    for (const [project, count] of Object.entries(after)) {
      if (project !== id) expect(count, `${name}, kill ${kill}`).toBe(pipes)
    }
    expect([0, pipes]).toContain(after[id])
    for (const project of Object.keys(before)) expect(Object.keys(after)).toContain(project)
    if (name === 'restore' && reported.saved && reported.pipes !== undefined) expected = Number(reported.pipes)
    else if (name === 'restore') expected = null
    if (expected !== null) expect(after[id]).toBe(expected)
    expected = after[id] ?? null
  }
})
