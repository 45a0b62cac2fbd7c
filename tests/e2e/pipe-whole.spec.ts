/**
 * A pipe of six stages fits on the screen: the strip at the top and the stages below it, collapsed and expanded by
 * mouse and keys.
 */
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, watch } from './app.ts'

const settings = '{"theme":"light","language":"en","welcomed":true}'
test.use({
  viewport: { width: 1440, height: 900 },
  // The initial state: the data dock is closed.
  storageState: async ({ baseURL }, use) =>
    use({
      cookies: [],
      origins: [
        { origin: new URL(baseURL ?? '').origin, localStorage: [{ name: 'pipewright.settings', value: settings }] },
      ],
    }),
})

const entities = [
  { _id: '1', name: 'Ada', lines: [{ n: 1 }, { n: 2 }] },
  { _id: '2', name: 'Bo', lines: [{ n: 3 }] },
]
const steps = (...names: string[]) => names.map((name) => ['add', name, '_S.name'])
const pipe = {
  _id: 'six',
  type: 'pipe',
  source: { type: 'embedded', entities },
  transform: [
    { type: 'dtl', rules: { default: [['copy', '*'], ...steps('a', 'b', 'c')] } },
    {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['create-child', ['apply', 'line', '_S.lines']],
        ],
        line: [
          ['add', '_id', ['string', '_S.n']],
          ['copy', 'n'],
        ],
      },
    },
    { type: 'emit_children' },
    { type: 'dtl', rules: { default: [['copy', '*'], ['filter', ['gt', '_S.n', 1]], ...steps('d', 'e')] } },
  ],
}

const strip = (page: Page) => page.getByRole('navigation', { name: 'All stages' })

/** Whether an element is entirely on the screen. */
async function inSight(page: Page, selector: string): Promise<boolean> {
  const all = await page.locator(selector).all()
  const boxes = await Promise.all(all.map((each) => each.boundingBox()))
  return boxes.every((box) => box !== null && box.y >= 0 && box.y + box.height <= 900 && box.x >= 0)
}

test('all six stages are in sight at 1440 px, in the strip and on the canvas', async ({ page }) => {
  const errors = watch(page)
  const project = await importConfiguration(page, pipe)
  await page.goto(`${project}/pipe/six`)
  await expect(strip(page).getByRole('button')).toHaveCount(6)
  await expect(strip(page).getByRole('button', { name: /^5 of 6, DTL: 3 → 2, 1 filtered/ })).toBeVisible()
  await expect(page.locator('[data-stage]')).toHaveCount(6)
  await expect.poll(() => inSight(page, '[data-stage]')).toBe(true)
  await expect.poll(() => inSight(page, '[data-strip]')).toBe(true)
  await test.step('a stage is folded to one line that says what it makes', async () => {
    await page.getByRole('button', { name: 'Fold DTL' }).first().click()
    await expect(page.getByText('4 steps: *, a, b, c')).toBeVisible()
    await page.getByRole('button', { name: 'Open DTL' }).click()
    await expect(page.getByRole('button', { name: /^Step 2: add a/ })).toBeVisible()
  })
  await test.step('by keys: along the strip, down to a stage, all others folded', async () => {
    await strip(page).getByRole('button').nth(3).focus()
    await page.keyboard.press('ArrowRight')
    await expect(strip(page).getByRole('button').nth(4)).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(page.locator('[data-stage]').nth(4)).toBeFocused()
    await page.keyboard.press('o')
    await expect(page.getByRole('button', { name: /^Step 2: add a/ })).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^Step 3: add d/ })).toBeVisible()
  })
  await test.step('the data dock opens and closes', async () => {
    await page.getByRole('button', { name: 'Before and after' }).click()
    await expect(page.getByRole('region', { name: 'Data', exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Close the data' }).click()
    await expect(page.getByRole('region', { name: 'The entity that is followed' })).toBeVisible()
  })
  expect(errors).toEqual([])
})
