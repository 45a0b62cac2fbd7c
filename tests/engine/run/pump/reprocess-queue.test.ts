import { expect, it } from 'vitest'
import { ReprocessQueue } from '../../../../engine-worker/run/pump/reprocess-queue.ts'

it('gives each source entity once, and persists what nothing else tells of until it is processed', () => {
  const queue = new ReprocessQueue()
  queue.add(['a', 'b'])
  queue.addPersisted(['b', 'c'])
  expect([queue.size, queue.persisted]).toEqual([3, ['b', 'c']])
  expect(queue.take(2)).toEqual(['a', 'b'])
  expect([queue.size, queue.persisted]).toEqual([1, ['b', 'c']])
  queue.delete([{ key: 'b' }])
  expect([queue.take(5), queue.size, queue.persisted]).toEqual([['c'], 0, ['c']])
  queue.clear()
  expect(queue.persisted).toEqual([])
})
