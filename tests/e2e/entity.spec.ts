/** The panel of a chosen entity shows its output, and a step reports values that it leaves out. */
import { expect, test } from '@playwright/test'
import { importConfiguration, watch } from './app.ts'

const rules = (...steps: unknown[]) => ({ type: 'dtl', rules: { default: steps } })

test('an entity that is filtered out, one with children, and one without', async ({ page }) => {
  const errors = watch(page)
  const line = [['add', '_id', ['concat', 'line-', '_S.']]]
  const split = {
    type: 'dtl',
    rules: {
      default: [
        ['filter', ['is-null', '_S.off']],
        ['create-child', ['apply', 'line', '_S.lines']],
      ],
      line,
    },
  }
  const entities = [
    { _id: 'a', lines: ['1', '2'] },
    { _id: 'b', lines: ['3'] },
    { _id: 'c', lines: [], off: true },
  ]
  const source = { type: 'embedded', entities }
  const address = await importConfiguration(page, {
    _id: 'orders',
    type: 'pipe',
    source,
    transform: [split, { type: 'emit_children' }],
  })
  await page.goto(`${address}/pipe/orders`)
  const sink = page.getByRole('region', { name: 'What goes to the sink' })
  await expect(sink).toContainText('line-1')
  await expect(sink).toContainText('line-2')
  await expect(sink).not.toContainText('line-3')
  await page.getByRole('button', { name: 'Next entity' }).click()
  await expect(sink).toContainText('line-3')
  await expect(sink).not.toContainText('line-1')
  await page.getByRole('button', { name: 'Next entity' }).click()
  await expect(sink).toContainText('Filtered out at step 1 of stage 1 (DTL')
  await expect(sink).not.toContainText('line-')
  await sink.getByRole('button', { name: 'Show the step' }).click()
  await expect(page.locator('[data-path="transform/0/rules/default/0"]')).toHaveAttribute('aria-pressed', 'true')
  expect(errors).toEqual([])
})

test('a sum over texts says so, and one click converts them; undo takes it back', async ({ page }) => {
  const entities = [{ _id: '1', lines: [{ amount: '1 499,90' }, { amount: '12,50' }] }]
  const source = { type: 'embedded', entities }
  const pipe = { _id: 'totals', type: 'pipe', source, transform: rules(['add', 'total', ['sum', '_S.lines.amount']]) }
  const address = await importConfiguration(page, pipe)
  await page.goto(`${address}/pipe/totals`)
  const step = page.locator('[data-path="transform/0/rules/default/0"]')
  await expect(step).toContainText('2 of 2 values are texts, but “sum” takes only numbers.')
  // Its output is marked as incomplete.
  await page.getByRole('button', { name: /^Step 1: add total/ }).click({ position: { x: 12, y: 8 } })
  const total = page.getByRole('region', { name: 'After' }).locator('[data-differs]').filter({ hasText: 'total' })
  await expect(total).toHaveAttribute('data-differs', 'warn')
  await step.getByRole('button', { name: 'Convert: 1 499,90 → 1,499.90' }).click()
  await expect(step).not.toContainText('2 of 2 values')
  await expect(step).toContainText('1,512.40')
  await expect(total).toHaveAttribute('data-differs', 'good')
  await page.getByRole('button', { name: 'Undo: Convert values' }).click()
  await expect(step).toContainText('2 of 2 values are texts')
})
