import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { useProject } from '../store/project/project.ts'
import { setSettings, useSettings } from '../store/settings.ts'
import { Button } from '../ui/Button.tsx'
import { besideSpot } from './tour-place.ts'

/** What the tour points at, in order; a stop that is not on screen is skipped. */
const tourPlaces = [
  { id: 'card', at: '.react-flow__node' },
  { id: 'run', at: 'header > button:last-of-type' },
  { id: 'data', at: 'nav a[href$="/data"]' },
  { id: 'find', at: 'header button[aria-keyshortcuts]' },
  { id: 'deploy', at: 'nav a[href$="/deploy"]' },
] as const

interface TourStop {
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
}

/** The first-run tour: a few words beside the things themselves. Skipped for good with Escape or a click. */
export function Tour() {
  const welcomed = useSettings((state) => state.welcomed)
  // No tour in an empty project: adding the first pipe comes first.
  const [something] = useState(() => Object.keys(useProject.getState().document.content.components).length > 0)
  return welcomed || !something ? null : <Steps />
}

function Steps() {
  const w = useWords()
  const [at, setAt] = useState(0)
  const [spot, setSpot] = useState<TourStop | null>(null)
  const next = useRef<HTMLButtonElement>(null)
  const place = tourPlaces[at]
  const endTour = () => setSettings({ welcomed: true })

  useEffect(() => {
    if (!place) return
    let tries = 0
    const measurePlace = () => {
      const box = document.querySelector(place.at)?.getBoundingClientRect()
      if (box && box.width > 0) setSpot({ top: box.top, left: box.left, width: box.width, height: box.height })
      // The canvas may still be laid out; a stop that does not appear in time is skipped.
      else if (++tries > 20) setAt((step) => step + 1)
    }
    measurePlace()
    const timer = setInterval(measurePlace, 250)
    addEventListener('resize', measurePlace)
    return () => {
      clearInterval(timer)
      removeEventListener('resize', measurePlace)
    }
  }, [place])

  const shown = spot !== null
  useEffect(() => {
    if (shown && at >= 0) next.current?.focus()
  }, [shown, at])

  const card = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(180)
  useLayoutEffect(() => {
    if (card.current) setHeight(card.current.offsetHeight)
  })

  if (!place || !spot) return null
  const width = Math.min(320, innerWidth - 16)
  const { top, left } = besideSpot(spot, { width, height }, { width: innerWidth, height: innerHeight })
  const words = w.tour[place.id]
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none fixed z-30 rounded-lg ring-2 ring-accent ring-offset-2 ring-offset-canvas"
        style={{ top: spot.top - 2, left: spot.left - 2, width: spot.width + 4, height: spot.height + 4 }}
      />
      <div
        ref={card}
        role="dialog"
        aria-label={words.title}
        aria-describedby="tour-says"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          endTour()
          event.stopPropagation()
        }}
        style={{ top, left, width }}
        className="fixed z-40 animate-rise rounded-xl border border-line bg-raised p-4 shadow-high"
      >
        <h2 className="text-title">{words.title}</h2>
        <p id="tour-says" className="mt-1 text-ink-soft">
          {words.says}
        </p>
        <div className="mt-3 flex items-center gap-2">
          <span className="flex-1 whitespace-nowrap text-tiny text-ink-faint">
            {w.tour.step(at + 1, tourPlaces.length)}
          </span>
          <Button small look="quiet" onClick={endTour}>
            {w.tour.skip}
          </Button>
          <Button
            ref={next}
            small
            look="main"
            onClick={() => (at === tourPlaces.length - 1 ? endTour() : setAt(at + 1))}
          >
            {at === tourPlaces.length - 1 ? w.tour.done : w.tour.next}
          </Button>
        </div>
      </div>
    </>
  )
}
