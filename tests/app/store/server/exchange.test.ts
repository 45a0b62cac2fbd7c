/** Synchronising the open project with a real server while another person edits it. */
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { currentWords } from '../../../../app/i18n/i18n.ts'
import { disk } from '../../../../app/store/disk/disk.ts'
import { endMerge, useMerge } from '../../../../app/store/project/merge.ts'
import { editContent, showProject, undo, useProject } from '../../../../app/store/project/project.ts'
import { rememberToken } from '../../../../app/store/server/address.ts'
import { pullProject, pushProject, serverInfo } from '../../../../app/store/server/calls.ts'
import {
  disconnectFromServer,
  hasUnpushed,
  mergeServerChanges,
  pushEdits,
  putOnServer,
  sameFiles,
} from '../../../../app/store/server/exchange.ts'
import { openPlace, useServerPlace } from '../../../../app/store/server/place.ts'
import { useToasts } from '../../../../app/store/toasts.ts'
import { filesOf, type Project, projectOf } from '../../../../engine-worker/index.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

let server: TestServer
let id: string

const pipe = (_id: string, n: number) =>
  JSON.stringify({ _id, type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1', n }] } })
const contentOf = (pipes: Readonly<Record<string, number>>): Project =>
  projectOf(Object.entries(pipes).map(([name, n]) => ({ path: `pipes/${name}.conf.json`, content: pipe(name, n) })))
    .value
const numbersOf = (content: Project) =>
  Object.fromEntries(
    filesOf(content).map(({ path, content }) => [path.slice(6, -10), /"n": ?(\d+)/.exec(`${content}`)?.[1]]),
  )
const ownNumbers = () => numbersOf(useProject.getState().document.content)
const serverNumbers = async () => numbersOf((await pullProject(server.address)).document.content)
const become = (pipes: Readonly<Record<string, number>>) => editContent('edit', () => contentOf(pipes))
const revision = async () => (await serverInfo(server.address)).revision

/** A push by another person. */
async function pushAsOther(pipes: Readonly<Record<string, number>>): Promise<number> {
  const document = { name: 'Theirs', profile: 'test', content: contentOf(pipes) }
  return pushProject(server.address, document, { replaces: await revision(), force: false })
}

beforeAll(async () => {
  server = await testServer()
  rememberToken(server.address, server.admin, false)
})
afterAll(() => server.close())
beforeEach(async () => {
  endMerge()
  useToasts.setState({ notes: [] })
  const document = { name: 'Mine', profile: 'test', content: contentOf({ a: 1, b: 1 }) }
  id = await disk.create(document, 'empty')
  const loaded = await disk.load(id)
  if (!loaded) throw new Error('not created')
  disk.adopt(id, loaded)
  showProject(id, loaded.document, loaded.baseline, false)
  await openPlace(id)
  await putOnServer(server.address, { replaces: await revision(), force: false })
})

describe('putting a project on a server', () => {
  it('leaves both with the same, and the revision is known', async () => {
    expect(await serverNumbers()).toEqual({ a: '1', b: '1' })
    expect(useServerPlace.getState()).toMatchObject({ address: server.address, revision: await revision() })
    expect(await disk.place(id)).toMatchObject({ address: server.address, revision: await revision() })
    expect(hasUnpushed()).toBe(false)
  })

  it('changes nothing where the server has another revision by now', async () => {
    const known = useServerPlace.getState().revision
    await pushAsOther({ c: 1 })
    await expect(putOnServer(server.address, { replaces: known, force: false })).rejects.toMatchObject({
      kind: 'changed',
    })
    expect(await serverNumbers()).toEqual({ c: '1' })
    expect(useServerPlace.getState().revision).toBe(known)
  })

  it('ends when the project is taken back, and the server keeps what it has', async () => {
    await disconnectFromServer()
    become({ a: 2 })
    expect(await pushEdits()).toBe('nothing')
    expect(await mergeServerChanges(null)).toBe(true)
    expect([ownNumbers(), await serverNumbers()]).toEqual([{ a: '2' }, { a: '1', b: '1' }])
  })
})

describe('pushing edits', () => {
  it('brings them to the server once', async () => {
    expect(await pushEdits()).toBe('nothing')
    become({ a: 2, b: 1 })
    expect(hasUnpushed()).toBe(true)
    expect(await pushEdits()).toBe('pushed')
    expect(await serverNumbers()).toEqual({ a: '2', b: '1' })
    expect([hasUnpushed(), await pushEdits()]).toEqual([false, 'nothing'])
    expect(useServerPlace.getState().revision).toBe(await revision())
    expect((await disk.load(id))?.baseline).toEqual(useProject.getState().baseline)
  })

  it('has nothing to bring when an edit was undone', async () => {
    become({ a: 2, b: 1 })
    undo()
    expect([hasUnpushed(), await pushEdits()]).toEqual([false, 'nothing'])
  })

  it('merges what somebody else has pushed meanwhile, and loses neither', async () => {
    await pushAsOther({ a: 1, b: 5, c: 1 })
    become({ a: 2, b: 1 })
    expect(await pushEdits()).toBe('pushed')
    expect(ownNumbers()).toEqual({ a: '2', b: '5', c: '1' })
    expect(await serverNumbers()).toEqual(ownNumbers())
    expect((await disk.versions(id)).map(({ name }) => name)).toContain(currentWords().connected.beforeMerge)
  })

  it('waits for a person where both have changed the same', async () => {
    await pushAsOther({ a: 5, b: 1 })
    become({ a: 2, b: 1 })
    expect(await pushEdits()).toBe('conflict')
    expect([ownNumbers(), await serverNumbers()]).toEqual([
      { a: '2', b: '1' },
      { a: '5', b: '1' },
    ])
    expect(useServerPlace.getState().conflict).toBe(true)
    expect(useMerge.getState()).toMatchObject({ revision: await revision() })
    expect(useToasts.getState().notes.map(({ tone }) => tone)).toContain('bad')
    expect(await pushEdits()).toBe('conflict')
    expect(await serverNumbers()).toEqual({ a: '5', b: '1' })
  })

  it('that the server refuses stay here, and nothing counts as exchanged', async () => {
    const before = useServerPlace.getState().revision
    const content = projectOf([{ path: 'pipes/a.conf.json', content: '{"_id": "a", "type": "pipe", "source": 7}' }])
    editContent('edit', () => content.value)
    await expect(pushEdits()).rejects.toMatchObject({ kind: 'refused' })
    expect([hasUnpushed(), useServerPlace.getState().revision]).toEqual([true, before])
    expect(await pushEdits(true)).toBe('pushed')
    expect(hasUnpushed()).toBe(false)
  })
})

describe('taking over what a server has', () => {
  it('shows it as it is where nothing was edited here, as a step that can be undone', async () => {
    const next = await pushAsOther({ a: 7, c: 1 })
    expect(await mergeServerChanges('Ada')).toBe(true)
    expect(ownNumbers()).toEqual({ a: '7', c: '1' })
    expect([hasUnpushed(), useServerPlace.getState().revision]).toEqual([false, next])
    undo()
    expect([ownNumbers(), hasUnpushed()]).toEqual([{ a: '1', b: '1' }, true])
  })

  it('of the same files as before only takes note of the revision', async () => {
    await pushAsOther({ a: 7 })
    const next = await pushAsOther({ a: 1, b: 1 })
    become({ a: 2, b: 1 })
    expect(await mergeServerChanges(null)).toBe(true)
    expect([ownNumbers(), useServerPlace.getState().revision]).toEqual([{ a: '2', b: '1' }, next])
    expect(useToasts.getState().notes).toEqual([])
  })

  it('happens once when it is asked for several times at once', async () => {
    await pushAsOther({ a: 1, b: 5 })
    become({ a: 2, b: 1 })
    expect(await Promise.all([mergeServerChanges('Ada'), mergeServerChanges('Ada'), mergeServerChanges(null)])).toEqual(
      [true, true, true],
    )
    expect(ownNumbers()).toEqual({ a: '2', b: '5' })
    expect(useToasts.getState().notes).toHaveLength(1)
  })

  it('changes nothing of another project that was opened meanwhile', async () => {
    await pushAsOther({ z: 1 })
    const turn = mergeServerChanges('Ada')
    const other = { name: 'Other', profile: 'test', content: contentOf({ o: 1 }) }
    showProject('another', other, other.content, false)
    await openPlace('another')
    expect(await turn).toBe(true)
    expect(ownNumbers()).toEqual({ o: '1' })
    expect((await disk.place('another')) ?? null).toBeNull()
  })

  it('is asked for again after the server could not be reached', async () => {
    const { address, revision: known } = useServerPlace.getState()
    useServerPlace.setState({ address: 'http://127.0.0.1:1' })
    await expect(mergeServerChanges(null)).rejects.toMatchObject({ kind: 'unreachable' })
    useServerPlace.setState({ address, revision: known })
    await pushAsOther({ a: 7 })
    expect(await mergeServerChanges(null)).toBe(true)
    expect(ownNumbers()).toEqual({ a: '7' })
  })
})

describe('two projects', () => {
  it('are the same when their files are, byte by byte', () => {
    const withBytes = (...bytes: number[]) =>
      projectOf([{ path: 'picture.bin', content: Uint8Array.of(0, 255, ...bytes) }]).value
    expect(sameFiles(withBytes(1), withBytes(1))).toBe(true)
    expect(sameFiles(withBytes(1), withBytes(2))).toBe(false)
    expect(sameFiles(withBytes(1), withBytes(1, 1))).toBe(false)
    expect(sameFiles(contentOf({ a: 1 }), contentOf({ a: 1, b: 1 }))).toBe(false)
    expect(sameFiles(contentOf({ a: 1 }), contentOf({ b: 1 }))).toBe(false)
    expect(sameFiles(contentOf({ a: 1 }), contentOf({ a: 1 }))).toBe(true)
  })
})
