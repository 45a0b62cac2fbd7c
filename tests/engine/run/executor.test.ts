/** The pipes of a round: each runs once, some at the same time, and none before the pipes that it reads from. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { executionLog } from '../../../engine-worker/config/project/system-datasets.ts'
import type { RunnablePipe } from '../../../engine-worker/connectors/runtime.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { atOnce, inSequence } from '../../../engine-worker/run/executor.ts'
import { opened } from '../connectors/open.ts'
import { dtl } from './engine.ts'

const pipe = (_id: string, more: JsonObject = {}): RunnablePipe => ({
  ...opened({ pipe: { sink: { type: 'dataset', dataset: _id }, ...more } }),
  id: _id,
})
const unionSource = (...datasets: string[]): JsonObject => ({ source: { type: 'union_datasets', datasets } })
const hops = (dataset: string) =>
  dtl([['add', 'v', ['hops', { datasets: [`${dataset} d`], where: [['eq', '_S._id', 'd._id']] }]]])

/** Runs pipes that each take `turns` turns of the event loop; returns starts (+) and ends (-) in their order. */
async function traced(limit: number | null, pipes: readonly RunnablePipe[], turns: (at: number) => number = () => 2) {
  const trace: string[] = []
  let most = 0
  let now = 0
  const executor = limit === null ? inSequence : atOnce(limit)
  await executor.execute(pipes, async ({ id }) => {
    trace.push(`+${id}`)
    most = Math.max(most, ++now)
    const wait = turns(pipes.findIndex((each) => each.id === id))
    for (let turn = 0; turn < wait; turn++) await Promise.resolve()
    now--
    trace.push(`-${id}`)
  })
  return { trace, most }
}

describe('one pipe after the other', () => {
  it('each ends before the next begins', async () => {
    const { trace } = await traced(null, [pipe('a'), pipe('b')])
    expect(trace).toEqual(['+a', '-a', '+b', '-b'])
  })

  it('those behind a failure do not run', async () => {
    const ran: string[] = []
    const work = inSequence.execute([pipe('a'), pipe('b')], async ({ id }) => {
      ran.push(id)
      throw new Error(`no ${id}`)
    })
    await expect(work).rejects.toThrow('no a')
    expect(ran).toEqual(['a'])
  })
})

describe('pipes at once', () => {
  it('run together where they touch nothing in common, up to the limit', async () => {
    const three = [pipe('a'), pipe('b'), pipe('c')]
    expect((await traced(3, three)).trace.slice(0, 3)).toEqual(['+a', '+b', '+c'])
    const two = await traced(2, three)
    expect(two.most).toBe(2)
    expect(two.trace.filter((each) => each.startsWith('+'))).toEqual(['+a', '+b', '+c'])
  })

  it.each<[string, RunnablePipe, RunnablePipe]>([
    ['reads what the other writes', pipe('a'), pipe('b', unionSource('a'))],
    ['looks up what the other writes', pipe('a'), pipe('b', { transform: hops('a') })],
    ['writes what the other reads', pipe('a', unionSource('b')), pipe('b')],
    ['writes what the other writes', pipe('a'), { ...pipe('a'), id: 'b' }],
    [
      'reads the dead letters of the other',
      pipe('a', { pump: { write_retry_delay: 1, max_write_retries_per_entity: 1, dead_letter_dataset: 'dead' } }),
      pipe('b', unionSource('dead')),
    ],
    ['reads the execution log of the other', pipe('a'), pipe('b', unionSource(executionLog('a')))],
  ])('a pipe waits that %s', async (_, one, other) => {
    expect((await traced(4, [one, other])).trace).toEqual(['+a', '-a', '+b', '-b'])
  })

  it('all that have begun end before a failure is told, and no other begins', async () => {
    const ran: string[] = []
    const work = atOnce(2).execute([pipe('a'), pipe('b'), pipe('c')], async ({ id }) => {
      if (id === 'a') throw new Error('no a')
      for (let turn = 0; turn < 5; turn++) await Promise.resolve()
      ran.push(id)
    })
    await expect(work).rejects.toThrow('no a')
    expect(ran).toEqual(['b'])
  })

  it('nothing to run is no work', async () => {
    expect((await traced(3, [])).trace).toEqual([])
  })

  it('every pipe runs once, within the limit, and after those before it that it reads from', async () => {
    // Each pipe reads from some earlier ones.
    const graph = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(graph, fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(6)), async (edges, limit, waits) => {
        const sources = edges.map((some, at) => [...new Set(some.filter((other) => other < at))])
        const pipes = sources.map((some, at) =>
          pipe(`p${at}`, some.length > 0 ? unionSource(...some.map((n) => `p${n}`)) : {}),
        )
        const { trace, most } = await traced(limit, pipes, (at) => waits[at] ?? 1)
        expect(most).toBeLessThanOrEqual(limit)
        expect(trace.toSorted()).toEqual(pipes.flatMap(({ id }) => [`+${id}`, `-${id}`]).toSorted())
        for (const [at, some] of sources.entries())
          for (const other of some) expect(trace.indexOf(`-p${other}`)).toBeLessThan(trace.indexOf(`+p${at}`))
      }),
      { numRuns: 60 },
    )
  })
})
