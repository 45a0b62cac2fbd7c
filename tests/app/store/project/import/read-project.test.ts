/** Import of projects from a folder, a zip, files, a text or a link: the result, and cancelling. */
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChosenFile } from '../../../../../app/store/project/import/chosen-files.ts'
import { readFiles, readLink, readPastedText } from '../../../../../app/store/project/import/read-project.ts'
import { exportZip, filesOf, linkText, projectOf } from '../../../../../engine-worker/index.ts'

const pipe = '{"_id": "a", "type": "pipe", "source": {"type": "embedded", "entities": []}}'
const chosenFile = (path: string, content: string | Uint8Array<ArrayBuffer> = pipe): ChosenFile => ({
  path,
  file: new File([content], path.replace(/^.*\//, '')),
})

/** The import worker in this thread: its messages go to the last worker that was started. */
class ImportWorker extends EventTarget {
  static last: ImportWorker | null = null
  static listen: ((event: MessageEvent) => void) | null = null
  terminated = false
  constructor() {
    super()
    ImportWorker.last = this
  }
  postMessage(data: unknown): void {
    ImportWorker.listen?.(new MessageEvent('message', { data }))
  }
  terminate(): void {
    this.terminated = true
  }
}

beforeAll(async () => {
  vi.stubGlobal('document', { baseURI: 'http://localhost/' })
  vi.stubGlobal('Worker', ImportWorker)
  vi.stubGlobal('postMessage', (data: unknown) => {
    ImportWorker.last?.dispatchEvent(new MessageEvent('message', { data }))
  })
  vi.stubGlobal('addEventListener', (_: string, listen: (event: MessageEvent) => void) => {
    ImportWorker.listen = listen
  })
  await import('../../../../../app/store/project/import/worker.ts')
})

let shares: number[]
beforeEach(() => {
  shares = []
})
const context = (signal = new AbortController().signal) => ({
  signal,
  onProgress: (share: number) => void shares.push(share),
})
const paths = ({ imported }: Awaited<ReturnType<typeof readFiles>>) =>
  filesOf(imported.project)
    .map(({ path }) => path)
    .sort()

describe('files', () => {
  it('in one folder are the project, which has the name of the folder', async () => {
    const read = await readFiles([chosenFile('shop/pipes/a.conf.json'), chosenFile('shop/notes.txt', 'n')], context())
    expect([read.name, paths(read)]).toEqual(['shop', ['notes.txt', 'pipes/a.conf.json']])
  })

  it('in a folder of pipes keep it: it is part of the project', async () => {
    const read = await readFiles(
      [chosenFile('pipes/a.conf.json'), chosenFile('pipes/b.conf.json', pipe.replace('"a"', '"b"'))],
      context(),
    )
    expect([read.name, paths(read)]).toEqual(['', ['pipes/a.conf.json', 'pipes/b.conf.json']])
  })

  it('alone give their name', async () => {
    expect(await readFiles([chosenFile('a.conf.json')], context())).toMatchObject({ name: 'a' })
  })

  it('in large numbers tell how far they are', async () => {
    const many = Array.from({ length: 500 }, (_, at) => chosenFile(`shop/notes/${at}.txt`, 'n'))
    await readFiles(many, context())
    expect(shares.length).toBeGreaterThan(1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true)
  })

  it('that are a zip are unpacked, whatever the zip is called', async () => {
    const { value } = projectOf([{ path: 'pipes/a.conf.json', content: pipe }])
    const zip = new Uint8Array(exportZip(value))
    const read = await readFiles([chosenFile('backup.bin', zip)], context())
    expect(paths(read)).toContain('pipes/a.conf.json')
  })

  it('that are a broken zip say so, and the worker is ended', async () => {
    const broken = Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)
    const read = await readFiles([chosenFile('x.zip', broken)], context())
    expect(read.imported.problems).toMatchObject([{ code: 'import-not-zip' }])
    expect(ImportWorker.last?.terminated).toBe(true)
  })
})

describe('other ways in', () => {
  it('a link gives the project with its name', async () => {
    const { value } = projectOf([{ path: 'pipes/a.conf.json', content: pipe }])
    const read = await readLink(linkText(value, 'shared'), context())
    expect([read.name, paths(read)]).toEqual(['shared', ['pipes/a.conf.json']])
    expect((await readLink('nonsense', context())).imported.problems).toMatchObject([{ code: 'link-broken' }])
  })

  it('pasted text is read at once', () => {
    expect(paths(readPastedText(pipe))).toEqual(['sesam.conf.json'])
  })
})

describe('giving up', () => {
  it('ends the worker and throws its reason', async () => {
    const giving = new AbortController()
    const read = readFiles([chosenFile('a.conf.json')], context(giving.signal))
    giving.abort(new Error('enough'))
    await expect(read).rejects.toThrow('enough')
    expect(ImportWorker.last?.terminated).toBe(true)
  })
})
