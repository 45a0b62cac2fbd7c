/**
 * Work that cannot be saved is never dropped without a question: full disk, another tab that writes or deletes, cleared
 * storage.
 */
import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { openSample, watch } from './app.ts'

const locationOf = (page: Page) => page.getByRole('navigation', { name: 'Location' })

async function renameProject(page: Page, name: string): Promise<void> {
  await expect(page.getByText('engine idle')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Rename project')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(locationOf(page)).toContainText(name.slice(0, 20))
}

/** Writes the project row as another program of this origin would, with a higher revision. */
async function writeElsewhere(page: Page, project: string): Promise<void> {
  const id = /\/p\/([^/]+)/.exec(project)?.[1] ?? ''
  await page.evaluate(
    (id) =>
      new Promise<void>((resolve, reject) => {
        const opened = indexedDB.open('pipewright')
        opened.onerror = () => reject(opened.error)
        opened.onsuccess = () => {
          const database = opened.result
          const transaction = database.transaction(['projects'], 'readwrite')
          const projects = transaction.objectStore('projects')
          const read = projects.get(id)
          read.onsuccess = () => projects.put({ ...read.result, revision: read.result.revision + 7 })
          transaction.oncomplete = () => {
            database.close()
            resolve()
          }
        }
      }),
    id,
  )
}

/** Text that cannot be compressed, because Chromium compresses what it stores. */
function incompressible(length: number): string {
  let text = ''
  while (text.length < length) text += Math.random().toString(36).slice(2)
  return text.slice(0, length)
}

test('with a full disk, going to another project asks, and the work can be kept', async ({
  page,
  context,
  baseURL,
}) => {
  const devtools = await context.newCDPSession(page)
  const origin = new URL(baseURL ?? '').origin
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_500_000 })
  const other = await openSample(page, 'A composite pipe')
  const first = await openSample(page, 'Golden customer')
  await renameProject(page, `Precious ${incompressible(2_200_000)}`)
  await expect(page.getByText('Not saved: the disk is full')).toBeVisible()

  // The list of projects shows that something is not saved.
  await page.getByRole('link', { name: 'Projects' }).first().click()
  await expect(page.getByText('Not saved: the disk is full')).toBeVisible()
  await page.evaluate((address) => location.assign(address), `${other}/flow`)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('has changes that are not saved')

  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export as zip' }).click()
  expect(
    readFileSync(await (await download).path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  await dialog.getByRole('button', { name: 'Keep as a new project' }).click()
  await expect(page.getByText('There is no room for a new project on the disk')).toBeVisible()
  await dialog.getByRole('button', { name: 'Go back to it' }).click()
  await expect(locationOf(page)).toContainText('Precious')
  expect(page.url()).toContain(first)

  await page.evaluate((address) => location.assign(address), `${other}/flow`)
  await expect(dialog).toBeVisible()
  await devtools.send('Storage.overrideQuotaForOrigin', { origin })
  await dialog.getByRole('button', { name: 'Save again' }).click()
  await expect(locationOf(page)).toContainText('A composite pipe')
  await page.goto(`${first}/flow`)
  await expect(locationOf(page)).toContainText('Precious')
})

test('when another tab has written the project, unsaved work is asked about and kept as a new project', async ({
  page,
  context,
}) => {
  // The other tab writes between two reads of the disk; without an edit here its state is shown.
  await page.addInitScript(() => {
    const every = setInterval
    Object.assign(globalThis, {
      setInterval: (work: () => void, wait: number) => every(work, wait === 2000 ? 1e9 : wait),
    })
  })
  const other = await openSample(page, 'A composite pipe')
  const first = await openSample(page, 'Golden customer')
  const writer = await context.newPage()
  await writer.goto('./icons/icon.svg')
  await writeElsewhere(writer, first)
  await renameProject(page, 'Mine alone')
  await expect(page.getByText('Not saved: another tab has changed this project')).toBeVisible()
  await page.evaluate((address) => location.assign(address), `${other}/flow`)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Another tab has changed this project')
  await dialog.getByRole('button', { name: 'Keep as a new project' }).click()
  await expect(locationOf(page)).toContainText('A composite pipe')
  await page.getByRole('link', { name: 'Projects' }).first().click()
  await expect(page.getByRole('link', { name: /^Golden customer/ })).toBeVisible()
  await page.getByRole('link', { name: /^Mine alone \(copy\)/ }).click()
  await expect(locationOf(page)).toContainText('Mine alone (copy)')

  // The same question comes before the other tab's state replaces this one's.
  const copy = page.url()
  await writeElsewhere(writer, copy)
  await renameProject(page, 'Mine again')
  await page.getByRole('button', { name: 'Load what the other tab saved' }).click()
  await dialog.getByRole('button', { name: 'Discard the changes' }).click()
  await expect(locationOf(page)).toContainText('Mine alone (copy)')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
})

test('a project that is deleted in another tab says so, and can be kept', async ({ page, context }) => {
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  const second = await context.newPage()
  await second.goto('./')
  await second.getByRole('button', { name: 'Actions for Golden customer' }).click()
  await second.getByRole('menuitem', { name: 'Delete…' }).click()
  await expect(second.getByRole('dialog')).toContainText('It is open in another tab')
  await second.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(second.getByText('“Golden customer” was deleted.')).toBeVisible()

  await expect(page.getByText('Not saved: the project was deleted')).toBeVisible({ timeout: 5000 })
  await expect(page.getByRole('alert')).toContainText('exists in this tab only')
  await expect(page.getByText('Saved', { exact: true })).toBeHidden()
  await page.getByRole('alert').getByRole('button', { name: 'Keep as a new project' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.reload()
  await expect(locationOf(page)).toContainText('Golden customer')
  await expect(page.getByText('engine idle')).toBeVisible()
  expect(errors).toEqual([])
})

for (const how of ['the data of the site is cleared', 'the databases are deleted']) {
  test(`when ${how}, the status says so within seconds, and what is on screen can be kept`, async ({
    page,
    context,
    baseURL,
  }) => {
    await openSample(page, 'Golden customer')
    await renameProject(page, 'Survivor')
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    if (how.startsWith('the data')) {
      const devtools = await context.newCDPSession(page)
      const origin = new URL(baseURL ?? '').origin
      await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage' })
    } else {
      const second = await context.newPage()
      await second.goto('./icons/icon.svg')
      await second.evaluate(async () => {
        for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
      })
    }
    await expect(page.getByText('Not saved: the project was deleted')).toBeVisible({ timeout: 8000 })
    await page.getByRole('alert').getByRole('button', { name: 'Keep as a new project' }).click()
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await page.reload()
    await expect(locationOf(page)).toContainText('Survivor')
    await expect(page.getByText('engine idle')).toBeVisible()
  })
}

test('a project that is renamed in the list of another tab is shown so, and nothing conflicts', async ({
  page,
  context,
}) => {
  await openSample(page, 'Golden customer')
  const second = await context.newPage()
  await second.goto('./')
  await second.getByRole('button', { name: 'Actions for Golden customer' }).click()
  await second.getByRole('menuitem', { name: 'Rename…' }).click()
  await second.getByRole('textbox', { name: 'Name' }).fill('Renamed elsewhere')
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(locationOf(page)).toContainText('Renamed elsewhere')
  await renameProject(page, 'Renamed here')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
})

test('a version is kept whenever work begins, whatever the clock says', async ({ page }) => {
  await page.addInitScript(() => {
    const shift = Number(sessionStorage.getItem('clock') ?? 0)
    const now = Date.now.bind(Date)
    Date.now = () => now() + shift
  })
  const address = await openSample(page, 'Golden customer')
  const count = async (expected: number) => {
    await page.goto(`${address}/deploy`)
    await page.getByRole('tab', { name: 'Versions' }).click()
    await expect(page.getByRole('list', { name: 'Versions' }).getByRole('listitem')).toHaveCount(expected)
  }
  const year = 365 * 86_400_000
  for (const [round, shift] of [year, year, year, 0, 0, 0].entries()) {
    await page.evaluate((shift) => sessionStorage.setItem('clock', String(shift)), shift)
    await page.reload()
    await renameProject(page, `Round ${round}`)
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await page.reload()
    await count(round + 1)
  }
})
