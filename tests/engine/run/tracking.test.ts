import { describe, expect, it } from 'vitest'
import { printJson } from '../../../engine-worker/entity/json.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { dtl, engine, of } from './engine.ts'
import { ticking } from './histories.ts'

const hopCall = (on: Json, more: JsonObject = {}): Json => [
  'hops',
  { datasets: ['look l'], where: [on], return: 'l.v', ...more },
]
const source = { type: 'dataset', dataset: 'in' }

/** Ten source entities, each with a key of its own. */
const tenEntities = Array.from({ length: 10 }, (_, n) => ({ _id: `s${n}`, k: `k${n}` }))

describe('a change in a dataset that is hopped to', () => {
  const cases: Record<string, JsonObject> = {
    'in the first transform': {
      transform: dtl([
        ['copy', '*'],
        ['add', 'v', hopCall(['eq', '_S.k', 'l.k'])],
      ]),
    },
    'with a key that an earlier transform made': {
      transform: [
        dtl([
          ['copy', '_id'],
          ['add', 'made', ['upper', '_S.k']],
        ]),
        dtl([
          ['copy', '*'],
          ['add', 'v', hopCall(['eq', ['lower', '_S.made'], 'l.k'])],
        ]),
      ],
    },
    'in an applied rule': {
      transform: dtl([['add', 'v', ['apply-hops', 'one', { datasets: ['look l'], where: [['eq', '_S.k', 'l.k']] }]]], {
        one: [['add', 'w', hopCall(['eq', '_S.k', 'l.k'])]],
      }),
    },
    'behind namespaces': {
      namespaced_identifiers: true,
      add_namespaces: true,
      transform: dtl([
        ['copy', '*'],
        ['add', 'v', hopCall(['eq', '_S.k', 'l.k'])],
      ]),
    },
    'behind a merge': {
      source: {
        type: 'merge',
        version: 2,
        identity: 'first',
        datasets: ['in i', 'other o'],
        equality: [['eq', 'i.k', 'o.k']],
      },
      transform: dtl([
        ['copy', '*'],
        ['add', 'v', hopCall(['eq', '_S.k', 'l.k'])],
      ]),
    },
    'before children are emitted': {
      transform: [
        dtl([['create-child', ['dict', '_id', ['concat', 'c-', '_S._id'], 'v', hopCall(['eq', '_S.k', 'l.k'])]]]),
        { type: 'emit_children' },
      ],
    },
  }
  for (const [name, pipe] of Object.entries(cases)) {
    it(`brings back exactly the source entities concerned, once: ${name}`, async () => {
      const { put, run } = engine([{ _id: 'p', source, ...pipe }])
      await put('in', tenEntities)
      await put('look', [{ _id: 'x', k: 'k1', v: 1 }])
      await run()
      await put('look', [
        { _id: 'x', k: 'k2', v: 1 },
        { _id: 'y', k: 'k7', v: 2 },
      ])
      expect(of(await run(), 'p')).toMatchObject({ read: 0, reprocessed: 3, written: 3 })
    })
  }

  it('is not followed where tracking is switched off', async () => {
    const transform = dtl([
      ['copy', '*'],
      ['add', 'v', hopCall(['eq', '_S.k', 'l.k'], { 'track-dependencies': false })],
    ])
    const { put, run } = engine([{ _id: 'p', source, transform }])
    await put('in', tenEntities)
    await run()
    await put('look', [{ _id: 'x', k: 'k2', v: 1 }])
    expect(of(await run(), 'p')).toMatchObject({ reprocessed: 0, written: 0 })
  })

  it('is remembered when the engine is started anew', async () => {
    const transform = dtl([
      ['copy', '*'],
      ['add', 'v', hopCall(['eq', '_S.k', 'l.k'])],
    ])
    const first = engine([{ _id: 'p', source, transform }])
    await first.put('in', tenEntities)
    await first.run()
    await first.put('look', [{ _id: 'x', k: 'k2', v: 1 }])
    const session = new Session({ store: first.store, environment: ticking() })
    session.open({ 'p.conf.json': printJson({ _id: 'p', type: 'pipe', source, transform }) })
    expect(of(await session.run({ run: 'again' }), 'p')).toMatchObject({ read: 0, reprocessed: 1, written: 1 })
  })

  it('fails the pump beyond the threshold', async () => {
    const transform = dtl([['add', 'w', hopCall(['eq', '_S.k', 'l.k'])]])
    const limits = { dependency_tracking: { dependency_error_threshold: 2 } }
    const { put, run } = engine([{ _id: 'p', source, transform, ...limits }])
    await put('in', tenEntities)
    await run()
    await put(
      'look',
      [1, 2, 3].map((n) => ({ _id: `x${n}`, k: `k${n}` })),
    )
    expect(of(await run(), 'p').problems[0]).toMatchObject({ code: 'dependency-threshold', where: { pipe: 'p' } })
  })
})

describe('what a source entity gave before', () => {
  it('is deleted when its children are no longer there', async () => {
    const transform = [
      dtl([['create-child', ['apply', 'line', '_S.lines']]], { line: [['copy', '*']] }),
      { type: 'emit_children' },
    ]
    const { put, run, read } = engine([{ _id: 'p', source, transform }])
    await put('in', [
      { _id: '1', lines: [{ _id: 'a' }, { _id: 'b' }] },
      { _id: '2', lines: [{ _id: 'c' }] },
    ])
    await run()
    await put('in', [
      { _id: '1', lines: [{ _id: 'b' }] },
      { _id: '2', _deleted: true, lines: [{ _id: 'c' }] },
    ])
    await run()
    expect(await read('p')).toEqual([{ _id: 'a', _deleted: true }, { _id: 'b' }, { _id: 'c', _deleted: true }])
  })

  it('is deleted when it was created and is not created any more', async () => {
    const { put, run, read } = engine([{ _id: 'p', source, transform: dtl([['create', '_S.lines'], ['discard']]) }])
    await put('in', [{ _id: '1', lines: [{ _id: 'a' }, { _id: 'b' }] }])
    await run()
    await put('in', [{ _id: '1', lines: [{ _id: 'b' }] }])
    await run()
    expect(await read('p', { live: true })).toEqual([{ _id: 'b' }])
  })

  it('is deleted when it is filtered, and stays when it is discarded', async () => {
    for (const [stop, live] of [
      ['filter', 0],
      ['discard', 1],
    ] as const) {
      const { put, run, read, reset } = engine([
        {
          _id: 'p',
          source,
          transform: dtl([
            ['copy', '*'],
            [stop, ['eq', '_S.ok', true]],
          ]),
        },
      ])
      await put('in', [{ _id: '1', ok: true }])
      await run()
      await put('in', [{ _id: '1', ok: false }])
      await run()
      expect(await read('p', { live: true })).toHaveLength(live)
      await reset('p')
      await run()
      expect(await read('p', { live: true })).toHaveLength(0)
    }
  })

  it('stays until a full run when the entity goes by another _id', async () => {
    const transform = dtl([
      ['copy', '*'],
      ['add', '_id', '_S.name'],
    ])
    const { put, run, read, reset } = engine([{ _id: 'p', source, transform }])
    await put('in', [{ _id: '1', name: 'old' }])
    await run()
    await put('in', [{ _id: '1', name: 'new' }])
    await run()
    expect(await read('p', { live: true })).toEqual([
      { _id: 'new', name: 'new' },
      { _id: 'old', name: 'old' },
    ])
    await reset('p')
    await run()
    expect(await read('p')).toEqual([
      { _id: 'new', name: 'new' },
      { _id: 'old', _deleted: true, name: 'old' },
    ])
  })

  it('falls to the next source entity that makes the same', async () => {
    const transform = dtl([['create', '_S.lines'], ['discard']])
    const { put, run, read } = engine([{ _id: 'p', source, transform }])
    await put('in', [
      { _id: '1', lines: [{ _id: 'a', by: 1 }] },
      { _id: '2', lines: [{ _id: 'a', by: 2 }] },
    ])
    await run()
    expect(await read('p', { live: true })).toEqual([{ _id: 'a', by: 2 }])
    await put('in', [{ _id: '2', lines: [] }])
    await run()
    expect(await read('p', { live: true })).toEqual([{ _id: 'a', by: 1 }])
  })
})
