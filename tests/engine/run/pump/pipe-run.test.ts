/** Each batch of a run: position, tracking and entities are committed together. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { readState } from '../../../../engine-worker/run/state.ts'
import type { Commit } from '../../../../engine-worker/storage/store.ts'
import { dtl, engine, of } from '../engine.ts'

const source = { type: 'dataset', dataset: 'in' }
const many = (count: number) => Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, n }))

/** The commits of a store from now on. */
function recordCommits(store: { commit: (commit: Commit) => Promise<unknown> }): Commit[] {
  const commits: Commit[] = []
  const commit = store.commit.bind(store)
  store.commit = (each) => {
    commits.push(each)
    return commit(each)
  }
  return commits
}
const entitiesOf = ({ datasets = [] }: Commit, dataset: string) =>
  datasets.filter((write) => write.dataset === dataset).flatMap(({ entities }) => entities)

describe('a run of a pipe', () => {
  it('commits each batch together with the position behind it', async () => {
    const { put, run, store } = engine([{ _id: 'p', source }], { batch: 4 })
    await put('in', many(10))
    const commits = recordCommits(store)
    await run()
    const written = commits.filter((commit) => entitiesOf(commit, 'p').length > 0)
    expect(written.map((commit) => entitiesOf(commit, 'p').length)).toEqual([4, 4, 2])
    for (const { states = [] } of written)
      expect(states.map(({ key }) => key)).toContainEqual(expect.stringMatching(/p/))
    expect((await readState(store, 'p'))?.position).toEqual({ in: [expect.anything(), 10] })
  })

  it('goes on behind the last batch that was committed before an entity failed', async () => {
    const pipe = (more: JsonObject = {}): JsonObject => ({
      _id: 'p',
      source,
      transform: dtl([
        ['if', ['eq', '_S.n', 6], ['fail!', 'six']],
        ['copy', '*'],
      ]),
      ...more,
    })
    const { put, run, read, configure } = engine([pipe()], { batch: 4 })
    await put('in', many(10))
    expect(of(await run(), 'p')).toMatchObject({ state: 'failed', problems: [{ code: expect.any(String) }] })
    expect((await read('p')).length).toBe(6)
    configure([pipe({ transform: dtl([['copy', '*']]) })])
    expect(of(await run(), 'p').state).toBe('done')
    expect((await read('p')).length).toBe(10)
  })

  it('shows a batch what the batches before have written, where its transform looks the sink up', async () => {
    const seen = dtl([
      ['copy', '*'],
      ['add', 'before', ['count', ['hops', { datasets: ['p p'], where: [['eq', '_S.kind', 'p.kind']] }]]],
    ])
    const { put, run, read } = engine([{ _id: 'p', batch_size: 2, source, transform: seen }], { batch: 100 })
    await put(
      'in',
      many(4).map((entity) => ({ ...entity, kind: 'k' })),
    )
    await run(['p'])
    const before = (await read('p')).map((entity) => (entity as JsonObject).before)
    expect(before.slice(0, 2)).toEqual([0, 0])
    expect(before.slice(2)).toEqual([2, 2])
  })

  it('writes nothing, and keeps its position, when it has nothing to read', async () => {
    const { put, run, store } = engine([{ _id: 'p', source }])
    await put('in', many(3))
    await run()
    const before = await readState(store, 'p')
    const commits = recordCommits(store)
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', read: 0 })
    expect(commits.flatMap((commit) => entitiesOf(commit, 'p'))).toEqual([])
    expect((await readState(store, 'p'))?.position).toEqual(before?.position)
  })
})
