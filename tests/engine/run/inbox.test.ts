import { describe, expect, it } from 'vitest'
import { discardInterrupted, inboxOf, isInboxStaging, receiveEntities } from '../../../engine-worker/run/inbox.ts'
import { dtl, engine } from './engine.ts'

const pipe = { _id: 'p', source: { type: 'json', system: 's', url: 'x' } }

describe('an inbox', () => {
  it('takes entities in pieces and gives them to the source', async () => {
    const { session, run, read } = engine([pipe])
    session.setInbox('p', true)
    const { store } = session.runner
    expect(
      await receiveEntities(store, 'p', ['{"_id": "1", "n": 1}\n\n{"_id": "2"}\n'], {
        append: false,
        file: 'big.ndjson',
      }),
    ).toMatchObject({ entities: 2 })
    expect(
      await receiveEntities(store, 'p', ['{"_id": "3", "t": "~t2024-01-01T00:00:00Z"}'], {
        append: true,
        file: 'big.ndjson',
      }),
    ).toMatchObject({ entities: 1 })
    await run()
    expect(await read('p')).toEqual([{ _id: '1', n: 1 }, { _id: '2' }, { _id: '3', t: '~t2024-01-01T00:00:00Z' }])
    await receiveEntities(store, 'p', ['{"_id": "3"}'], { append: false, file: 'other.ndjson' })
    await run()
    expect(await read('p', { live: true })).toEqual([{ _id: '3' }])
  })

  it('passes on what was pushed as deleted, and nothing else is', async () => {
    const { session, run, read } = engine([{ _id: 'p', source: { type: 'http_endpoint' } }])
    session.setInbox('p', true)
    const { store } = session.runner
    const push = (text: string) => receiveEntities(store, 'p', [text], { append: true, file: 'pushed.json' })
    await push('[{"_id": "1", "n": 1}, {"_id": "2"}]')
    await run()
    await push('{"_id": "1", "_deleted": true}')
    await push('{"_id": "3"}')
    await run()
    expect(await read('p')).toEqual([{ _id: '1', _deleted: true }, { _id: '2' }, { _id: '3' }])
  })

  it('keeps every digit of the numbers that are pushed to an endpoint', async () => {
    const { session, run, read } = engine([{ _id: 'p', source: { type: 'http_endpoint' } }])
    await session.receive('p', ['{"_id": "1", "n": [12345678901234567.89, 2.50, 4.0]}'], {
      append: true,
      file: 'pushed.json',
    })
    await run()
    expect(await read('p')).toEqual([{ _id: '1', n: ['~f12345678901234567.89', '~f2.50', 4] }])
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
    await receiveEntities(session.runner.store, 'p', ['{"key": "a"}\n{"key": "b"}'], {
      append: false,
      file: 'big.ndjson',
    })
    await run()
    expect(await read('p')).toEqual([
      { _id: 'a', key: 'a' },
      { _id: 'b', key: 'b' },
    ])
  })

  it('keeps what was there when the new file cannot be read to its end', async () => {
    const { session, run, read } = engine([pipe])
    const whole = { append: false, file: 'one.ndjson' }
    await session.receive('p', ['{"_id": "1"}\n{"_id": "2"}\n'], whole)
    await run()
    async function* cutText() {
      yield '[{"_id": "1", "n": 2},'
      yield '{"_id": "9"}, {"_id": "8"'
    }
    const half = { append: false, file: 'two.json' }
    await expect(session.receive('p', cutText(), half)).rejects.toMatchObject({ problem: { code: 'json-broken' } })
    await run()
    expect(await read('p')).toEqual([{ _id: '1' }, { _id: '2' }])
    await expect(session.receive('p', cutText(), { ...half, append: true })).rejects.toThrow()
    await run()
    expect(await read('p')).toEqual([{ _id: '1' }, { _id: '2' }])
  })

  for (const append of [false, true]) {
    it(`gives a run ${append ? 'nothing of what is being added' : 'the old file'} until the new one is stored`, async () => {
      const { session, store, run, read } = engine([pipe])
      await session.receive('p', ['{"_id": "1"}\n{"_id": "2"}\n'], { append: false, file: 'one.ndjson' })
      let releaseText: () => void = () => undefined
      const first = new Promise<void>((stored) => {
        async function* slowText() {
          yield Array.from({ length: 12_000 }, (_, index) => `{"_id": "n${index}"}\n`).join('')
          await new Promise<void>((resolve) => {
            releaseText = resolve
          })
        }
        const resolveStored = (entities: number) => (entities >= 10_000 ? stored() : undefined)
        void session.receive('p', slowText(), { append, file: 'two.ndjson', progress: resolveStored })
      })
      await first
      await run()
      expect(await read('p', { live: true })).toEqual([{ _id: '1' }, { _id: '2' }])
      // The tab is closed here, and the project is opened again over the same store.
      expect(await discardInterrupted(session.runner.store)).toMatchObject([
        { code: 'ingest-interrupted', where: { pipe: 'p', file: 'two.ndjson' } },
      ])
      expect((await store.list()).filter(({ name }) => isInboxStaging(name))).toEqual([])
      expect(await discardInterrupted(session.runner.store)).toEqual([])
      await run()
      expect(await read('p', { live: true })).toEqual([{ _id: '1' }, { _id: '2' }])
      releaseText()
    })
  }

  it('fails who reads it while it is replaced, instead of seeming to be at its end', async () => {
    const { session } = engine([pipe])
    const lines = (text: string) => Array.from({ length: 5000 }, (_, index) => `{"_id": "${index}", "t": "${text}"}\n`)
    await session.receive('p', lines('old'), { append: false, file: 'one.ndjson' })
    const reading = async () => {
      let read = 0
      for await (const batch of inboxOf(session.runner.store, 'p')) {
        if (read === 0) await session.receive('p', lines('new'), { append: false, file: 'two.ndjson' })
        read += batch.length
      }
      return read
    }
    await expect(reading()).rejects.toMatchObject({ problem: { code: 'inbox-replaced-while-read' } })
  })

  it('takes in one file of a pipe after the other', async () => {
    const { session, run, read } = engine([pipe])
    const files = ['a', 'b', 'c'].map((id) =>
      session.receive('p', [`{"_id": "${id}"}`], { append: true, file: `${id}.json` }),
    )
    await Promise.all(files)
    await run()
    expect(await read('p')).toEqual([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }])
  })

  it('gives entities without an _id numbers that none has yet', async () => {
    const { session, run, read } = engine([{ ...pipe, transform: dtl([['add', '_id', '_S.key']]) }])
    const push = (text: string) => session.receive('p', [text], { append: true, file: 'pushed.json' })
    await push('[{"_id": "a", "key": "x"}, {"_id": "a", "key": "y"}, {"key": "1"}]')
    await push('[{"key": "2"}]')
    await run()
    expect(await read('p')).toEqual([{ _id: '1' }, { _id: '2' }, { _id: 'y' }])
  })

  it('says which line it cannot read, and takes the others', async () => {
    const { session } = engine([pipe])
    const text = ['{"_id": "1"}\n{"_id"', ': }\n{"_id": "3"}\n']
    const received = await receiveEntities(session.runner.store, 'p', text, { append: false, file: 'big.ndjson' })
    expect(received).toMatchObject({ entities: 2, skipped: 1, problems: [{ where: { file: 'big.ndjson', line: 2 } }] })
  })
})
