/** The canvas by touch: one finger pans it, two fingers zoom it, and a long press opens the menu. */
import { type CDPSession, expect, test } from '@playwright/test'
import { openSample, watch } from './app.ts'

test.use({ hasTouch: true, viewport: { width: 768, height: 1024 } })

interface TouchPoint {
  readonly x: number
  readonly y: number
}

async function touch(cdp: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly TouchPoint[]) {
  await cdp.send('Input.dispatchTouchEvent', { type, touchPoints: fingers.map((finger, id) => ({ ...finger, id })) })
}

test('the flow is panned, pinched and asked for a menu by touch', async ({ page }) => {
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  const cdp = await page.context().newCDPSession(page)
  const flow = page.getByRole('region', { name: 'The project as a graph' })
  const card = flow.getByRole('group', { name: /^global-customer/ })
  await expect(card).toBeVisible()
  const box = async () => (await card.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }

  const before = await box()
  const empty = { x: before.x + 20, y: before.y + 300 }
  await touch(cdp, 'touchStart', [empty])
  for (const step of [10, 40, 80]) await touch(cdp, 'touchMove', [{ x: empty.x, y: empty.y - step }])
  await touch(cdp, 'touchEnd', [])
  await expect.poll(async () => (await box()).y).toBeLessThan(before.y - 40)

  const middle = await box()
  // Around a point just below the card, so that the card stays visible.
  const below = { x: middle.x + middle.width / 2, y: middle.y + middle.height + 30 }
  const touchPoints = (apart: number) => [
    { x: below.x - apart, y: below.y },
    { x: below.x + apart, y: below.y },
  ]
  await touch(cdp, 'touchStart', touchPoints(20))
  for (const apart of [24, 28, 32]) await touch(cdp, 'touchMove', touchPoints(apart))
  await touch(cdp, 'touchEnd', [])
  await expect.poll(async () => (await box()).width).toBeGreaterThan(middle.width * 1.1)

  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect.poll(async () => (await box()).width).toBeLessThan(middle.width * 1.1)
  const { x, y, width, height } = await box()
  await touch(cdp, 'touchStart', [{ x: x + width / 2, y: y + height / 2 }])
  const menu = page.getByRole('menu', { name: 'Actions' })
  await expect(menu).toBeVisible()
  await touch(cdp, 'touchEnd', [])
  await expect(menu.getByRole('menuitem', { name: /^Open/ })).toBeVisible()
  expect(errors).toEqual([])
})
