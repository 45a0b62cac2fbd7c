import { describe, expect, it } from 'vitest'
import { receive } from '../../../engine-worker/run/inbox.ts'
import { dtl, engine } from './engine.ts'

const pipe = { _id: 'p', source: { type: 'json', system: 's', url: 'x' } }

describe('an inbox', () => {
  it('takes entities in pieces and gives them to the source', async () => {
    const { session, run, read } = engine([pipe])
    session.setInbox('p', true)
    const { store } = session.runner
    expect(
      await receive(store, 'p', ['{"_id": "1", "n": 1}\n\n{"_id": "2"}\n'], { append: false, file: 'big.ndjson' }),
    ).toMatchObject({ entities: 2 })
    expect(
      await receive(store, 'p', ['{"_id": "3", "t": "~t2024-01-01T00:00:00Z"}'], { append: true, file: 'big.ndjson' }),
    ).toMatchObject({ entities: 1 })
    await run()
    expect(await read('p')).toEqual([{ _id: '1', n: 1 }, { _id: '2' }, { _id: '3', t: '~t2024-01-01T00:00:00Z' }])
    await receive(store, 'p', ['{"_id": "3"}'], { append: false, file: 'other.ndjson' })
    await run()
    expect(await read('p', { live: true })).toEqual([{ _id: '3' }])
  })

  it('passes on what was pushed as deleted, and nothing else is', async () => {
    const { session, run, read } = engine([{ _id: 'p', source: { type: 'http_endpoint' } }])
    session.setInbox('p', true)
    const { store } = session.runner
    const push = (text: string) => receive(store, 'p', [text], { append: true, file: 'pushed.json' })
    await push('[{"_id": "1", "n": 1}, {"_id": "2"}]')
    await run()
    await push('{"_id": "1", "_deleted": true}')
    await push('{"_id": "3"}')
    await run()
    expect(await read('p')).toEqual([{ _id: '1', _deleted: true }, { _id: '2' }, { _id: '3' }])
  })

  it('keeps entities without an _id as they are', async () => {
    const { session, run, read } = engine([
      {
        ...pipe,
        transform: dtl([
          ['add', '_id', '_S.key'],
          ['copy', '*'],
        ]),
      },
    ])
    session.setInbox('p', true)
    await receive(session.runner.store, 'p', ['{"key": "a"}\n{"key": "b"}'], { append: false, file: 'big.ndjson' })
    await run()
    expect(await read('p')).toEqual([
      { _id: 'a', key: 'a' },
      { _id: 'b', key: 'b' },
    ])
  })

  it('says which line it cannot read, and takes the others', async () => {
    const { session } = engine([pipe])
    const text = ['{"_id": "1"}\n{"_id"', ': }\n{"_id": "3"}\n']
    const received = await receive(session.runner.store, 'p', text, { append: false, file: 'big.ndjson' })
    expect(received).toMatchObject({ entities: 2, skipped: 1, problems: [{ where: { file: 'big.ndjson', line: 2 } }] })
  })
})
