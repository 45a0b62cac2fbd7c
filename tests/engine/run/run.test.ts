/** Running many pipes: rounds, cancelling, and changes of a pipe between runs. */
import { describe, expect, it } from 'vitest'
import { executionLog } from '../../../engine-worker/config/project/system-datasets.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { dtl, engine, of } from './engine.ts'

const source = { type: 'dataset', dataset: 'in' }
const entitiesOf = (count: number, more: JsonObject = {}) =>
  Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, n, ...more }))

describe('running', () => {
  it('can be cancelled between batches and goes on from there', async () => {
    const { put, run, session, read } = engine([{ _id: 'p', source }], { batch: 10 })
    await put('in', entitiesOf(500))
    const running = session.run({ run: 'c' }, ({ pipes }) => {
      if ((pipes[0]?.written ?? 0) >= 30) session.cancel('c')
    })
    const result = await running
    expect(result.state).toBe('cancelled')
    const before = (await read('p')).length
    expect(before).toBeGreaterThanOrEqual(30)
    expect(before).toBeLessThan(500)
    expect(of(await run(), 'p').read).toBe(500 - before)
    expect(await read('p')).toHaveLength(500)
  })

  it('gives up on pipes that never settle, by name', async () => {
    const more = dtl([['add', 'n', ['+', ['coalesce', ['list', ['max', '_S.n'], 0]], 1]]])
    const { put, run } = engine([
      {
        _id: 'p',
        source: {
          type: 'merge',
          version: 2,
          identity: 'first',
          datasets: ['in i', 'q q'],
          equality: [['eq', 'i._id', 'q._id']],
        },
      },
      { _id: 'q', source: { type: 'dataset', dataset: 'p' }, transform: more },
    ])
    await put('in', [{ _id: '1' }])
    const result = await run()
    expect(result.state).toBe('failed')
    expect(of(result, 'q').problems.at(-1)).toMatchObject({ code: 'no-end', where: { pipe: 'q' } })
  })

  it('starts over when the configuration changes, where the pipe says so', async () => {
    const pipe = (value: string, more: JsonObject) => [
      {
        _id: 'p',
        source,
        transform: dtl([
          ['copy', '*'],
          ['add', 'v', value],
        ]),
        ...more,
      },
    ]
    for (const [more, value] of [
      [{}, 'a'],
      [{ reprocessing_policy: 'automatic' }, 'b'],
    ] as const) {
      const { put, run, read, configure } = engine(pipe('a', more))
      await put('in', entitiesOf(1))
      await run()
      configure(pipe('b', more))
      await run()
      expect(await read('p')).toEqual([{ _id: 'e0', n: 0, v: value }])
    }
  })
})

describe('two runs at the same time', () => {
  it('come to the same end as one after the other, and no pipe runs twice at once', async () => {
    const source = { type: 'dataset', dataset: 'in' }
    const join = dtl([
      ['copy', '*'],
      ['add', 'n', ['count', ['hops', { datasets: ['a o'], where: [['eq', '_S.key', 'o.key']] }]]],
    ])
    const pipes: JsonObject[] = [
      { _id: 'a', source },
      { _id: 'b', source, transform: join },
    ]
    const { put, run, read } = engine(pipes)
    await put(
      'in',
      Array.from({ length: 3000 }, (_, n) => ({ _id: String(n), key: n % 7 })),
    )
    const results = await Promise.all([run(['a']), run(['b']), run(['a']), run()])
    expect(results.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
    const alone = engine(pipes)
    await alone.put(
      'in',
      Array.from({ length: 3000 }, (_, n) => ({ _id: String(n), key: n % 7 })),
    )
    await alone.run()
    expect(await read('b')).toEqual(await alone.read('b'))
    expect(await read('a')).toEqual(await alone.read('a'))
  })
})

describe('between runs', () => {
  const pipe = { _id: 'p', source }

  it('a pipe goes on from the position it is given, and says so in its log', async () => {
    const { put, run, session, read } = engine([pipe])
    await put('in', entitiesOf(5))
    await run()
    await session.runner.setPosition('p', { in: [1, 3] })
    expect(of(await run(), 'p').read).toBe(2)
    const events = (await read(executionLog('p'), { history: true })) as JsonObject[]
    expect(JSON.stringify(events)).toContain('offset')
  })

  it('a pipe that is reset reads everything again and changes nothing that is there', async () => {
    const { put, run, reset, read } = engine([pipe])
    await put('in', entitiesOf(3))
    await run()
    await reset('p')
    expect(of(await run(), 'p')).toMatchObject({ read: 3, written: 0, unchanged: 3 })
    expect(await read('p')).toEqual(entitiesOf(3))
  })

  it('entities are written once more, so that readers process them again; unknown ids are left out', async () => {
    const { put, run, session, read } = engine([pipe, { _id: 'q', source: { type: 'dataset', dataset: 'p' } }])
    await put('in', entitiesOf(3))
    await run()
    const [first] = session.pipes()
    if (!first) throw new Error('the pipe is there')
    expect(await session.runner.repost(first, ['e1', 'never'])).toBe(1)
    expect(of(await run(), 'q').read).toBe(1)
    expect(await read('p', { history: true })).toHaveLength(4)
  })

  it('entities are not written once more where a circuit breaker or offsets forbid it', async () => {
    const sinks: readonly JsonObject[] = [
      { type: 'dataset', circuit_breaker_threshold_count: 5 },
      { type: 'replicated_dataset' },
      { type: 'csv_endpoint' },
    ]
    for (const sink of sinks) {
      const { session } = engine([{ ...pipe, sink }])
      const [first] = session.pipes()
      if (!first) throw new Error('the pipe is there')
      await expect(session.runner.repost(first, ['e1'])).rejects.toMatchObject({ problem: { code: 'cannot-repost' } })
    }
  })

  it('datasets are emptied, and the pipes that fill them begin anew', async () => {
    const { put, run, session, read } = engine([pipe])
    await put('in', entitiesOf(3))
    await run()
    await session.runner.empty(['p', 'never'], ['p'])
    expect(await read('p')).toEqual([])
    expect(of(await run(), 'p')).toMatchObject({ read: 3, written: 3 })
  })
})

describe('what does not run', () => {
  it('is a pipe whose pump is off: it says so, and others go on', async () => {
    const { put, run, read } = engine([
      { _id: 'off', source, pump: { mode: 'off' } },
      { _id: 'on', source },
    ])
    await put('in', entitiesOf(1))
    const result = await run()
    expect(of(result, 'off')).toMatchObject({ state: 'not-runnable', problems: [{ code: 'pump-off' }] })
    expect([result.state, await read('off'), await read('on')]).toEqual(['done', [], entitiesOf(1)])
  })

  it('is anything but what was asked for, and that once', async () => {
    const { put, run, read } = engine([
      { _id: 'a', source },
      { _id: 'b', source: { type: 'dataset', dataset: 'a' } },
    ])
    await put('in', entitiesOf(1))
    const result = await run(['a'])
    expect([result.rounds, result.pipes.map(({ pipe }) => pipe)]).toEqual([1, ['a']])
    expect(await read('b')).toEqual([])
  })
})
