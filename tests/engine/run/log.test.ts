/** The execution log, as operations/pump-execution.rst describes its entities. */
import { describe, expect, it } from 'vitest'
import { executionLog } from '../../../engine-worker/config/project/system-datasets.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { dtl, engine, of } from './engine.ts'
import { ticking } from './histories.ts'

const source = { type: 'dataset', dataset: 'in' }
const failingRules = (when: Json): JsonObject =>
  dtl([
    ['if', when, ['fail!', 'no way']],
    ['copy', '*'],
  ])

describe('the execution log', () => {
  it('says how each run began and ended, with its measures', async () => {
    const { put, run, read } = engine([{ _id: 'p', source, transform: failingRules(['eq', '_S.n', 9]) }])
    await put('in', [
      { _id: 'e0', n: 0 },
      { _id: 'e1', n: 1 },
    ])
    await run()
    await run()
    const log = await read(executionLog('p'), { history: true })
    expect(log).toMatchObject([
      { _id: 'pump-started', event_type: 'pump-started', pipe: 'p', sync_type: 'full' },
      {
        _id: 'pump-completed',
        entities_succeeded: 2,
        entities_failed: 0,
        retry_entities_exist: false,
        pump_started_location: 1,
        next_interval: 30,
        metrics: { entities: { changes_last_run: 2, entities_last_run: 2, read_errors_last_run: 0 } },
      },
    ])
    await put('in', [{ _id: 'bad', n: 9 }])
    await run()
    expect((await read(executionLog('p'), { history: true })).at(-1)).toMatchObject({
      _id: 'pump-failed',
      exception_entity: { _id: 'bad', n: 9 },
      original_error_message: expect.stringContaining('no way'),
      pump_started_location: 3,
      sync_type: 'incremental',
    })
  })

  it('names each entity that could not be written, how often it was tried, and what resolved it', async () => {
    const pump = { max_consecutive_write_errors: 10, max_write_errors_in_retry_dataset: 10, max_retries_per_entity: 2 }
    const { put, run, read } = engine([{ _id: 'p', source, transform: failingRules(['eq', '_S.n', 1]), pump }])
    const errors = async () =>
      ((await read(executionLog('p'), { history: true })) as JsonObject[]).filter(
        ({ event_type }) => event_type === 'write-error',
      )
    await put('in', [
      { _id: 'a', n: 0 },
      { _id: 'b', n: 1 },
    ])
    await run()
    expect(await errors()).toMatchObject([
      { _id: 'write-error:b', retry_attempts: 0, retryable: true, dead: false, resolved: false, entity: { n: 1 } },
    ])
    expect((await read(executionLog('p'), { history: true })).at(-1)).toMatchObject({
      _id: 'pump-completed',
      entities_failed: 1,
      retry_entities_exist: true,
    })
    await put('in', [{ _id: 'b', n: 2 }])
    await run()
    expect((await errors()).at(-1)).toMatchObject({
      _id: 'write-error:b',
      resolved: true,
      retryable: false,
      entity: { _id: 'b', n: 1 },
      resolved_entity: { _id: 'b', n: 2 },
    })
    await put('in', [{ _id: 'b', n: 1 }])
    for (let again = 0; again < 4; again++) await run()
    expect((await errors()).slice(-3)).toMatchObject([
      { retry_attempts: 0, dead: false, retryable: true },
      { retry_attempts: 1, dead: false, retryable: true },
      { retry_attempts: 2, dead: true, retryable: false },
    ])
  })

  it('names errors of reading', async () => {
    const failing = { type: 'rest', system: 's', operation: 'get' }
    let drawn = 0
    const environment = { ...ticking(), randomBytes: (length: number) => new Uint8Array(length).fill(++drawn) }
    const { run, read, session } = engine([], { environment })
    session.open({
      'pipes.conf.json': JSON.stringify([
        { _id: 'p', type: 'pipe', source: failing, pump: { max_read_retries: 2 } },
        {
          _id: 's',
          type: 'system:rest',
          url_pattern: 'https://nowhere.invalid/%s',
          operations: { get: { url: 'x', method: 'GET' } },
        },
      ]),
      'testdata/p.answers.json': JSON.stringify([{ status: 500, answer: 'no' }]),
    })
    const result = await run()
    expect(of(result, 'p')).toMatchObject({ state: 'failed' })
    const log = (await read(executionLog('p'), { history: true })) as JsonObject[]
    expect(log.filter(({ event_type }) => event_type === 'read-error')).toHaveLength(3)
    expect(log.at(-1)).toMatchObject({ _id: 'pump-failed', metrics: { entities: { read_errors_last_run: 3 } } })
  })

  it('is silent of runs that change nothing, as far as the pump wants that', async () => {
    const logged = async (pump: JsonObject, runs: number) => {
      const { put, run, read } = engine([{ _id: 'p', source, pump }], { environment: ticking() })
      await put('in', [{ _id: 'a' }])
      for (let each = 0; each <= runs; each++) await run()
      const log = (await read(executionLog('p'), { history: true })) as JsonObject[]
      return log.filter(({ _id }) => _id === 'pump-completed').length - 1
    }
    expect(await logged({}, 3)).toBe(0)
    expect(await logged({ log_events_noop_runs: true }, 3)).toBeGreaterThanOrEqual(3)
    expect(await logged({ notification_granularity: 0 }, 3)).toBeGreaterThanOrEqual(3)
    expect(await logged({ notification_granularity: 1e9 }, 3)).toBe(0)
  })

  it('says that a pipe was made to start over, and that a run went back a part of the way', async () => {
    const pump = { partial_rescan_run_count: 1, partial_rescan_delta: 1, log_events_noop_runs: true }
    const { put, run, reset, read } = engine([{ _id: 'p', source, pump }])
    await put('in', [{ _id: 'a' }, { _id: 'b' }])
    await run(['p'])
    await run(['p'])
    await reset('p')
    const log = (await read(executionLog('p'), { history: true })) as JsonObject[]
    expect(log.map(({ sync_type, event_type }) => [event_type, sync_type])).toEqual([
      ['pump-started', 'full'],
      ['pump-completed', 'full'],
      ['pump-started', 'partial'],
      ['pump-completed', 'partial'],
      ['pump-offset-set', undefined],
    ])
    expect(log.at(-1)).toMatchObject({ is_reset: true, original_pipe_offset: '2', pipe_offset: '' })
  })

  it('is there to be read while a circuit breaker withholds the entities', async () => {
    const sink = { type: 'dataset', circuit_breaker_threshold_count: 100 }
    const pump = {
      max_consecutive_write_errors: 10,
      max_write_errors_in_retry_dataset: 10,
      dead_letter_dataset: 'dead',
    }
    const { put, run, read } = engine([
      {
        _id: 'p',
        source,
        sink,
        transform: failingRules(['eq', '_S.n', 1]),
        pump: { ...pump, max_retries_per_entity: 0 },
      },
    ])
    await put('in', [{ _id: 'a', n: 0 }])
    await run()
    await put('in', [{ _id: 'b', n: 1 }])
    await run()
    expect(await read('dead')).toEqual([{ _id: 'b', n: 1 }])
  })
})

describe('a pump that says how long an entity may take', () => {
  it('fails with the first entity of the batch that took longer', async () => {
    const pump = { max_seconds_per_entity: 0 }
    const { put, run } = engine([{ _id: 'p', source, pump, batch_size: 1, transform: dtl([['copy', '*']]) }])
    await put('in', [{ _id: 'a' }])
    expect(of(await run(), 'p')).toMatchObject({ state: 'failed', problems: [{ code: 'too-slow' }] })
  })

  it('is read under both of its names, by sources and joins', async () => {
    const joins = dtl([
      ['copy', '_id'],
      ['add', 'logged', ['count', ['hops', { datasets: ['system:pump:p l'], where: [['eq', '_S.pipe', 'l.pipe']] }]]],
    ])
    const { put, run, read } = engine([
      { _id: 'p', source },
      { _id: 'one', source: { type: 'dataset', dataset: 'system:pump:p' }, transform: joins },
      { _id: 'two', source: { type: 'dataset', dataset: 'system:pump_execution:p' }, transform: joins },
    ])
    await put('in', [{ _id: 'a' }])
    await run()
    const found = await read('one')
    expect(found).toMatchObject([
      { _id: 'pump-completed', logged: 2 },
      { _id: 'pump-started', logged: 2 },
    ])
    expect(await read('two')).toEqual(found)
  })

  it('takes over what older databases have under the former name', async () => {
    const { session, store, put, run, read } = engine([{ _id: 'p', source }])
    await put('system:pump:p', [{ _id: 'pump-completed', old: true }])
    await session.renameFormerLogs()
    expect(await read(executionLog('p'))).toEqual([{ _id: 'pump-completed', old: true }])
    expect(await store.info('system:pump:p')).toBeNull()
    await put('in', [{ _id: 'a' }])
    await run()
    await session.renameFormerLogs()
    expect(await read(executionLog('p'), { history: true })).toHaveLength(3)
  })

  it('says that failed entities are not tried again', async () => {
    const pump = { max_consecutive_write_errors: 10, max_write_errors_in_retry_dataset: 10 }
    const { put, run, read, session } = engine([{ _id: 'p', source, transform: failingRules(['eq', '_S.n', 1]), pump }])
    await put('in', [{ _id: 'a', n: 1 }])
    await run()
    await session.runner.discardRetries('p')
    expect((await read(executionLog('p'), { history: true })).at(-1)).toMatchObject({ _id: 'pump-discard-retries' })
    expect(of(await run(), 'p')).toMatchObject({ read: 0, reprocessed: 0, state: 'done' })
  })

  it('says how many entities joins found, and where a failure is', async () => {
    const transform = dtl([
      ['add', 'all', ['hops', { datasets: ['others o'], where: [['eq', '_S.key', 'o.key']] }]],
      ['if', ['eq', '_S._id', 'bad'], ['fail!', 'no way']],
    ])
    const { put, run, read } = engine([{ _id: 'p', source, transform }])
    await put(
      'others',
      [1, 2, 3].map((n) => ({ _id: String(n), key: 'x' })),
    )
    await put('in', [
      { _id: 'a', key: 'x' },
      { _id: 'b', key: 'y' },
    ])
    await run()
    const log = () => read(executionLog('p'), { history: true })
    expect((await log()).at(-1)).toMatchObject({
      metrics: { hops: { 'max-cardinality': 3, 'total-rows-last-run': 3 } },
    })
    await put('in', [{ _id: 'bad' }])
    await run()
    expect((await log()).at(-1)).toMatchObject({ traceback: expect.stringMatching(/dtl-fail.*entity bad.*no way/s) })
  })
})
