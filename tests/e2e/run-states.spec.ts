/** The screen after a run: no red flash when it ends, and the states of pipes are shown after a reload. */
import { expect, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'

test('the end of a run does not look like a failure, and pipes keep their states over a reload', async ({ page }) => {
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  const dots = page.locator('.flow-card [aria-hidden].bg-good')
  await expect(page.locator('.flow-card').first()).toBeVisible()
  await expect(dots).toHaveCount(0)
  // The colours of the button in all frames of a run.
  await page.evaluate(() => {
    const colours = new Set<string>()
    Object.assign(globalThis, { colours })
    const recordState = () => {
      const button = [...document.querySelectorAll('header button')].find((each) => each.textContent === 'Run all')
      if (button) colours.add(getComputedStyle(button).backgroundColor)
      requestAnimationFrame(recordState)
    }
    recordState()
  })
  await runAll(page)
  await page.mouse.move(400, 400)
  await expect(dots.first()).toBeVisible()
  const count = await dots.count()
  const colours = await page.evaluate(() => [...(Reflect.get(globalThis, 'colours') as Set<string>)])
  const red = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.color = 'var(--bad)'
    const channels = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number)
    const bad = channels(getComputedStyle(probe).color)
    probe.remove()
    return bad
  })
  const isReddish = (text: string) => {
    const [r = 0, g = 0] = (text.match(/[\d.]+/g) ?? []).map(Number)
    return r > g * 1.5 && r > (red[0] ?? 255) / 3
  }
  expect(colours.filter(isReddish)).toEqual([])
  await page.reload()
  await expect(dots).toHaveCount(count)
  expect(errors).toEqual([])
})
