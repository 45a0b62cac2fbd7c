import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { dtl, engine, of } from '../engine.ts'

const source = { type: 'dataset', dataset: 'in' }
const many = (count: number, more: JsonObject = {}) =>
  Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, n, ...more }))
const failing = (when: Json): JsonObject =>
  dtl([
    ['if', when, ['fail!', 'no way']],
    ['copy', '*'],
  ])

describe('a run from the beginning', () => {
  it('deletes what did not come out any more, and says so where wanted', async () => {
    const make = (sink: JsonObject, wanted: Json) => [
      {
        _id: 'p',
        source,
        transform: dtl([
          ['filter', wanted],
          ['copy', '*'],
          ['add', '_id', ['concat', 'x', '_S._id']],
        ]),
        sink,
      },
    ]
    const sinks: [JsonObject, Json[]][] = [
      [{}, [{ _id: 'xe0', _deleted: true, n: 0 }]],
      [{ mark_deletion_tracked: true }, [{ _id: 'xe0', _deleted: true, n: 0, $deletion_tracked: true }]],
      [{ deletion_tracking: false }, [{ _id: 'xe0', n: 0 }]],
    ]
    for (const [properties, expected] of sinks) {
      const sink = { type: 'dataset', ...properties }
      const { put, run, read, configure, reset } = engine(make(sink, true))
      await put('in', many(1))
      await run()
      configure(make(sink, false))
      await reset('p')
      await run()
      expect(await read('p')).toEqual(expected)
    }
  })

  it('fails on an empty source where that is not accepted, and deletes nothing', async () => {
    const { put, run, read, reset, session } = engine([{ _id: 'p', source: { ...source, if_source_empty: 'fail' } }])
    await put('in', many(1))
    await run()
    await session.runner.store.commit({ reset: ['in'] })
    await reset('p')
    expect(of(await run(), 'p')).toMatchObject({ state: 'failed', problems: [{ code: 'source-empty' }] })
    expect(await read('p')).toEqual(many(1))
  })

  it('comes again after so many runs', async () => {
    const { put, run } = engine([{ _id: 'p', source, pump: { rescan_run_count: 2 } }])
    await put('in', many(3))
    const read: number[] = []
    for (let n = 0; n < 5; n++) read.push(of(await run(), 'p').read)
    expect(read).toEqual([3, 0, 3, 0, 3])
  })

  it('goes back a little after so many runs', async () => {
    const pump = { partial_rescan_run_count: 2, partial_rescan_delta: 2 }
    const { put, run } = engine([{ _id: 'p', source, pump }])
    await put('in', many(5))
    await run()
    const read: number[] = []
    for (let n = 0; n < 3; n++) read.push(of(await run(), 'p').read)
    expect(read).toEqual([0, 2, 0])
  })
})

describe('an entity that fails', () => {
  it('stops its pipe with its address; what came before stays, other pipes go on', async () => {
    const { put, run, read } = engine([
      { _id: 'p', source, transform: failing(['eq', '_S.n', 2]) },
      { _id: 'q', source },
    ])
    await put('in', many(4))
    const result = await run()
    expect(result.state).toBe('failed')
    expect(of(result, 'p').problems[0]).toMatchObject({
      where: { pipe: 'p', entity: 'e2', path: ['transform', 'rules', 'default', 0, 2] },
    })
    expect(await read('p')).toHaveLength(2)
    expect(await read('q')).toHaveLength(4)
  })

  it('without an _id is reported and left out', async () => {
    const { put, run, read } = engine([
      {
        _id: 'p',
        source,
        transform: dtl([
          ['copy', 'n'],
          ['add', '_id', '_S.id'],
        ]),
      },
    ])
    await put('in', [{ _id: '1', id: 'a' }, { _id: '2' }, { _id: '3', id: 'c' }])
    const { state, problems } = of(await run(), 'p')
    expect([state, problems.length]).toEqual(['done', 1])
    expect(await read('p')).toEqual([{ _id: 'a' }, { _id: 'c' }])
  })

  it('is tried again, and given up into the dead letters', async () => {
    const pump = {
      max_consecutive_write_errors: 5,
      max_write_errors_in_retry_dataset: 10,
      max_retries_per_entity: 2,
      dead_letter_dataset: 'dead',
      track_dead_letters: true,
    }
    const { put, run, read } = engine([{ _id: 'p', source, transform: failing(['eq', '_S.n', 1]), pump }])
    await put('in', many(3))
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', written: 2 })
    await run()
    expect(await read('dead')).toEqual([])
    await run()
    expect(await read('dead')).toEqual([{ _id: 'e1', n: 1 }])
    await put('in', [{ _id: 'e1', n: 7 }])
    await run()
    expect(await read('dead')).toEqual([{ _id: 'e1', _deleted: true, n: 1 }])
    expect(await read('p')).toHaveLength(3)
  })
})

describe('a circuit breaker', () => {
  const pipe = { _id: 'p', source, sink: { type: 'dataset', circuit_breaker_threshold_count: 2 } }
  async function tripped() {
    const all = engine([pipe, { _id: 'q', source: { type: 'dataset', dataset: 'p' } }])
    await all.put('in', many(5))
    await all.run()
    await all.put('in', many(5, { more: true }))
    const result = await all.run()
    expect(of(result, 'p')).toMatchObject({ state: 'failed', problems: [{ code: 'circuit-breaker-tripped' }] })
    expect(await all.read('p')).toEqual(many(5))
    expect(of(await all.run(), 'p').state).toBe('failed')
    return all
  }
  it('is not there on the first run, and withholds too many changes later', async () => {
    await tripped()
  })
  it('lets them out when they are committed', async () => {
    const { run, read, session } = await tripped()
    await session.resetBreaker('p', 'commit')
    expect(await read('p')).toEqual(many(5, { more: true }))
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', read: 0 })
    expect(await read('q')).toEqual(many(5, { more: true }))
  })
  it('takes them back when they are rolled back', async () => {
    const { put, run, read, session } = await tripped()
    await session.resetBreaker('p', 'rollback')
    await put('in', many(5))
    await put('in', [{ _id: 'e0', n: 9 }])
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', written: 1 })
    expect(await read('p')).toEqual([{ _id: 'e0', n: 9 }, ...many(5).slice(1)])
  })
})

describe('the dataset sink', () => {
  it('prevents or ignores second versions', async () => {
    for (const [prevent, state, n] of [
      [true, 'failed', 0],
      ['ignore', 'done', 0],
      [false, 'done', 5],
    ] as const) {
      const sink = { type: 'dataset', prevent_multiple_versions: prevent }
      const { put, run, read } = engine([{ _id: 'p', source, sink }])
      await put('in', many(1))
      await run()
      await put('in', [{ _id: 'e0', n: 5 }])
      expect(of(await run(), 'p').state).toBe(state)
      expect(await read('p')).toEqual([{ _id: 'e0', n }])
    }
  })

  it('counts as populated by the datasets that are named, and an inbox as it is told', async () => {
    const union = (more: JsonObject) => ({ type: 'union_datasets', datasets: ['in', 'never'], ...more })
    const inbox = (more: JsonObject) => ({ type: 'http_endpoint', ...more })
    const { put, run, store } = engine([
      {
        _id: 'never',
        source: { type: 'dataset', dataset: 'in' },
        sink: { type: 'dataset', set_initial_offset: 'never' },
      },
      { _id: 'all', source: union({}) },
      { _id: 'some', source: union({ initial_datasets: ['in'] }) },
      { _id: 'lenient', source: union({ initial_datasets: ['in', 'gone'] }) },
      { _id: 'strict', source: union({ initial_datasets: ['in', 'gone'], ignore_non_existent_datasets: false }) },
      { _id: 'ready', source: inbox({}) },
      { _id: 'later', source: inbox({ auto_populate_dataset: false }) },
    ])
    await put('in', many(1))
    await run()
    const populated = async (name: string) => (await store.info(name))?.populated === true
    const names = ['all', 'some', 'lenient', 'strict', 'ready', 'later']
    expect(await Promise.all(names.map(populated))).toEqual([false, true, true, false, true, false])
  })

  it('is populated when its source is', async () => {
    const { put, run, store, session } = engine([
      { _id: 'p', source, sink: { type: 'dataset', set_initial_offset: 'never' } },
      { _id: 'q', source: { type: 'dataset', dataset: 'p' } },
      { _id: 'r', source },
      { _id: 'waits', source: { type: 'dataset', dataset: 'p', require_populated_input: true } },
    ])
    await put('in', many(1))
    const result = await run()
    const populated = async (name: string) => (await store.info(name))?.populated
    expect([await populated('p'), await populated('q'), await populated('r')]).toEqual([false, false, true])
    expect(of(result, 'waits')).toMatchObject({ state: 'waiting', read: 0 })
    expect(session.pipes()).toHaveLength(4)
  })

  it('keeps deleted children with their parent', async () => {
    const transform = dtl([['create-child', '_S.lines']])
    const { put, run, read } = engine([{ _id: 'p', source, transform }])
    await put('in', [{ _id: '1', lines: [{ _id: 'a' }, { _id: 'b' }] }])
    await run()
    await put('in', [{ _id: '1', lines: [{ _id: 'b' }] }])
    await run()
    expect(await read('p')).toEqual([{ _id: '1', $children: [{ _id: 'b' }, { _id: 'a', _deleted: true }] }])
  })
})

describe('completeness', () => {
  it('flows downstream as the least of what is read, and holds entities back', async () => {
    const transform = dtl([
      ['copy', '*'],
      ['add', 'known', ['completeness', 'mid', 'inbound']],
    ])
    const { run, store, put } = engine([
      { _id: 'inbound', source: { type: 'embedded', entities: [{ _id: '1' }] } },
      { _id: 'mid', source: { type: 'dataset', dataset: 'inbound' } },
      { _id: 'excluding', source: { type: 'dataset', dataset: 'inbound' }, exclude_completeness: ['inbound'] },
      { _id: 'held', source: { type: 'dataset', dataset: 'in', completeness: ['mid'] }, transform },
    ])
    await put('in', many(1))
    await run()
    const own = async (name: string) => {
      const known = (await store.info(name))?.meta.completeness
      return typeof known === 'object' && known !== null && name in known ? (known as JsonObject)[name] : null
    }
    expect(await own('mid')).toBe(await own('inbound'))
    expect(BigInt(String(await own('excluding')))).toBeGreaterThan(BigInt(String(await own('inbound'))))
    await put('in', [{ _id: 'late' }])
    const ids: Json[] = []
    for await (const batch of store.scan('held')) for (const { _id } of batch) ids.push(String(_id))
    expect(ids).toEqual(['e0'])
  })
})

describe('an endpoint', () => {
  const sink = { type: 'csv_endpoint', columns: ['_id', 'name'] }
  const file = async (read: ReturnType<typeof engine>['read']) => {
    const [only, ...more] = (await read('system:output:p')) as JsonObject[]
    expect(more).toEqual([])
    return only?.text
  }

  it('publishes all there is, anew when something it reads or joins has changed', async () => {
    const hop = ['first', ['hops', { datasets: ['names n'], where: [['eq', '_S._id', 'n._id']] }]]
    const transform = dtl([
      ['merge', hop],
      ['copy', '_id'],
    ])
    const { put, run, read } = engine([{ _id: 'p', source, transform, sink }], { batch: 2 })
    await put('in', many(3))
    await put('names', [{ _id: 'e1', name: 'Ann' }])
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', read: 3, written: 3 })
    expect(await file(read)).toBe('_id,name\r\ne0,\r\ne1,Ann\r\ne2,\r\n')
    await put('in', [{ _id: 'e2', _deleted: true }])
    await run()
    expect(await file(read)).toBe('_id,name\r\ne0,\r\ne1,Ann\r\n')
    await put('names', [{ _id: 'e0', name: 'Bo' }])
    await run()
    expect(await file(read)).toBe('_id,name\r\ne0,Bo\r\ne1,Ann\r\n')
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', read: 0, written: 0 })
  })

  it('publishes everything after a run that was cancelled half-way', async () => {
    const { put, run, session, read } = engine([{ _id: 'p', source, sink }], { batch: 10 })
    await put('in', many(100))
    await session.run({ run: 'c' }, ({ pipes }) => {
      if ((pipes[0]?.written ?? 0) >= 30) session.cancel('c')
    })
    expect(await file(read)).toBeUndefined()
    await run()
    expect(String(await file(read)).split('\r\n')).toHaveLength(102)
  })
})

describe('a table', () => {
  it('is prepared before a run from the beginning only', async () => {
    const sink = { type: 'sql', system: 's', table: 't', primary_key: '_id', truncate_table_on_first_run: true }
    const { put, run, reset, read } = engine([{ _id: 'p', source, sink }])
    const statements = async () =>
      ((await read('system:output:p')) as JsonObject[]).map(({ text }) => String(text).split(' ')[0])
    await put('in', many(1))
    await run()
    await put('in', [{ _id: 'later' }])
    await run()
    expect(await statements()).toEqual(['TRUNCATE', 'MERGE', 'INSERT'])
    await reset('p')
    await run()
    expect(await statements()).toEqual(['TRUNCATE', 'MERGE', 'INSERT'])
  })
})

describe('running', () => {
  it('can be cancelled between batches and goes on from there', async () => {
    const { put, run, session, read } = engine([{ _id: 'p', source }], { batch: 10 })
    await put('in', many(500))
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
      await put('in', many(1))
      await run()
      configure(pipe('b', more))
      await run()
      expect(await read('p')).toEqual([{ _id: 'e0', n: 0, v: value }])
    }
  })
})

describe('max_entity_bytes_size', () => {
  const copy = (sink: JsonObject = {}) => ({ _id: 'p', source: { type: 'dataset', dataset: 'in' }, sink })
  const outcome = async (sink: JsonObject, defaults: JsonObject) => {
    const { put, run } = engine([copy(sink)], { metadata: { global_defaults: defaults } })
    await put('in', [{ _id: 'a', text: 'x'.repeat(1000) }])
    return of(await run(), 'p').problems.map(({ code }) => code)
  }
  it('counts as the sink says, otherwise as the node does', async () => {
    expect(await outcome({ max_entity_bytes_size: 500 }, {})).toEqual(['entity-too-large'])
    expect(await outcome({}, { max_entity_bytes_size: 500 })).toEqual(['entity-too-large'])
    expect(await outcome({ max_entity_bytes_size: 5000 }, { max_entity_bytes_size: 500 })).toEqual([])
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
