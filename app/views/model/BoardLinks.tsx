import { useLayoutEffect, useState } from 'react'
import type { Model } from '../../../engine-worker/index.ts'

interface Line {
  readonly key: string
  readonly path: string
  readonly kind: 'feeds' | 'refers'
  readonly isChosen: boolean
}

interface BoardLinksProps {
  /** The element that everything stands in, marked with `data-datatype` and `data-concept`. */
  readonly room: HTMLElement | null
  readonly model: Model
  readonly chosen: string | null
}

/** Lines from datatypes to their concepts, and from concepts to those they refer to. The lists say the same in words. */
export function BoardLinks({ room, model, chosen }: BoardLinksProps) {
  const [lines, setLines] = useState<readonly Line[]>([])
  useLayoutEffect(() => {
    if (room === null) return
    const drawLines = () => setLines(linesIn(room, model, chosen))
    drawLines()
    const sizes = new ResizeObserver(drawLines)
    sizes.observe(room)
    // Lists that fold or open change places without changing the size of what they stand in.
    const changes = new MutationObserver(drawLines)
    changes.observe(room, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-expanded'] })
    return () => {
      sizes.disconnect()
      changes.disconnect()
    }
  }, [room, model, chosen])
  const chosenLines = lines.filter(({ isChosen }) => isChosen)
  // Lines that lie on each other are faint together and not each, and many are thin: forty make no solid band.
  const isMany = chosenLines.length > 12
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0 size-full overflow-visible">
      <g className="opacity-45">{lines.filter(({ isChosen }) => !isChosen).map((line) => drawn(line, 1))}</g>
      <g className={isMany ? 'opacity-60' : undefined}>
        {chosenLines.map((line) => drawn(line, isMany ? 0.75 : 1.75))}
      </g>
    </svg>
  )
}

function drawn({ key, path, kind, isChosen }: Line, width: number) {
  return (
    <path
      key={key}
      d={path}
      fill="none"
      strokeWidth={width}
      strokeDasharray={kind === 'refers' ? '4 3' : undefined}
      className={kind === 'refers' ? 'stroke-hops' : isChosen ? 'stroke-accent' : 'stroke-source'}
    />
  )
}

function linesIn(room: HTMLElement, model: Model, chosen: string | null): Line[] {
  const origin = room.getBoundingClientRect()
  const boxesWith = (attribute: string) =>
    new Map(
      [...room.querySelectorAll<HTMLElement>(`[${attribute}]`)].map((element) => [
        element.getAttribute(attribute) ?? '',
        element.getBoundingClientRect(),
      ]),
    )
  const datatypes = boxesWith('data-datatype')
  const concepts = boxesWith('data-concept')
  const feeds = model.mappings.flatMap(({ name, system, datatype, concept, parent }) => {
    const from = datatypes.get(`${system}.${datatype}`)
    const to = concepts.get(concept)
    if (!from || !to || parent !== undefined) return []
    const start = { x: from.right - origin.left, y: from.top + from.height / 2 - origin.top }
    const end = { x: to.left - origin.left, y: to.top + Math.min(28, to.height / 2) - origin.top }
    return [{ key: name, kind: 'feeds' as const, isChosen: concept === chosen, path: curvePath(start, end) }]
  })
  const refers = Object.entries(model.concepts).flatMap(([name, { properties }]) => {
    const targets = new Set(Object.values(properties).flatMap(({ references }) => references ?? []))
    return [...targets].flatMap((target) => {
      const [from, to] = [concepts.get(name), concepts.get(target)]
      if (!from || !to || name === target) return []
      const [x, y, end] = [
        from.right - origin.left,
        from.top + from.height / 2 - origin.top,
        to.top + to.height / 2 - origin.top,
      ]
      const path = `M${x} ${y} C${x + 28} ${y} ${x + 28} ${end} ${to.right - origin.left} ${end}`
      return [{ key: `${name} ${target}`, kind: 'refers' as const, isChosen: name === chosen, path }]
    })
  })
  return [...feeds, ...refers]
}

function curvePath(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): string {
  const bend = Math.max(24, (to.x - from.x) / 2)
  return `M${from.x} ${from.y} C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`
}
