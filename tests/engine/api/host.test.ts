/** The engine on a platform: the open project, what it waits for, and what it closes. */
import { describe, expect, it } from 'vitest'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import type { Platform } from '../../../engine-worker/api/platform.ts'
import { NO_NAMESPACES } from '../../../engine-worker/dtl/compile/compile.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { IndexedStore } from '../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { environment } from '../dtl/corpus.ts'

/** A platform that notes what is opened, closed and deleted. */
function platform(more: Partial<Platform> = {}) {
  const around = environment()
  const notes: string[] = []
  const opening: Platform = {
    environment: around,
    fetch: null,
    openStore: async (project) => {
      notes.push(`open ${project}`)
      const close = async () => void notes.push(`close ${project}`)
      return Object.assign(memoryStore(around), { close })
    },
    deleteStore: async (project) => void notes.push(`delete ${project}`),
    ...more,
  }
  return { notes, host: new EngineHost(opening), around }
}

const pipe = (_id: string, more: object = {}) => ({
  [`pipes/${_id}.conf.json`]: JSON.stringify({ _id, type: 'pipe', source: { type: 'http_endpoint' }, ...more }),
})
const notOpen = { problem: { code: 'no-project-open' } }

describe('an engine', () => {
  it('says that nothing is open before a project is, and after it was closed', async () => {
    const { host } = platform()
    expect(() => host.current()).toThrow(expect.objectContaining({ message: 'No project is open in the engine.' }))
    await host.open({ project: 'a', files: {} })
    expect(host.current().project).toBe('a')
    await host.close()
    await expect((async () => host.current())()).rejects.toMatchObject(notOpen)
  })

  it('keeps the store of a project whose files are opened anew, and closes it for another one', async () => {
    const { host, notes } = platform()
    const first = await host.open({ project: 'a', files: {} })
    const again = await host.open({ project: 'a', files: pipe('p') })
    expect([again === first, host.isOpen(first)]).toEqual([true, true])
    expect(again.session.pipes().map(({ id }) => id)).toEqual(['p'])
    await host.open({ project: 'b', files: {} })
    expect(host.isOpen(first)).toBe(false)
    expect(notes).toEqual(['open a', 'close a', 'open b'])
  })

  it('works with the data of any project, and closes only what it opened for that', async () => {
    const { host, notes } = platform()
    const { store } = await host.open({ project: 'a', files: {} })
    await host.withStore('a', async (given) => expect(given).toBe(store))
    const failing = host.withStore('b', async () => {
      throw new Error('no way')
    })
    await expect(failing).rejects.toThrow('no way')
    expect(notes).toEqual(['open a', 'open b', 'close b'])
  })

  it('closes a project before it deletes it, and leaves the open one when another is deleted', async () => {
    const { host, notes } = platform()
    await host.open({ project: 'a', files: {} })
    await host.destroy('b')
    expect(host.current().project).toBe('a')
    await host.destroy('a')
    expect(() => host.current()).toThrow()
    expect(notes).toEqual(['open a', 'delete b', 'close a', 'delete a'])
  })

  it('closes when its runs have ended, also those that fail', async () => {
    const { host, notes } = platform()
    await host.open({ project: 'a', files: {} })
    let fail = (_: Error) => {}
    const run = host.during(null, () => new Promise<void>((_, reject) => (fail = reject)))
    const closing = host.close()
    expect([host.isRunning, notes]).toEqual([true, ['open a']])
    fail(new Error('failed'))
    await expect(run).rejects.toThrow('failed')
    await closing
    expect([host.isRunning, notes]).toEqual([false, ['open a', 'close a']])
  })

  it('has runs wait their turn where others run pipes too', async () => {
    const waited: unknown[] = []
    const { host } = platform({
      inTurn: (pipes, work) => {
        waited.push(pipes)
        return work()
      },
    })
    expect(await host.during(['p'], async () => 5)).toBe(5)
    expect(waited).toEqual([['p']])
  })
})

describe('a store that others use too', () => {
  it('is not opened and not closed with a project', async () => {
    const around = environment()
    let closed = false
    const store: DatasetStore = Object.assign(memoryStore(around), {
      close: async () => {
        closed = true
      },
    })
    const { host, notes } = platform({ shared: new IndexedStore(store) })
    const opened = await host.open({ project: 'a', files: {} })
    expect(opened.store).toBe(store)
    await host.close()
    expect([closed, notes]).toEqual([false, []])
  })

  it('and its session are looked at as they are', () => {
    const around = environment()
    const session = new Session({ store: memoryStore(around), environment: around })
    session.open(pipe('p'))
    const { host } = platform()
    const over = EngineHost.over(host.platform, 'a', session)
    expect(over.current()).toMatchObject({ project: 'a', session, interrupted: [] })
  })
})

describe('questions about servers', () => {
  it('are answered each for itself, once, in any order', async () => {
    const asked: { question: number; server: string }[] = []
    let decide: (server: string) => Promise<boolean> = async () => false
    const { host } = platform({
      setPermission: (given) => {
        decide = async (server) => given(server)
      },
    })
    host.askHosts((question) => asked.push(question))
    const answers = ['https://a.example', 'https://b.example'].map((server) => decide(server))
    await Promise.resolve()
    const [a, b] = asked
    expect([a?.server, b?.server]).toEqual(['https://a.example', 'https://b.example'])
    host.decideHost(b?.question ?? 0, true)
    host.decideHost(a?.question ?? 0, false)
    host.decideHost(a?.question ?? 0, true)
    host.decideHost(999, true)
    expect(await Promise.all(answers)).toEqual([false, true])
  })
})

describe('the namespaces of a pipe', () => {
  it('are those of its configuration; of one that is not there none', async () => {
    const { host } = platform()
    await host.open({
      project: 'a',
      files: pipe('p', { namespaced_identifiers: true, namespaces: { identity: 'crm' } }),
    })
    expect(host.namespacesOf('p')).toMatchObject({ enabled: true, identity: 'crm' })
    expect(host.namespacesOf('never')).toBe(NO_NAMESPACES)
  })
})
