/** An `http_endpoint` as an inbox: people and scripts push to it, the pipe runs, deletions count. */
import { expect, test } from '@playwright/test'
import { importConfiguration, row, watch } from './app.ts'

test('entities are pushed by hand and by a script, and the pipe runs at once', async ({ page }) => {
  const errors = watch(page)
  const pipe = {
    _id: 'inbox',
    type: 'pipe',
    source: { type: 'http_endpoint' },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'seen', true],
        ],
      },
    },
  }
  const address = await importConfiguration(page, pipe)
  await page.goto(`${address}/pipe/inbox`)
  await page.getByRole('button', { name: 'Supply data…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('[{"_id": "1", "n": 1}, {"_id": "2", "n": 2}]')
  await dialog.getByRole('button', { name: 'Push' }).click()
  await expect(page.getByText('2 entities supplied')).toBeVisible()

  const push = (entities: object) =>
    page.evaluate((given) => (globalThis as unknown as PushWindow).pipewright.push('inbox', given), entities)
  expect(await push([{ _id: '3', n: 3 }])).toEqual({ entities: 1 })
  expect(await push({ _id: '1', _deleted: true })).toEqual({ entities: 1 })
  await expect(push([{ _id: '4' }, 'x'])).rejects.toThrow(/something other than objects stands in the list/)
  await page.goto(`${address}/data/inbox`)
  await expect(page.getByText('2 entities', { exact: true })).toBeVisible()
  await expect(row(page, '3')).toContainText('true')
  expect(errors).toEqual([])
})

interface PushWindow {
  readonly pipewright: { push(pipe: string, entities: object): Promise<{ entities: number }> }
}
