/** The components of merged entities, kept with the commits of their pipe. */
import { expect, it } from 'vitest'
import { Components } from '../../../../engine-worker/run/sources/components.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { environment } from '../../connectors/open.ts'

it('knows the members of a component, and the components of a member', async () => {
  const components = await Components.load(memoryStore(environment), 'c/', 1)
  components.set('1', ['a 1', 'b 1'])
  components.set('2', ['a 2'])
  expect(components.get('1')).toEqual(['a 1', 'b 1'])
  expect(components.keysOf('b 1')).toEqual(['1'])
  components.set('1', ['a 1'])
  components.set('2', null)
  expect([components.keysOf('b 1'), components.get('2'), [...components.keys()]]).toEqual([[], null, ['1']])
})

it('comes back from what was committed, and only from that', async () => {
  const store = memoryStore(environment)
  const before = await Components.load(store, 'c/', 1)
  before.set('1', ['a 1', 'b 1'])
  before.set('2', ['a 2'])
  await store.commit({ states: before.flush(), datasets: [] })
  before.set('2', null)
  await store.commit({ states: before.flush(), datasets: [] })
  before.set('3', ['never committed'])
  const after = await Components.load(store, 'c/', 1)
  expect([...after.entries()]).toEqual([['1', ['a 1', 'b 1']]])
  await store.commit({ states: after.clear(), datasets: [] })
  expect((await Components.load(store, 'c/', 1)).size).toBe(0)
})
