/** The runs of single pipes in one run, arranged for the timeline: groups, waits, the longest chain. */
import type { PipeFacts, RunSpan } from '../../../engine-worker/index.ts'
import { beginOfSpans, endOfSpans, sumOf } from './run-totals.ts'

/** Where a pipe stands between the systems. */
export type SpanGroup = 'in' | 'concepts' | 'between' | 'out'

const groupOrder: readonly SpanGroup[] = ['in', 'concepts', 'between', 'out']

/** One pipe of a run with all that it did; milliseconds after the start of the run. */
export interface PipeRow {
  readonly pipe: string
  readonly group: SpanGroup
  readonly spans: readonly RunSpan[]
  readonly from: number
  readonly to: number
  readonly read: number
  readonly written: number
  readonly failed: boolean
  /** Since when it had all that it reads from others in this run, before it began; null where it did not wait. */
  readonly waitedFrom: number | null
  /** Whether it is on the chain of pipes that the run could not have been shorter than. */
  readonly longest: boolean
}

/** The pipes of a run by group, each in the order in which they began. */
export function timelineRows(
  spans: readonly RunSpan[],
  facts: readonly PipeFacts[],
): readonly { readonly group: SpanGroup; readonly rows: readonly PipeRow[] }[] {
  const byPipe = new Map<string, RunSpan[]>()
  for (const span of spans) byPipe.set(span.pipe, [...(byPipe.get(span.pipe) ?? []), span])
  const known = new Map(facts.map((fact) => [fact.pipe, fact]))
  const ends = new Map([...byPipe].map(([pipe, own]) => [pipe, { from: beginOfSpans(own), to: endOfSpans(own) }]))
  const producers = producersIn(facts)
  const predecessorsOf = (pipe: string): string[] => {
    const fact = known.get(pipe)
    const found = [...(fact?.reads ?? []), ...(fact?.hops ?? [])].flatMap((dataset) => producers.get(dataset) ?? [])
    return found.filter((each) => each !== pipe && ends.has(each))
  }
  const longest = longestChain(ends, predecessorsOf)
  const rows = [...byPipe].map(([pipe, own]): PipeRow => {
    const from = beginOfSpans(own)
    const ready = Math.max(0, ...predecessorsOf(pipe).map((each) => Math.min(ends.get(each)?.to ?? 0, from)))
    return {
      pipe,
      group: groupOfPipe(known.get(pipe)),
      spans: own,
      from,
      to: endOfSpans(own),
      read: sumOf(own, ({ read }) => read),
      written: sumOf(own, ({ written, deleted }) => written + deleted),
      failed: own.at(-1)?.state === 'failed',
      waitedFrom: ready < from ? ready : null,
      longest: longest.has(pipe),
    }
  })
  rows.sort((a, b) => a.from - b.from || (a.pipe < b.pipe ? -1 : 1))
  return groupOrder.map((group) => ({ group, rows: rows.filter((row) => row.group === group) })).filter(hasRows)
}

function hasRows({ rows }: { readonly rows: readonly PipeRow[] }): boolean {
  return rows.length > 0
}

function groupOfPipe(fact: PipeFacts | undefined): SpanGroup {
  if (!fact) return 'between'
  if (fact.writes === null) return 'out'
  if (fact.reads.length === 0) return 'in'
  return fact.global || fact.reads.length > 1 ? 'concepts' : 'between'
}

function producersIn(facts: readonly PipeFacts[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { pipe, writes } of facts) if (writes !== null) found.set(writes, [...(found.get(writes) ?? []), pipe])
  return found
}

/** The pipes on the chain, each after one that it reads from, whose runs took longest together. */
function longestChain(
  ends: ReadonlyMap<string, { readonly from: number; readonly to: number }>,
  before: (pipe: string) => readonly string[],
): ReadonlySet<string> {
  const best = new Map<string, { readonly length: number; readonly via: string | null }>()
  const inOrder = [...ends].sort(([, a], [, b]) => a.from - b.from)
  for (const [pipe, { from, to }] of inOrder) {
    let length = 0
    let via: string | null = null
    for (const each of before(pipe)) {
      const chain = best.get(each)
      if (!chain || chain.length <= length) continue
      length = chain.length
      via = each
    }
    best.set(pipe, { length: length + (to - from), via })
  }
  const [last] = [...best].sort(([, a], [, b]) => b.length - a.length)
  const chain = new Set<string>()
  for (let pipe = last?.[0] ?? null; pipe !== null && !chain.has(pipe); pipe = best.get(pipe)?.via ?? null)
    chain.add(pipe)
  return chain
}
