/** The problems of a project by cause: filtered, opened, and fixed together. */
import { expect, test } from '@playwright/test'
import { importConfiguration, settled, watch } from './app.ts'

const pipes = Array.from({ length: 12 }, (_, at) => ({
  _id: `crm-${at}`,
  type: 'pipe',
  source: { type: 'embedded', entities: [{ _id: '1', name: `Ada ${at}` }] },
  transform: {
    type: 'dtl',
    rules: {
      default: [
        ['copy', '*'],
        ['add', 'n', ['uper', '_S.name']],
      ],
    },
  },
  ...(at % 3 === 0 ? { batch_size: String(at + 1) } : {}),
  ...(at % 4 === 0 ? { compactoin: { keep_versions: 2 } } : {}),
}))

test('problems are grouped by cause, found by words, and solved together', async ({ page }) => {
  const errors = watch(page)
  const address = await importConfiguration(page, pipes)
  await page.goto(`${address}/deploy`)
  await settled(page)
  const causes = page.getByRole('list', { name: 'Problems' })
  await expect(page.getByRole('status').filter({ hasText: 'causes' })).toHaveText('19 problems, 3 causes')

  await page.getByRole('button', { name: '12 errors' }).click()
  await expect(page.getByText('7 problems, 2 causes')).toBeVisible()
  await page.getByRole('button', { name: '12 errors' }).click()
  await page.getByRole('searchbox', { name: 'Find problems' }).fill('crm-3 uper')
  await expect(page.getByText('1 problem, 1 cause')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Find problems' }).fill('')

  await causes.getByRole('button', { name: /uper/, expanded: false }).click()
  await expect(causes.getByRole('link', { name: 'crm-11', exact: true })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('problems.png') })
  await causes.getByRole('button', { name: 'Change to upper (12 places)' }).click()
  await expect(page.getByText('7 problems, 2 causes')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('19 problems, 3 causes')).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await causes.getByRole('button', { name: 'Change to compaction (3 places)' }).click()
  await causes.getByRole('button', { name: 'Solve all 4' }).click()
  await expect(page.getByText('No problems found')).toBeVisible()
  expect(errors).toEqual([])
})
