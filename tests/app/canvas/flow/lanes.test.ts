/** Wires keep clear of cards: a lane is free of cards, and only wires that would touch one have a lane. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GraphEdge } from '../../../../app/canvas/flow/graph.ts'
import { lanesOf, pathInLane } from '../../../../app/canvas/flow/lanes.ts'
import { cardHeight, cardWidth } from '../../../../app/canvas/flow/layout.ts'

const edge = (from: string, to: string): GraphEdge => ({ id: `${from}>${to}`, from, to, dataset: from, kind: 'flow' })

describe('lanes of wires', () => {
  it('lead past a card that is in the way, and leave free wires alone', () => {
    const places = { a: { x: 0, y: 0 }, b: { x: 400, y: 0 }, c: { x: 800, y: 0 } }
    const lanes = lanesOf([edge('a', 'b'), edge('a', 'c')], places)
    expect(lanes.has('a>b')).toBe(false)
    const lane = lanes.get('a>c') ?? 0
    expect(lane < 0 || lane > cardHeight).toBe(true)
    expect(pathInLane(cardWidth, 30, 800, 30, lane)).toContain(`L`)
  })

  it('never run through a card between the two ends', () => {
    const column = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(column, { minLength: 3, maxLength: 5 }), (columns) => {
        const places: Record<string, { x: number; y: number }> = {}
        for (const [across, rows] of columns.entries())
          for (const row of new Set(rows)) places[`${across} ${row}`] = { x: across * 400, y: row * 90 }
        const names = Object.keys(places)
        const edges = names.flatMap((from) =>
          names.filter((to) => Number(to[0]) > Number(from[0])).map((to) => edge(from, to)),
        )
        const lanes = lanesOf(edges, places)
        for (const { id, from, to } of edges) {
          const lane = lanes.get(id)
          if (lane === undefined) continue
          const [start, end] = [places[from], places[to]]
          const hit = Object.values(places).some(
            ({ x, y }) => x > (start?.x ?? 0) && x < (end?.x ?? 0) && lane > y && lane < y + cardHeight,
          )
          expect(hit).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })
})
