/**
 * The page's side of the worker connection, against the engine's side, with a stand-in for the browser's Worker between
 * them.
 */
import { describe, expect, it } from 'vitest'
import { setLanguage } from '../../../../app/i18n/i18n.ts'
import { connectEngine, EngineStopped } from '../../../../app/store/engine/connection.ts'
import { failureText } from '../../../../app/store/failure.ts'
import { notOpen } from '../../../../engine-worker/api/host.ts'
import { LocalWorker } from '../../../support/local-worker.ts'

const project = {
  project: 'p',
  files: {
    'pipes/a.conf.json': '{"_id":"a","type":"pipe","source":{"type":"embedded","entities":[{"_id":"1"},{"_id":"2"}]}}',
    'pipes/slow.conf.json':
      '{"_id":"slow","type":"pipe","source":{"type":"dataset","dataset":"a"},"transform":{"type":"dtl","rules":{"default":[["sleep!",0.02],["copy","*"]]}}}',
  },
}

function connectWorkers(...workers: LocalWorker[]) {
  const heard: string[] = []
  const left = [...workers]
  const connection = connectEngine(() => left.shift() ?? new LocalWorker(), {
    crashed: (message) => heard.push(`crashed: ${message}`),
    busy: () => {},
    deaf: (isRun) => {
      heard.push(isRun ? 'deaf to a run' : 'deaf')
      connection.stop('cancelled')
    },
  })
  return { connection, heard }
}

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

describe('a connection to the engine', () => {
  it('carries questions, events and answers', async () => {
    const { connection } = connectWorkers()
    expect((await connection.ask('open', project)).problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const states: string[] = []
    const result = await connection.ask(
      'run',
      { run: '1', pipes: ['a'] },
      { onEvent: ({ pipes }) => states.push(...pipes.map(({ state }) => state)) },
    )
    expect(result).toMatchObject({ run: '1', state: 'done' })
    expect(states.at(-1)).toBe('done')
    expect((await connection.ask('rows', { dataset: 'a', from: 0, count: 9 })).total).toBe(2)
  })

  it('brings problems whole, to be said in any language', async () => {
    const { connection } = connectWorkers()
    const error = await errorOf(connection.ask('rows', { dataset: 'a', from: 0, count: 1 }))
    expect(error).toMatchObject({ name: 'EngineError', problem: notOpen({}) })
    expect(failureText(error)).toBe(notOpen({}).message)
    await setLanguage('nb')
    expect(failureText(error)).not.toBe(notOpen({}).message)
    await setLanguage('en')
  })

  it('brings mistakes of the engine as problems too', async () => {
    const { connection } = connectWorkers()
    await connection.ask('open', project)
    const asked = connection.ask('byExample', { pipe: 'a', source: '{', target: null, wanted: 'x' })
    expect(await errorOf(asked)).toMatchObject({ problem: { code: expect.any(String), facts: expect.any(Object) } })
    const unknown = connection.ask('nothing of the kind' as 'facts', null)
    expect(await errorOf(unknown)).toMatchObject({ problem: { code: 'unknown-capability' } })
  })

  it('stops what is not wanted any more, and keeps the worker that hears it', async () => {
    const { connection, heard } = connectWorkers()
    await connection.ask('open', project)
    const controller = new AbortController()
    const running = connection.ask(
      'run',
      { run: '1' },
      {
        signal: controller.signal,
        onEvent: ({ pipes }) => pipes.some(({ state }) => state === 'done') && controller.abort(),
      },
    )
    expect(await running).toMatchObject({ state: 'cancelled' })
    expect(heard).toEqual([])
  })

  it('ends a worker that does not hear, and starts another one for the next question', async () => {
    const deaf = new LocalWorker(true)
    const { connection, heard } = connectWorkers(deaf)
    const controller = new AbortController()
    const open = connection.ask('catalogue', null)
    const running = connection.ask('run', { run: '1' }, { signal: controller.signal, isRun: true })
    controller.abort()
    const stopped = await Promise.all([errorOf(running), errorOf(open)])
    for (const error of stopped) expect(error).toMatchObject({ why: 'cancelled' })
    expect(stopped[0]).toBeInstanceOf(EngineStopped)
    expect([deaf.terminated, heard]).toEqual([true, ['deaf to a run']])
    expect((await connection.ask('catalogue', null)).functions.length).toBeGreaterThan(100)
  })

  it('rejects what is open when the worker fails by itself', async () => {
    const worker = new LocalWorker(true)
    const { connection, heard } = connectWorkers(worker)
    const asked = errorOf(connection.ask('facts', null))
    worker.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }))
    expect(await asked).toMatchObject({ why: 'crashed' })
    expect(heard).toEqual(['crashed: out of memory'])
  })
})
