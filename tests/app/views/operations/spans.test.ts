/** The timeline of a run: groups, waits, the longest chain; and sums by minute as equal steps of time. */
import { describe, expect, it } from 'vitest'
import { seriesOverTime } from '../../../../app/views/operations/OverTime.tsx'
import { totalsOf, utilisation } from '../../../../app/views/operations/run-totals.ts'
import { timelineRows } from '../../../../app/views/operations/spans.ts'
import type { RunSpan } from '../../../../engine-worker/index.ts'
import { pipeFacts } from '../../../support/pipe-facts.ts'

const span = (pipe: string, from: number, milliseconds: number, more: Partial<RunSpan> = {}): RunSpan => ({
  pipe,
  from,
  milliseconds,
  state: 'done',
  read: 10,
  written: 5,
  deleted: 1,
  unchanged: 3,
  filtered: 1,
  reprocessed: 0,
  problem: null,
  matches: [],
  parameters: {},
  ...more,
})
const fact = (pipe: string, reads: string[], writes: string | null, hops: string[] = []) =>
  pipeFacts(pipe, { reads, hops, writes })
const facts = [
  fact('crm', [], 'crm'),
  fact('erp', [], 'erp'),
  fact('global', ['crm', 'erp'], 'global'),
  fact('clean', ['global'], 'clean', ['crm']),
  fact('out', ['clean'], null),
]
const spans = [
  span('out', 400, 100),
  span('crm', 0, 100),
  span('erp', 0, 200),
  span('global', 250, 50),
  span('clean', 300, 60),
  span('clean', 380, 10, { state: 'failed' }),
]

describe('the timeline of a run', () => {
  const groups = timelineRows(spans, facts)
  const rows = Object.fromEntries(groups.flatMap(({ rows }) => rows.map((row) => [row.pipe, row])))

  it('has pipes by where they stand, in the order in which they began', () => {
    expect(groups.map(({ group, rows }) => [group, rows.map(({ pipe }) => pipe)])).toEqual([
      ['in', ['crm', 'erp']],
      ['concepts', ['global']],
      ['between', ['clean']],
      ['out', ['out']],
    ])
  })

  it('puts the runs of a pipe together, and says how the last one ended', () => {
    expect(rows.clean).toMatchObject({ from: 300, to: 390, read: 20, written: 12, failed: true })
  })

  it('shows since when a pipe could have begun', () => {
    expect(rows.global?.waitedFrom).toBe(200)
    expect(rows.crm?.waitedFrom).toBeNull()
  })

  it('marks the chain that took longest', () => {
    expect(Object.values(rows).flatMap(({ pipe, longest }) => (longest ? [pipe] : []))).toEqual([
      'erp',
      'global',
      'clean',
      'out',
    ])
  })

  it('ends where pipes read each other in a circle', () => {
    const circle = [fact('a', ['b'], 'a'), fact('b', ['a'], 'b')]
    expect(timelineRows([span('a', 0, 1), span('b', 1, 1)], circle)[0]?.rows).toHaveLength(2)
  })

  it('adds up what became of the entities, and how busy the engines were', () => {
    expect(totalsOf(spans)).toEqual({ read: 60, unchanged: 18, filtered: 6, written: 30, deleted: 6 })
    expect(utilisation(spans, 500, 1)).toBe(1)
    expect(utilisation(spans, 500, 2)).toBeCloseTo(0.52)
  })
})

describe('sums over time', () => {
  const minute = (at: number, queued: number | null) => ({
    at,
    runs: 1,
    failed: 0,
    read: 2,
    written: 1,
    filtered: 0,
    busy: 5,
    queued,
    bytes: null,
  })
  it('come in equal steps; counts are added, the queue stays as it was last seen', () => {
    const points = seriesOverTime([minute(60_000, 7), minute(180_000, null)], 0, 240_000)
    expect(points.map(({ at, read, queued }) => [at, read, queued])).toEqual([
      [0, 0, null],
      [60_000, 2, 7],
      [120_000, 0, 7],
      [180_000, 2, 7],
      [240_000, 0, 7],
    ])
  })

  it('are few for a week', () => {
    expect(seriesOverTime([minute(60_000, 1)], 0, 7 * 24 * 3_600_000).length).toBeLessThanOrEqual(242)
  })
})
