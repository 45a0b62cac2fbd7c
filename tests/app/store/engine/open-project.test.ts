/** The open project in the engine: edits are sent to it, calls wait for them, and it is restarted when it ends. */
import 'fake-indexeddb/auto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ask,
  followProject,
  loadCatalogue,
  refreshProject,
  restartEngine,
  syncWorker,
} from '../../../../app/store/engine/open-project.ts'
import { useEngine } from '../../../../app/store/engine/state.ts'
import { editContent, hideProject, showProject, useProject } from '../../../../app/store/project/project.ts'
import { setSecret } from '../../../../app/store/project/secrets.ts'
import { projectOf } from '../../../../engine-worker/index.ts'
import { type LocalWorker, pageWithWorkers } from '../../../support/local-worker.ts'

let workers: readonly LocalWorker[]
let projects = 0

const pipe = (_id: string, source: object = { type: 'embedded', entities: [{ _id: '1' }, { _id: '2' }] }) => ({
  path: `pipes/${_id}.conf.json`,
  content: JSON.stringify({ _id, type: 'pipe', source }),
})
const contentOf = (...entries: { path: string; content: string }[]) => projectOf(entries).value
const pipes = () => useEngine.getState().facts.map((facts) => facts.pipe)
const waitUntil = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Opens a project in the page. */
function openProject(content = contentOf(pipe('a')), readOnly = false): string {
  const id = `p${++projects}`
  showProject(id, { name: id, profile: 'test', content }, content, readOnly)
  return id
}

beforeAll(() => {
  workers = pageWithWorkers()
  followProject()
})
beforeEach(() => hideProject())

describe('a project that is opened', () => {
  it('is opened in the engine, and its pipes, datasets and problems are known', async () => {
    openProject(contentOf(pipe('a'), pipe('b', { type: 'nonsense' })))
    await syncWorker()
    expect(useEngine.getState()).toMatchObject({ state: 'ready', failure: null })
    expect(pipes().toSorted()).toEqual(['a', 'b'])
    expect(useEngine.getState().problems.map(({ where }) => where.pipe)).toContain('b')
    await ask('run', { run: '1', pipes: ['a'] })
    await refreshProject()
    expect(useEngine.getState().datasets.find(({ name }) => name === 'a')).toMatchObject({ live: 2 })
  })

  it('has one problem a file that cannot be read', async () => {
    openProject(contentOf(pipe('a'), { path: 'pipes/broken.conf.json', content: '{"_id": "broken",' }))
    await syncWorker()
    const { problems } = useEngine.getState()
    expect(problems.filter(({ where }) => where.file === 'pipes/broken.conf.json')).toHaveLength(1)
  })

  it('is forgotten when it is closed, and nothing of it is shown with the next one', async () => {
    openProject()
    await ask('run', { run: '1' })
    await refreshProject()
    hideProject()
    expect(useEngine.getState()).toMatchObject({ state: 'off', facts: [], datasets: [], problems: [] })
    openProject(contentOf(pipe('z')))
    await syncWorker()
    expect(pipes()).toEqual(['z'])
    expect(useEngine.getState().datasets.filter(({ live }) => live > 0)).toEqual([])
  })

  it('is left to the other tab where this one only looks on', async () => {
    openProject(contentOf(pipe('a')), true)
    await syncWorker()
    expect(useEngine.getState()).toMatchObject({ state: 'off', facts: [] })
  })
})

describe('an edit', () => {
  it('reaches the engine by itself', async () => {
    openProject()
    await syncWorker()
    editContent('add', () => contentOf(pipe('a'), pipe('b')))
    await waitUntil(() => pipes().includes('b'))
    expect(useEngine.getState().state).toBe('ready')
  })

  it('is there for a question that is asked right after it', async () => {
    openProject()
    await syncWorker()
    editContent('add', () => contentOf(pipe('a'), pipe('new')))
    expect(await ask('run', { run: '1', pipes: ['new'] })).toMatchObject({ state: 'done' })
    expect((await ask('rows', { dataset: 'new', from: 0, count: 9 })).total).toBe(2)
  })

  it('made while another is taken over is taken over as well', async () => {
    openProject()
    const first = syncWorker()
    editContent('one', () => contentOf(pipe('a'), pipe('b')))
    const second = syncWorker()
    editContent('two', () => contentOf(pipe('a'), pipe('c')))
    await Promise.all([first, second, syncWorker()])
    expect(pipes().toSorted()).toEqual(['a', 'c'])
  })

  it('of the variables or the secrets opens the project anew, with its data', async () => {
    const id = openProject()
    await ask('run', { run: '1' })
    useProject.setState(({ document }) => ({ document: { ...document, profile: 'prod' } }))
    setSecret(id, 'key', 'value')
    await syncWorker()
    await refreshProject()
    expect(useEngine.getState().datasets.find(({ name }) => name === 'a')).toMatchObject({ live: 2 })
  })
})

describe('a worker that ends by itself', () => {
  it('is started again with the same project and its data, and what was asked is rejected', async () => {
    openProject()
    await ask('run', { run: '1' })
    const before = useEngine.getState().version
    const count = workers.length
    const asked = ask('facts', null, { early: true }).catch((error: unknown) => error)
    await Promise.resolve()
    workers.at(-1)?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }))
    expect(await asked).toMatchObject({ why: 'crashed' })
    await waitUntil(() => useEngine.getState().state === 'ready' && useEngine.getState().version > before)
    expect([workers.length, workers.at(-2)?.terminated]).toEqual([count + 1, true])
    await refreshProject()
    expect(useEngine.getState().datasets.find(({ name }) => name === 'a')).toMatchObject({ live: 2 })
  })

  it('again and again is left alone, until a person starts it', async () => {
    openProject()
    await syncWorker()
    for (let crashes = 0; crashes < 4; crashes++) {
      workers.at(-1)?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }))
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
    expect(useEngine.getState()).toMatchObject({ state: 'failed', failure: 'out of memory', running: null })
    const version = useEngine.getState().version
    await restartEngine('cancelled')
    expect(useEngine.getState()).toMatchObject({ state: 'ready', failure: null })
    expect(useEngine.getState().version).toBeGreaterThan(version)
  })
})

describe('the declared functions and kinds', () => {
  it('are known without an open project, and asked for once', async () => {
    const catalogue = await loadCatalogue()
    expect(catalogue.functions.length).toBeGreaterThan(100)
    expect(await loadCatalogue()).toBe(catalogue)
    expect(useEngine.getState().catalogue).toBe(catalogue)
  })
})
