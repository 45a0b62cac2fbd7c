/**
 * From the output of the stages to the writes of the dataset sink (configuration-sinks-dataset.rst,
 * entity-data-model.rst).
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dtl, engine, of } from '../engine.ts'

const source = { type: 'dataset', dataset: 'in' }

describe('what comes out', () => {
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

  it('keeps deleted children with their parent', async () => {
    const transform = dtl([['create-child', '_S.lines']])
    const { put, run, read } = engine([{ _id: 'p', source, transform }])
    await put('in', [{ _id: '1', lines: [{ _id: 'a' }, { _id: 'b' }] }])
    await run()
    await put('in', [{ _id: '1', lines: [{ _id: 'b' }] }])
    await run()
    expect(await read('p')).toEqual([{ _id: '1', $children: [{ _id: 'b' }, { _id: 'a', _deleted: true }] }])
  })

  it('filtered is deleted, discarded stays as it was', async () => {
    const { put, run, read } = engine([
      {
        _id: 'p',
        source,
        transform: dtl([
          ['filter', ['not', ['eq', '_S.say', 'filter']]],
          ['if', ['eq', '_S.say', 'discard'], ['discard']],
          ['copy', '*'],
        ]),
      },
    ])
    const all = ['a', 'b', 'c']
    await put(
      'in',
      all.map((_id) => ({ _id, say: 'keep' })),
    )
    await run()
    await put('in', [
      { _id: 'a', say: 'filter' },
      { _id: 'b', say: 'discard' },
      { _id: 'new', say: 'filter' },
    ])
    expect(of(await run(), 'p')).toMatchObject({ filtered: 2, deleted: 1 })
    expect(await read('p', { live: true })).toEqual([
      { _id: 'b', say: 'keep' },
      { _id: 'c', say: 'keep' },
    ])
  })

  it('of one _id is that of the last source entity, and of the other one when that goes', async () => {
    const transform = dtl([
      ['copy', 'n'],
      ['add', '_id', '_S.to'],
    ])
    const { put, run, read } = engine([{ _id: 'p', source, transform }])
    await put('in', [
      { _id: 'a', to: 'x', n: 1 },
      { _id: 'b', to: 'x', n: 2 },
    ])
    await run()
    expect(await read('p')).toEqual([{ _id: 'x', n: 2 }])
    await put('in', [{ _id: 'b', _deleted: true }])
    await run()
    expect(await read('p')).toEqual([{ _id: 'x', n: 1 }])
    await put('in', [{ _id: 'a', _deleted: true }])
    await run()
    expect(await read('p', { live: true })).toEqual([])
  })

  it('step by step is what one run from the beginning gives, where entities are created and go', async () => {
    const transform = dtl(
      [
        ['filter', ['not', ['eq', '_S.n', 0]]],
        ['copy', '*'],
        ['create', ['apply', 'one', '_S.parts']],
      ],
      {
        one: [
          ['add', '_id', '_S.id'],
          ['copy', 'v'],
        ],
      },
    )
    const part = fc.record({ id: fc.constantFrom('x', 'y', 'z'), v: fc.nat(2) })
    const entity = fc.record({
      _id: fc.constantFrom('a', 'b', 'c'),
      n: fc.nat(2),
      parts: fc.array(part, { maxLength: 2 }),
      _deleted: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(entity, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        async (steps) => {
          const pipes = [{ _id: 'p', source, transform }]
          const [stepwise, whole] = [engine(pipes), engine(pipes)]
          for (const step of steps) {
            await stepwise.put('in', step)
            await whole.put('in', step)
            await stepwise.run()
          }
          await whole.run()
          expect(await stepwise.read('p', { live: true })).toEqual(await whole.read('p', { live: true }))
        },
      ),
      { numRuns: 40 },
    )
  })
})
