/**
 * A small layered layout: cards in columns from left to right, and a lane through every column that a wire has to cross,
 * so that no wire runs behind a card. Computed at once, for the pipes of one group and what they are joined to.
 */

export interface ColumnItem {
  readonly id: string
  readonly width: number
  readonly height: number
  /** Where it stands whatever its wires say. */
  readonly at?: 'first' | 'last'
}

interface ColumnWire {
  readonly id: string
  readonly from: string
  readonly to: string
}

/** A stretch in which a wire runs level, free of cards. */
export interface Lane {
  readonly left: number
  readonly right: number
  readonly y: number
}

interface Slot {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly isLane: boolean
}

const columnGap = 72
const rowGap = 14
const laneHeight = 10
const sweeps = 6

/** Places of all items and, by wire, its lanes from its start to its end; a wire against the direction has one above all. */
export function inColumns(items: readonly ColumnItem[], wires: readonly ColumnWire[]) {
  const columnOf = columnsOf(items, wires)
  const count = Math.max(0, ...columnOf.values()) + 1
  const columns: Slot[][] = Array.from({ length: count }, () => [])
  for (const item of items) columns[columnOf.get(item.id) ?? 0]?.push({ ...item, isLane: false })
  const links: (readonly [string, string])[] = []
  const chains = new Map<string, readonly string[]>()
  const known = new Set<string>()
  for (const { id, from, to } of wires) {
    const [start, end] = [columnOf.get(from), columnOf.get(to)]
    if (start === undefined || end === undefined || end <= start) continue
    const chain: string[] = []
    // Wires from one card share their lanes, as they begin together; those that end together share them as well.
    const key = fanOut(wires, columnOf, from) >= fanIn(wires, columnOf, to) ? `from ${from}` : `to ${to}`
    for (let column = start + 1; column < end; column++) {
      const lane = `lane ${column} ${key}`
      chain.push(lane)
      if (!known.has(lane)) columns[column]?.push({ id: lane, width: 0, height: laneHeight, isLane: true })
      known.add(lane)
    }
    chains.set(id, chain)
    const stops = [from, ...chain, to]
    for (const [at, stop] of stops.entries()) {
      const next = stops[at + 1]
      if (next !== undefined) links.push([stop, next])
    }
  }
  const [before, after] = neighbours(links)
  orderColumns(columns, before, after)
  const middles = placeColumns(columns, before, after)
  const widths = columns.map((column) => Math.max(0, ...column.map(({ width }) => width)))
  const lefts = widths.map((_, at) => widths.slice(0, at).reduce((sum, width) => sum + width + columnGap, 0))
  const top = Math.min(0, ...columns.flat().map(({ id, height }) => (middles.get(id) ?? 0) - height / 2))
  const places: Record<string, { readonly x: number; readonly y: number }> = {}
  for (const [at, column] of columns.entries())
    for (const { id, height, isLane } of column)
      if (!isLane) places[id] = { x: lefts[at] ?? 0, y: Math.round((middles.get(id) ?? 0) - height / 2 - top) }
  const lanes = new Map<string, readonly Lane[]>()
  for (const [id, chain] of chains)
    lanes.set(
      id,
      chain.map((lane) => {
        const at = Number(lane.split(' ')[1])
        return { left: lefts[at] ?? 0, right: (lefts[at] ?? 0) + (widths[at] ?? 0), y: (middles.get(lane) ?? 0) - top }
      }),
    )
  return { places, lanes }
}

/** The column of each item: behind all that leads to it; wires that close a circle do not count. */
function columnsOf(items: readonly ColumnItem[], wires: readonly ColumnWire[]): ReadonlyMap<string, number> {
  const inner = items.filter(({ at }) => at === undefined).map(({ id }) => id)
  const isInner = new Set(inner)
  const next = new Map<string, string[]>()
  for (const { from, to } of wires)
    if (from !== to && isInner.has(from) && isInner.has(to)) next.set(from, [...(next.get(from) ?? []), to])
  const finished: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const forward: (readonly [string, string])[] = []
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const to of next.get(id) ?? []) {
      if (state.get(to) === 'open') continue
      forward.push([id, to])
      if (!state.has(to)) visit(to)
    }
    state.set(id, 'done')
    finished.push(id)
  }
  const entered = new Set(wires.filter(({ from }) => isInner.has(from)).map(({ to }) => to))
  const firsts = new Set(items.filter(({ at }) => at === 'first').map(({ id }) => id))
  // In a circle, what is fed most from outside comes first.
  const linksFromFirst = (id: string) => wires.filter(({ from, to }) => to === id && firsts.has(from)).length
  const starts = [
    ...inner.filter((id) => !entered.has(id)),
    ...inner.toSorted((a, b) => linksFromFirst(b) - linksFromFirst(a)),
  ]
  for (const id of starts) if (!state.has(id)) visit(id)
  const first = firsts.size > 0 ? 1 : 0
  const column = new Map(inner.map((id) => [id, first]))
  const [before, after] = neighbours(forward)
  for (const id of finished.toReversed())
    for (const each of before.get(id) ?? []) column.set(id, Math.max(column.get(id) ?? 0, (column.get(each) ?? 0) + 1))
  // What nothing leads to stands right before what it leads to.
  for (const id of inner)
    if (!before.has(id) && after.has(id))
      column.set(id, Math.min(...(after.get(id) ?? []).map((each) => column.get(each) ?? 0)) - 1)
  const last = Math.max(first - 1, ...column.values()) + 1
  for (const { id, at } of items) if (at !== undefined) column.set(id, at === 'first' ? 0 : last)
  return column
}

function fanOut(wires: readonly ColumnWire[], columnOf: ReadonlyMap<string, number>, from: string): number {
  const at = columnOf.get(from) ?? 0
  return wires.filter((wire) => wire.from === from && (columnOf.get(wire.to) ?? 0) > at + 1).length
}

function fanIn(wires: readonly ColumnWire[], columnOf: ReadonlyMap<string, number>, to: string): number {
  const at = columnOf.get(to) ?? 0
  return wires.filter((wire) => wire.to === to && (columnOf.get(wire.from) ?? 0) < at - 1).length
}

type Links = ReadonlyMap<string, readonly string[]>

function neighbours(links: readonly (readonly [string, string])[]): readonly [Links, Links] {
  const [before, after] = [new Map<string, string[]>(), new Map<string, string[]>()]
  for (const [from, to] of links) {
    before.set(to, [...(before.get(to) ?? []), from])
    after.set(from, [...(after.get(from) ?? []), to])
  }
  return [before, after]
}

/** Orders each column so that its wires cross few others: by the mean place of what it is wired to. */
function orderColumns(columns: Slot[][], before: Links, after: Links): void {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const links = sweep % 2 === 0 ? before : after
    const way = sweep % 2 === 0 ? columns : columns.toReversed()
    const at = new Map<string, number>()
    for (const column of way) {
      const means = new Map(column.map(({ id }, index) => [id, meanPosition(links.get(id), at) ?? index]))
      column.sort((a, b) => (means.get(a.id) ?? 0) - (means.get(b.id) ?? 0))
      for (const [index, { id }] of column.entries()) at.set(id, index - column.length / 2)
    }
  }
}

/** The middle of each slot: as level with what it is wired to as the order allows. */
function placeColumns(columns: readonly Slot[][], before: Links, after: Links): ReadonlyMap<string, number> {
  const middles = new Map<string, number>()
  for (const links of [new Map(), before, after, before, after] as const)
    for (const column of links === after ? columns.toReversed() : columns) {
      const wished = column.map(({ id }, index) => meanPosition(links.get(id), middles) ?? middles.get(id) ?? index)
      const offsets: number[] = []
      let taken = 0
      for (const [index, { height }] of column.entries()) {
        offsets.push(taken + height / 2)
        taken += height + (column[index + 1] ? rowGap : 0)
      }
      const shift =
        links.size === 0 ? column.map(() => -taken / 2) : nonDecreasing(wished.map((y, i) => y - (offsets[i] ?? 0)))
      for (const [index, { id }] of column.entries()) middles.set(id, (shift[index] ?? 0) + (offsets[index] ?? 0))
    }
  return middles
}

/** The rising sequence that is nearest to the given one. */
function nonDecreasing(wished: readonly number[]): number[] {
  const pools: { sum: number; count: number }[] = []
  for (const value of wished) {
    let pool = { sum: value, count: 1 }
    for (let last = pools.at(-1); last && last.sum / last.count > pool.sum / pool.count; last = pools.at(-1)) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
    }
    pools.push(pool)
  }
  return pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
}

function meanPosition(ids: readonly string[] | undefined, of: ReadonlyMap<string, number>): number | null {
  const known = (ids ?? []).map((id) => of.get(id)).filter((value) => value !== undefined)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
