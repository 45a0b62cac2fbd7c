/** A store whose commits go another way: what is read is what the store has. */
import { expect, it } from 'vitest'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { Commit } from '../../../engine-worker/storage/store.ts'
import { withCommit } from '../../../engine-worker/storage/with-commit.ts'

it('has every part of the store but its commit', async () => {
  const store = memoryStore({ now: () => 1_700_000_000_000_000_000n })
  const commits: Commit[] = []
  const other = withCommit(store, async (commit) => {
    commits.push(commit)
    return store.commit(commit)
  })
  await other.commit({ datasets: [{ dataset: 'd', entities: [{ _id: 'a' }] }], states: [{ key: 'k', value: 1 }] })
  expect(commits).toHaveLength(1)
  expect(await other.info('d')).toEqual(await store.info('d'))
  expect(await other.lookup('d', ['a', 'b'])).toEqual(await store.lookup('d', ['a', 'b']))
  expect(await other.state('k')).toBe(1)
  expect((await other.list()).map(({ name }) => name)).toEqual(['d'])
  for await (const batch of other.scan('d')) expect(batch.map(({ _id }) => _id)).toEqual(['a'])
})
