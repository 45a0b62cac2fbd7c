/** The part of a canvas that is shown at first. */
import { expect, it } from 'vitest'
import { viewportFor } from '../../../../app/canvas/map/framing.ts'

const room = { top: 50, right: 10, bottom: 50, left: 10 }
const canvas = { width: 1020, height: 700, room, least: 0.6, most: 1 }

it('shows everything, in the middle, where names stay legible', () => {
  expect(viewportFor([{ x: 0, y: 0, width: 500, height: 300 }], canvas)).toEqual({ zoom: 1, x: 260, y: 200 })
  expect(viewportFor([{ x: 100, y: 0, width: 1250, height: 300 }], canvas)).toEqual({ zoom: 0.8, x: -70, y: 230 })
})

it('shows the beginning at the least zoom of what is too large', () => {
  expect(viewportFor([{ x: -200, y: -100, width: 9000, height: 8000 }], canvas)).toEqual({ zoom: 0.6, x: 130, y: 110 })
})

it('shows nothing of nothing', () => {
  expect(viewportFor([], canvas)).toBeNull()
})
