import { describe, expect, it } from 'vitest'
import { dtl, engine, of } from './engine.ts'

const copy = dtl([['copy', '*']])

describe('the dataset source', () => {
  it('reads what is new, and only that', async () => {
    const { put, run } = engine([{ _id: 'p', source: { type: 'dataset', dataset: 'in' } }])
    await put('in', [{ _id: '1' }, { _id: '2' }])
    expect(of(await run(), 'p')).toMatchObject({ read: 2, written: 2 })
    await put('in', [{ _id: '2', x: 1 }])
    expect(of(await run(), 'p')).toMatchObject({ read: 1, written: 1 })
    expect(of(await run(), 'p')).toMatchObject({ read: 0, written: 0 })
  })

  it('starts over when its dataset was emptied', async () => {
    const { put, run, read, session } = engine([{ _id: 'p', source: { type: 'dataset', dataset: 'in' } }])
    await put('in', [{ _id: '1' }, { _id: '2' }])
    await run()
    await session.runner.store.commit({ reset: ['in'] })
    await put('in', [{ _id: '3' }])
    await run()
    expect(await read('p', { live: true })).toEqual([{ _id: '3' }])
  })

  it('deletes what leaves its subset', async () => {
    const source = { type: 'dataset', dataset: 'in', subset: ['eq', '_S.kind', 'tank'] }
    const { put, run, read } = engine([{ _id: 'p', source, transform: copy }])
    await put('in', [
      { _id: '1', kind: ['tank', 'blue'] },
      { _id: '2', kind: 'car' },
    ])
    await run()
    expect(await read('p')).toEqual([{ _id: '1', kind: ['tank', 'blue'] }])
    await put('in', [
      { _id: '1', kind: 'car' },
      { _id: '2', kind: 'tank' },
    ])
    await run()
    expect(await read('p', { live: true })).toEqual([{ _id: '2', kind: 'tank' }])
  })

  it('gives every version where asked for', async () => {
    const source = { type: 'dataset', dataset: 'in', include_previous_versions: true }
    const { put, run, read } = engine([{ _id: 'p', source }])
    for (const n of [1, 2, 3]) await put('in', [{ _id: '1', n }])
    await run()
    expect(await read('p', { history: true })).toEqual([1, 2, 3].map((n) => ({ _id: '1', n })))
  })

  it('leaves replaced entities out where asked to', async () => {
    const { put, run, read } = engine([
      { _id: 'p', source: { type: 'dataset', dataset: 'in', include_replaced: false } },
    ])
    await put('in', [{ _id: '1', $replaced: true, _deleted: true }, { _id: '2' }])
    await run()
    expect(await read('p')).toEqual([{ _id: '2' }])
  })
})

describe('several datasets', () => {
  it('are read one after the other, their ids prefixed', async () => {
    const { put, run, read } = engine([{ _id: 'p', source: { type: 'union_datasets', datasets: ['men', 'women'] } }])
    await put('men', [{ _id: 'dave' }])
    await put('women', [{ _id: 'claire' }, { _id: 'dave' }])
    await run()
    expect(await read('p')).toEqual([{ _id: 'men:dave' }, { _id: 'women:claire' }, { _id: 'women:dave' }])
  })

  it('let the last one win without prefixes', async () => {
    const source = { type: 'union_datasets', datasets: ['a', 'b'], prefix_ids: false }
    const { put, run, read } = engine([{ _id: 'p', source }])
    await put('b', [{ _id: '1', from: 'b' }])
    await put('a', [
      { _id: '1', from: 'a' },
      { _id: '2', from: 'a' },
    ])
    await run()
    await put('a', [{ _id: '1', from: 'a again' }])
    await run()
    expect(await read('p')).toEqual([
      { _id: '1', from: 'b' },
      { _id: '2', from: 'a' },
    ])
  })

  it('give the latest version of an id, or all of them', async () => {
    const { put, run, read } = engine([
      { _id: 'latest', source: { type: 'merge_datasets', datasets: ['a', 'b'] } },
      { _id: 'all', source: { type: 'merge_datasets', datasets: ['a', 'b'], strategy: 'all' } },
    ])
    await put('a', [{ _id: '1', from: 'a' }])
    await put('b', [{ _id: '1', from: 'b' }])
    await run()
    expect(await read('latest')).toEqual([{ _id: '1', from: 'b' }])
    await put('a', [{ _id: '1', from: 'a again' }])
    await run()
    expect(await read('latest')).toEqual([{ _id: '1', from: 'a again' }])
    expect(await read('all')).toEqual([
      {
        _id: '1',
        a: { _id: '1', _deleted: false, from: 'a again' },
        b: { _id: '1', _deleted: false, from: 'b' },
      },
    ])
  })
})

describe('a source that is not a dataset', () => {
  const embedded = (entities: { _id: string; k: string }[]) => ({ type: 'embedded', entities })
  const found = dtl([
    ['copy', '*'],
    ['add', 'found', ['hops', { datasets: ['look l'], where: [['eq', '_S.k', 'l.k']], return: 'l._id' }]],
  ])

  it('is read in full; what is missing is deleted', async () => {
    const { configure, run, read } = engine([
      {
        _id: 'p',
        source: embedded([
          { _id: '1', k: 'x' },
          { _id: '2', k: 'y' },
        ]),
      },
    ])
    await run()
    configure([{ _id: 'p', source: embedded([{ _id: '2', k: 'y' }]) }])
    await run()
    expect(await read('p')).toEqual([
      { _id: '1', _deleted: true, k: 'x' },
      { _id: '2', k: 'y' },
    ])
  })

  it('is kept where single entities of it may have to be processed again', async () => {
    const pipe = {
      _id: 'p',
      source: embedded([
        { _id: '1', k: 'x' },
        { _id: '2', k: 'y' },
      ]),
      transform: found,
    }
    const { put, run, read } = engine([pipe])
    await put('look', [{ _id: 'a', k: 'x' }])
    await run()
    await put('look', [{ _id: 'b', k: 'y' }])
    expect(of(await run(), 'p')).toMatchObject({ read: 0, reprocessed: 1, written: 1 })
    expect(await read('p')).toEqual([
      { _id: '1', k: 'x', found: ['a'] },
      { _id: '2', k: 'y', found: ['b'] },
    ])
  })

  it('is compared with what is kept of it: what is missing is deleted, what is back is new', async () => {
    const pipe = (entities: { _id: string; k: string }[]) => [
      { _id: 'p', source: embedded(entities), transform: found },
    ]
    const [one, two] = [
      { _id: '1', k: 'x' },
      { _id: '2', k: 'y' },
    ]
    const { run, read, configure } = engine(pipe([one, two]))
    await run()
    configure(pipe([two]))
    expect(of(await run(), 'p')).toMatchObject({ deleted: 1, written: 0 })
    expect(await read('p', { live: true })).toEqual([{ ...two, found: [] }])
    configure(pipe([one, { ...two, k: 'z' }]))
    expect(of(await run(), 'p')).toMatchObject({ deleted: 0, written: 2 })
    expect(await read('p', { live: true })).toHaveLength(2)
  })

  it('may lack ids that a rule adds', async () => {
    const source = { type: 'embedded', entities: [{ n: 1 }, { n: 2 }] }
    const { run, read } = engine([
      {
        _id: 'p',
        source,
        transform: dtl([
          ['add', '_id', ['string', '_S.n']],
          ['copy', 'n'],
        ]),
      },
    ])
    await run()
    expect(await read('p')).toEqual([
      { _id: '1', n: 1 },
      { _id: '2', n: 2 },
    ])
  })
})
