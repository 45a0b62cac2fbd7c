/** Durable data as a person sees it: a second copy that replaces lost data, backups, and restoring them. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, row, watch } from './app.ts'

interface PushWindow {
  readonly pipewright: { push(pipe: string, entities: object): Promise<{ entities: number }> }
}

const push = (page: Page, entities: object) =>
  page.evaluate((given) => (globalThis as unknown as PushWindow).pipewright.push('inbox', given), entities)

test('data that is pushed is copied, backed up, restored, and comes back after the database was lost', async ({
  page,
}) => {
  const errors = watch(page)
  // A test cannot drive the browser's folder dialog: a folder of the browser's private file system stands in for the
  // chosen one.
  await page.addInitScript(() => {
    const showDirectoryPicker = async () => {
      const root = await navigator.storage.getDirectory()
      return root.getDirectoryHandle('My backups', { create: true })
    }
    Object.assign(globalThis, { showDirectoryPicker })
  })
  const address = await importConfiguration(page, { _id: 'inbox', type: 'pipe', source: { type: 'http_endpoint' } })
  await page.goto(`${address}/pipe/inbox`)
  await expect(page.getByRole('button', { name: 'Supply data…' })).toBeVisible()
  await push(page, [{ _id: '1', name: 'Ada' }])
  await page.goto(`${address}/operations`)
  const tile = page.getByRole('button', { name: /^Durable data/ })
  await expect(tile).toContainText('no durable pipes')

  const dialog = page.getByRole('dialog', { name: 'Durable data and backups' })
  const copy = dialog.getByRole('region', { name: 'Second copy' })
  const backups = dialog.getByRole('region', { name: 'Backups' })
  await test.step('a pipe is made durable, and a backup is made', async () => {
    await tile.press('Enter')
    await expect(copy).toContainText('There is none')
    await expect(backups).toContainText('There is no backup yet.')
    await dialog.getByRole('switch', { name: 'inbox is durable' }).press('Space')
    await expect(copy).toContainText('in this browser, beside the database')
    await expect(copy).toContainText(/The browser (keeps|may clear|does not say)/)
    await dialog.getByRole('button', { name: 'Back up now' }).click()
    await expect(backups.getByRole('listitem')).toHaveCount(1)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.keyboard.press('Escape')
    await expect(tile).toContainText('1 durable pipe · 1 backup')
  })

  await test.step('a restore asks, and there is a way back from it', async () => {
    await push(page, [{ _id: '2', name: 'Bo' }])
    await tile.click()
    await backups.getByRole('button', { name: /^Restore the backup of/ }).click()
    await page
      .getByRole('dialog', { name: /^Restore the backup of/ })
      .getByRole('button', { name: 'Restore' })
      .click()
    await expect(backups).toContainText('Restored: readers of the datasets see it as restore')
    await expect(backups.getByRole('listitem')).toHaveCount(2)
    await page.keyboard.press('Escape')
    await page.goto(`${address}/data/inbox`)
    await expect(row(page, '1')).toBeVisible()
    await expect(page.getByText('1 entity', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Back to what was here' }).click()
    await expect(row(page, '2')).toContainText('Bo')
  })

  await test.step('what the database has lost comes from the copy', async () => {
    const project = /#\/p\/([^/]+)/.exec(address)?.[1] ?? ''
    await page.goto('about:blank')
    await page.goto('./')
    const had = await page.evaluate(async (name) => {
      const names = (await indexedDB.databases()).map((database) => database.name)
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name)
        request.onsuccess = () => resolve()
        request.onerror = () => reject(request.error)
      })
      return names.includes(name)
    }, `pipewright-data:${project}`)
    expect(had).toBe(true)
    await page.goto(`${address}/data/inbox`)
    await expect(row(page, '2')).toContainText('Bo')
  })

  await test.step('copy and backups go to a folder that a person has chosen', async () => {
    await page.goto(`${address}/operations`)
    await tile.click()
    await dialog.getByRole('button', { name: 'Choose a folder…' }).click()
    await expect(copy).toContainText('in the folder My backups')
    await expect(backups).toContainText('There is no backup yet.')
    await dialog.getByRole('button', { name: 'Back up now' }).click()
    await expect(backups.getByRole('listitem')).toHaveCount(1)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      backups.getByRole('button', { name: /^Download the backup/ }).click(),
    ])
    await backups.getByTestId('backup-file').setInputFiles(await download.path())
    await page
      .getByRole('dialog', { name: /^Restore the backup of the file/ })
      .getByRole('button', { name: 'Restore' })
      .click()
    await expect(backups.getByRole('listitem')).toHaveCount(2)
  })
  expect(errors).toEqual([])
})
