/** A tab that is killed during a run loses nothing acknowledged and leaves no half batch; the next run completes. */
import { expect, test } from '@playwright/test'
import { importConfiguration, runAll, watch } from './app.ts'

const entityCount = 30_000

/** A project whose run takes a while: many entities through three pipes. */
function project(): string {
  const entities = Array.from({ length: entityCount }, (_, index) => ({
    _id: `e${index}`,
    n: index,
    group: index % 97,
  }))
  const copyingPipe = (id: string, dataset: string) => ({
    _id: id,
    type: 'pipe',
    source: { type: 'dataset', dataset },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'sum', ['sum', ['range', 0, 40]]],
          ['add', 'name', ['concat', 'n', ['string', '_S.n']]],
        ],
      },
    },
    batch_size: 500,
  })
  return JSON.stringify([
    { _id: 'input', type: 'pipe', source: { type: 'embedded', entities } },
    copyingPipe('middle', 'input'),
    copyingPipe('end', 'middle'),
  ])
}

async function importProject(page: import('@playwright/test').Page): Promise<string> {
  const address = await importConfiguration(page, JSON.parse(project()))
  await expect(page.getByText('engine idle')).toBeVisible()
  return address
}

test('killed in the middle of a run, completed by the next', async ({ page, context }) => {
  const address = await importProject(page)
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await page.waitForTimeout(700)
  await page.close({ runBeforeUnload: false })

  const next = await context.newPage()
  const errors = watch(next)
  await next.goto(`${address}/runs`)
  await expect(next.getByText('engine idle')).toBeVisible()
  await runAll(next)
  await expect(next.getByRole('heading', { name: 'Done' })).toBeVisible()
  await next.goto(`${address}/data/end`)
  await expect(next.getByText(/^30.000 entities$/)).toBeVisible()
  expect(errors).toEqual([])
})

test('a run that is stopped stops at once, and the next completes it', async ({ page }) => {
  const address = await importProject(page)
  await page.goto(`${address}/runs`)
  await page.getByRole('button', { name: 'Run all' }).first().click()
  await page.waitForTimeout(500)
  const stop = page.getByRole('banner').getByRole('button', { name: 'Stop' })
  await stop.click()
  await expect(page.getByRole('heading', { name: 'Stopped' })).toBeVisible({ timeout: 3000 })
  await expect(page.getByText('engine idle')).toBeVisible()
  await runAll(page)
  await page.goto(`${address}/data/end`)
  await expect(page.getByText(/^30.000 entities$/)).toBeVisible()
})

test('a rule that does not let go is ended all the same, and the engine starts again', async ({ page }) => {
  const values = Array.from({ length: 200 }, (_, index) => index)
  const loop = ['map', ['map', ['map', '_.', '_S.values'], '_S.values'], '_S.values']
  const pipes = [
    { _id: 'quick', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1' }] } },
    {
      _id: 'input',
      type: 'pipe',
      source: { type: 'embedded', entities: Array.from({ length: 40 }, (_, index) => ({ _id: `${index}`, values })) },
    },
    {
      _id: 'slow',
      type: 'pipe',
      source: { type: 'dataset', dataset: 'input' },
      transform: { type: 'dtl', rules: { default: [['add', 'x', loop]] } },
    },
  ]
  const address = await importConfiguration(page, pipes)
  await expect(page.getByText('engine idle')).toBeVisible()
  await page.goto(`${address}/runs`)
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click()
  // Each entity stays just below its budget, and the thread is blocked for many seconds.
  await page.waitForTimeout(2000)
  await page.getByRole('banner').getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('heading', { name: 'Stopped' })).toBeVisible({ timeout: 1000 })
  await expect(page.getByText('engine idle')).toBeVisible()
  await page.goto(`${address}/data/quick`)
  await expect(page.getByText('1 entity', { exact: true })).toBeVisible()
})
