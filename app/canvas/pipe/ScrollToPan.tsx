import { useReactFlow } from '@xyflow/react'
import { type ReactNode, useLayoutEffect, useRef } from 'react'

/** More than a canvas is ever scrolled by at once. */
const scrollRoom = 4000

/**
 * A canvas in which scrolling pans: when the focus, a search in the page or a command scrolls an element into view, the
 * canvas moves by the same distance. Its content is sticky, so it does not move by itself.
 */
export function ScrollToPan({ children }: { readonly children: ReactNode }) {
  const flow = useReactFlow()
  const outer = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = outer.current
    if (!element) return
    const centreScroll = () => element.scrollTo(scrollRoom, scrollRoom)
    const handleScroll = () => {
      const [left, top] = [element.scrollLeft - scrollRoom, element.scrollTop - scrollRoom]
      if (left === 0 && top === 0) return
      centreScroll()
      const { x, y, zoom } = flow.getViewport()
      void flow.setViewport({ x: x - left, y: y - top, zoom })
    }
    centreScroll()
    element.addEventListener('scroll', handleScroll)
    return () => element.removeEventListener('scroll', handleScroll)
  }, [flow])
  return (
    <div ref={outer} className="[container-type:size] absolute inset-0 overflow-hidden">
      <div style={{ width: `calc(100% + ${2 * scrollRoom}px)`, height: `calc(100% + ${2 * scrollRoom}px)` }}>
        <div className="pan-room sticky top-0 left-0 h-[100cqh] w-[100cqw]">{children}</div>
      </div>
    </div>
  )
}
