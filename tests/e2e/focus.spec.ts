/** The keyboard focus is never lost, targets are large enough, and the canvas is usable in narrow windows. */
import { expect, type Page, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'

/** Expects that an element has the focus after the last action. */
async function expectFocus(page: Page, after: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'BODY'), { message: `focus after ${after}` })
    .not.toBe('BODY')
}

test('focus is somewhere after creating, deleting, escaping and closing', async ({ page }) => {
  const errors = watch(page)
  const { keyboard } = page
  const project = await openSample(page, 'Golden customer')
  await runAll(page)
  await page.getByRole('button', { name: 'Show everything' }).focus()
  for (const key of ['Control+k', '?']) {
    await keyboard.press(key)
    await expect(page.getByRole('dialog')).toBeVisible()
    await keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expectFocus(page, `Escape from ${key}`)
  }
  await page.goto(`${project}/pipe/global-customer`)
  await expect(page.getByRole('button', { name: /^Step 1/ }).first()).toBeVisible()
  await page
    .getByRole('button', { name: /^Step 1/ })
    .first()
    .focus()
  const picker = page.getByRole('combobox', { name: 'Add a step' })
  await keyboard.press('/')
  await expect(picker).toBeFocused()
  await keyboard.press('Escape')
  await expect(picker).toHaveCount(0)
  await expectFocus(page, 'Escape from the steps')
  await keyboard.press('/')
  await expect(picker).toBeFocused()
  await keyboard.type('default')
  await keyboard.press('Enter')
  await expect(picker).toHaveCount(0)
  await expectFocus(page, 'a new step')
  await page.locator('[data-step][aria-pressed=true]').first().focus()
  await keyboard.press('Backspace')
  await page.waitForTimeout(200)
  await expectFocus(page, 'deleting a step')
  await page.goto(`${project}/data/global-customer`)
  const grid = page.getByRole('grid')
  await grid.focus()
  await keyboard.press('Enter')
  const close = page.getByRole('complementary').getByRole('button', { name: 'Close' })
  await close.focus()
  await keyboard.press('Enter')
  await expect(close).toHaveCount(0)
  await expectFocus(page, 'closing an entity')
  expect(errors).toEqual([])
})

const views = [
  'flow',
  'pipe/global-customer',
  'data/global-customer',
  'runs',
  'lineage/global-customer/global-customer:email',
  'tests',
  'deploy',
  'dtl/join',
]

test('targets are at least 24 pixels on every view', async ({ page }) => {
  const project = await openSample(page, 'Golden customer')
  await runAll(page)
  const small: string[] = []
  for (const view of views) {
    await page.goto(`${project}/${view}`)
    await page.waitForTimeout(600)
    const found = await page.evaluate(() => {
      const selector = 'button, summary, select, input, textarea, a[href], [role=tab], [role=option]'
      return [...document.querySelectorAll<HTMLElement>(selector)].flatMap((element) => {
        // Elements of a canvas scale with its zoom, and links in sentences are as high as the line.
        if (element.closest('.react-flow__viewport') || element.matches('.react-flow__attribution a')) return []
        const target = element.matches('input[type=checkbox], input[type=radio]') ? element.closest('label') : element
        const { width, height } = (target ?? element).getBoundingClientRect()
        const isInline = element.matches(':is(p, li, td, dd) :is(a, button.link)')
        if (width === 0 || height === 0 || isInline || (width >= 23.5 && height >= 23.5)) return []
        const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
        // Hidden until the keyboard reaches it.
        if (name === 'Skip to content') return []
        return [`${element.tagName} ${name.slice(0, 40)} ${Math.round(width)}×${Math.round(height)}`]
      })
    })
    small.push(...new Set(found.map((each) => `${view}: ${each}`)))
  }
  expect(small).toEqual([])
})

for (const [name, size] of [
  ['768 pixels', { width: 768, height: 1024 }],
  ['200 % of a laptop', { width: 720, height: 450 }],
] as const) {
  test(`a canvas is left at ${name}`, async ({ page }) => {
    await page.setViewportSize(size)
    const project = await openSample(page, 'Golden customer')
    for (const view of ['flow', 'pipe/global-customer']) {
      await page.goto(`${project}/${view}`)
      const canvas = page
        .locator('.react-flow')
        .or(page.getByRole('region', { name: /^The stages of/ }))
        .first()
      await expect(canvas).toBeVisible()
      const box = await canvas.boundingBox()
      expect(box?.width ?? 0, `width in ${view}`).toBeGreaterThan(size.width * 0.75)
      expect(box?.height ?? 0, `height in ${view}`).toBeGreaterThan(size.height * 0.35)
      const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      expect(isWider, `${view} is wider than the window`).toBe(false)
    }
  })
}
