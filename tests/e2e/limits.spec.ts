/**
 * Work that would take too long, in the page: a backtracking pattern gives a problem and the other pipes are written; a
 * join of all entities with all can be stopped.
 */
import { expect, test } from '@playwright/test'
import { importConfiguration, runAll, settled, watch } from './app.ts'

/** All entities share one key, so that each is joined with all. */
const entityCount = 30_000
const hops = ['hops', { datasets: ['a x'], where: [['eq', '_S.k', 'x.k']] }]

function fanOut(): object[] {
  const entities = Array.from({ length: entityCount }, (_, n) => ({ _id: `e${n}`, k: 'same' }))
  return [
    { _id: 'a', type: 'pipe', source: { type: 'embedded', entities } },
    {
      _id: 'j',
      type: 'pipe',
      source: { type: 'dataset', dataset: 'a' },
      transform: { type: 'dtl', rules: { default: [['add', 'h', hops]] } },
    },
    { _id: 'fine', type: 'pipe', source: { type: 'dataset', dataset: 'a' } },
  ]
}

const backtracking = [
  { _id: 'src', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1', s: `${'a'.repeat(40)}!` }] } },
  {
    _id: 'bad',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'src' },
    transform: {
      type: 'json_schema',
      schema: { type: 'object', properties: { s: { type: 'string', pattern: '^(a+)+$' } } },
    },
  },
  { _id: 'good', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1' }] } },
]

test('a pattern that backtracks without end is a problem at its place; preview and run end, the others are written', async ({
  page,
}) => {
  const errors = watch(page)
  const address = await importConfiguration(page, backtracking)
  await settled(page)
  await runAll(page)
  await page.goto(`${address}/data/good`)
  await expect(page.getByText('1 entity', { exact: true })).toBeVisible()
  await page.goto(`${address}/pipe/bad`)
  await settled(page)
  await expect(page.getByText(/The pattern .* takes too many tries/).first()).toBeVisible()
  await page.goto(`${address}/data/src`)
  await expect(page.getByText('1 entity', { exact: true })).toBeVisible()
  expect(errors).toEqual([])
})

test('while a join fans out other datasets are seen, and the run is stopped by hand', async ({ page }) => {
  const errors = watch(page)
  const address = await importConfiguration(page, fanOut())
  await settled(page)
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click()
  await page.goto(`${address}/data/a`)
  await expect(page.getByText(/^30.000 entities$/)).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('engine idle')).toBeVisible()
  await expect(page.getByText(/^30.000 entities$/)).toBeVisible()
  expect(errors).toEqual([])
})
