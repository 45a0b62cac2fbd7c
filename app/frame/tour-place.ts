/** Where the words of the tour stand: beside what they explain, never on it, and inside the window. */

interface Box {
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Pixels between the words and what they are about, and between them and the border of the window. */
const gap = 12
const margin = 8

/**
 * The place of a card of `size` for a `spot`, in pixels of the window: the first of right, below, left and above where it
 * fits beside the spot. Where nothing does, for a spot as large as the window, it stands in the corner with most room.
 */
export function besideSpot(spot: Box, size: Size, window: Size): { readonly top: number; readonly left: number } {
  const across = within(spot.left, size.width, window.width)
  const down = within(spot.top, size.height, window.height)
  const places = [
    { left: spot.left + spot.width + gap, top: down },
    { left: across, top: spot.top + spot.height + gap },
    { left: spot.left - gap - size.width, top: down },
    { left: across, top: spot.top - gap - size.height },
  ]
  const fits = places.find(
    ({ left, top }) =>
      left >= margin &&
      top >= margin &&
      left + size.width <= window.width - margin &&
      top + size.height <= window.height - margin,
  )
  const isLeft = spot.left + spot.width / 2 > window.width / 2
  const isAbove = spot.top + spot.height / 2 > window.height / 2
  return (
    fits ?? {
      left: isLeft ? margin : Math.max(margin, window.width - size.width - margin),
      top: isAbove ? margin : Math.max(margin, window.height - size.height - margin),
    }
  )
}

function within(start: number, size: number, most: number): number {
  return Math.max(margin, Math.min(start, most - size - margin))
}
