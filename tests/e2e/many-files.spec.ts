/**
 * A zip with tens of thousands of files: the page stays responsive, shows progress, and the import can be cancelled.
 */
import { expect, type Page, test } from '@playwright/test'
import { zipSync } from 'fflate'

/** Tens of thousands of small files, most of which are no configuration. */
function zip(files: number): Buffer {
  const entries = Object.fromEntries(
    Array.from({ length: files }, (_, n) => {
      const text = n < 3 ? `{"_id":"p${n}","type":"pipe","source":{"type":"embedded","entities":[]}}` : `text ${n}`
      return [
        n < 3 ? `pipes/p${n}.conf.json` : `notes/n${n}.txt`,
        [new TextEncoder().encode(text), { level: 0 }] as const,
      ]
    }),
  )
  return Buffer.from(zipSync(entries as Parameters<typeof zipSync>[0]))
}

async function choose(page: Page, buffer: Buffer): Promise<void> {
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByTestId('import-files').setInputFiles([{ name: 'many.zip', mimeType: 'application/zip', buffer }])
}

test('the page answers while a zip of many files is read, and the import can be given up', async ({ page }) => {
  await page.goto('./')
  const archive = zip(50_000)
  const dialog = page.getByRole('dialog')
  // Pressed by a script as soon as it appears: a fast machine may be done before the test itself could press it.
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role=dialog] progress')) return
      observer.disconnect()
      for (const button of document.querySelectorAll('button')) if (button.textContent === 'Cancel') button.click()
    })
    observer.observe(document.body, { childList: true, subtree: true })
  })
  await choose(page, archive)
  await expect(dialog).toBeHidden()
  await expect(page.getByText('No projects yet')).toBeVisible()

  await choose(page, archive)
  await expect(dialog).toContainText('3 components can be used')
  await expect(dialog).toContainText('The import has more than 20000 files')
  await dialog.getByRole('button', { name: 'Open what can be used' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await expect(page.getByRole('group', { name: /^p0/ })).toBeVisible()
})
