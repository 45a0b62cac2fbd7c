/** The layout of an opened group: columns from left to right, no two cards over each other, no wire behind a card. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ColumnItem, inColumns } from '../../../../app/canvas/map/columns.ts'

const size = { width: 200, height: 60 }

const graphs = fc.integer({ min: 1, max: 14 }).chain((count) =>
  fc.record({
    items: fc.tuple(
      ...Array.from({ length: count }, (_, at) =>
        fc
          .constantFrom(undefined, undefined, undefined, 'first' as const, 'last' as const)
          .map((side): ColumnItem => ({ id: `c${at}`, ...size, ...(side ? { at: side } : {}) })),
      ),
    ),
    wires: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 30 }).map((pairs) =>
      [...new Set(pairs.map(([a, b]) => `c${a} c${b}`))].map((id) => {
        const [from = '', to = ''] = id.split(' ')
        return { id, from, to }
      }),
    ),
  }),
)

it('places every card apart from every other, in circles too', () => {
  fc.assert(
    fc.property(graphs, ({ items, wires }) => {
      const places = Object.values(inColumns(items, wires).places)
      expect(places).toHaveLength(items.length)
      for (const [at, a] of places.entries())
        for (const b of places.slice(at + 1))
          expect(Math.abs(a.x - b.x) >= size.width || Math.abs(a.y - b.y) >= size.height).toBe(true)
    }),
  )
})

it('gives a wire a lane through each column that it crosses, and no lane touches a card', () => {
  fc.assert(
    fc.property(graphs, ({ items, wires }) => {
      const { places, lanes } = inColumns(items, wires)
      const columns = [...new Set(Object.values(places).map(({ x }) => x))].sort((a, b) => a - b)
      for (const { id, from, to } of wires) {
        const [start, end] = [places[from]?.x ?? 0, places[to]?.x ?? 0]
        if (end <= start) continue
        const crossed = columns.filter((x) => x > start && x < end)
        const own = lanes.get(id) ?? []
        for (const x of crossed) expect(own.some(({ left }) => left === x)).toBe(true)
        for (const { left, y } of own)
          for (const card of Object.values(places))
            if (card.x === left) expect(y > card.y + 1 && y < card.y + size.height - 1).toBe(false)
      }
    }),
  )
})

it('keeps a chain level, and what is joined to both sides at both', () => {
  const card = (id: string, at?: 'first' | 'last'): ColumnItem => ({ id, ...size, ...(at ? { at } : {}) })
  const wire = (from: string, to: string) => ({ id: `${from} ${to}`, from, to })
  const { places } = inColumns(
    [card('in', 'first'), card('a'), card('b'), card('out', 'last')],
    [wire('in', 'a'), wire('a', 'b'), wire('b', 'out')],
  )
  expect(new Set(['in', 'a', 'b', 'out'].map((id) => places[id]?.y)).size).toBe(1)
  const across = ['in', 'a', 'b', 'out'].map((id) => places[id]?.x ?? 0)
  expect(across).toEqual(across.toSorted((a, b) => a - b))
})

it('begins a circle with what is fed from outside', () => {
  const wire = (from: string, to: string) => ({ id: `${from} ${to}`, from, to })
  const { places } = inColumns(
    [
      { id: 'in', ...size, at: 'first' },
      { id: 'a', ...size },
      { id: 'merged', ...size },
    ],
    [wire('in', 'merged'), wire('merged', 'a'), wire('a', 'merged')],
  )
  expect(places.merged?.x).toBeLessThan(places.a?.x ?? 0)
})
