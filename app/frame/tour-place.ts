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
const gapToPlace = 12
const edgeMargin = 8

/**
 * The place of a card of `size` for a `spot`, in pixels of the window: the first of right, below, left and above where it
 * fits beside the spot. Where nothing does, for a spot as large as the window, it stands in the corner with most room.
 */
export function besideSpot(spot: Box, size: Size, window: Size): { readonly top: number; readonly left: number } {
  const across = clamped(spot.left, size.width, window.width)
  const down = clamped(spot.top, size.height, window.height)
  const places = [
    { left: spot.left + spot.width + gapToPlace, top: down },
    { left: across, top: spot.top + spot.height + gapToPlace },
    { left: spot.left - gapToPlace - size.width, top: down },
    { left: across, top: spot.top - gapToPlace - size.height },
  ]
  const fits = places.find(
    ({ left, top }) =>
      left >= edgeMargin &&
      top >= edgeMargin &&
      left + size.width <= window.width - edgeMargin &&
      top + size.height <= window.height - edgeMargin,
  )
  const isLeft = spot.left + spot.width / 2 > window.width / 2
  const isAbove = spot.top + spot.height / 2 > window.height / 2
  return (
    fits ?? {
      left: isLeft ? edgeMargin : Math.max(edgeMargin, window.width - size.width - edgeMargin),
      top: isAbove ? edgeMargin : Math.max(edgeMargin, window.height - size.height - edgeMargin),
    }
  )
}

function clamped(start: number, size: number, most: number): number {
  return Math.max(edgeMargin, Math.min(start, most - size - edgeMargin))
}
