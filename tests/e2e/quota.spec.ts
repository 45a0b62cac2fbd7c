/** A full disk is reported, nothing is lost, and saving continues when there is space again. */
import { expect, test } from '@playwright/test'
import { openSample } from './app.ts'

test('a full disk is told in the status line, and what was not saved is saved later', async ({
  page,
  context,
  baseURL,
}) => {
  // Set before anything is stored, because Chromium caches the free space for a while.
  const devtools = await context.newCDPSession(page)
  const origin = new URL(baseURL ?? '').origin
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_500_000 })
  await openSample(page, 'Golden customer')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('Rename project')
  await page.keyboard.press('Enter')
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill(`Golden customer ${incompressible(2_200_000)}`)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Not saved: the disk is full')).toBeVisible()

  await devtools.send('Storage.overrideQuotaForOrigin', { origin })
  await page.getByRole('button', { name: 'try again' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('navigation', { name: 'Location' })).toContainText('Golden customer ')
})

/** Text that cannot be compressed, because Chromium compresses what it stores. */
function incompressible(length: number): string {
  let text = ''
  while (text.length < length) text += Math.random().toString(36).slice(2)
  return text.slice(0, length)
}
