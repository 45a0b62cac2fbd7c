import { expect, test } from 'vitest'
import { effectivePipes } from '../../../engine-worker/config/project/effective.ts'
import { pipeFacts } from '../../../engine-worker/config/project/facts.ts'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import { queueOf } from '../../../engine-worker/run/queues.ts'
import { dtl, engine } from './engine.ts'

const joinRules = dtl([
  ['copy', '*'],
  ['add', 'codes', ['hops', { datasets: ['codes c'], where: [['eq', '_S.code', 'c._id']] }]],
])

test('a queue is what has come since the last run: of the source, and of what is joined', async () => {
  const { put, run, reset, session, store } = engine([
    { _id: 'p', source: { type: 'dataset', dataset: 'in' }, transform: joinRules },
  ])
  const queue = async () => {
    const [pipe] = effectivePipes(session.project)
    if (!pipe) throw new Error('no pipe')
    return queueOf(store, pipeFacts(pipe, null, functionTable))
  }
  expect(await queue()).toEqual({ source: 0, dependencies: 0 })
  await put('in', [
    { _id: 'a', code: 'x' },
    { _id: 'b', code: 'y' },
  ])
  await put('codes', [{ _id: 'x', name: 'X' }])
  expect(await queue()).toEqual({ source: 2, dependencies: 0 })
  await run()
  expect(await queue()).toEqual({ source: 0, dependencies: 0 })
  await put('in', [{ _id: 'b', code: 'x' }])
  await put('codes', [
    { _id: 'x', name: 'Ex' },
    { _id: 'y', name: 'Y' },
  ])
  expect(await queue()).toEqual({ source: 1, dependencies: 2 })
  await run()
  expect(await queue()).toEqual({ source: 0, dependencies: 0 })
  await reset('p')
  expect((await queue()).source).toBe(2)
})
