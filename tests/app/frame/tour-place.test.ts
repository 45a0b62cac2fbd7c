/** The text of the tour does not cover the element that it explains. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { besideSpot } from '../../../app/frame/tour-place.ts'

test('the words stand inside the window and beside the spot wherever there is room', () => {
  const card = { width: 320, height: 180 }
  const number = (min: number, max: number) => fc.integer({ min, max })
  fc.assert(
    fc.property(
      fc.record({ width: number(360, 1920), height: number(400, 1200) }),
      number(0, 1900),
      number(0, 1180),
      number(20, 300),
      number(20, 100),
      (window, x, y, width, height) => {
        const spot = {
          left: Math.min(x, window.width - width),
          top: Math.min(y, window.height - height),
          width,
          height,
        }
        const { left, top } = besideSpot(spot, card, window)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(left + card.width).toBeLessThanOrEqual(window.width)
        expect(top + card.height).toBeLessThanOrEqual(window.height)
        const beside =
          left >= spot.left + width ||
          left + card.width <= spot.left ||
          top >= spot.top + height ||
          top + card.height <= spot.top
        // There is room below or above, unless the element is in the middle of a low window.
        const room = Math.max(spot.top, window.height - spot.top - height) >= card.height + 20
        expect(beside || !room).toBe(true)
      },
    ),
  )
})
