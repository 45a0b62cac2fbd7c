/** Exports: what a zip, a folder and a link hold, with the data that was supplied. */
import 'fake-indexeddb/auto'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadCatalogue } from '../../../../app/store/engine/open-project.ts'
import { saveFolder, saveZip, shareLink } from '../../../../app/store/project/exports.ts'
import { supplySource } from '../../../../app/store/project/ingest.ts'
import { filesOf, importZip, projectInLink } from '../../../../engine-worker/index.ts'
import { openInPage, preparePage } from '../../../support/project-in-page.ts'

const table = { _id: 'table', type: 'pipe', source: { type: 'csv', system: 's', url: 'x', primary_key: ['id'] } }
const composite = {
  _id: 'composite',
  type: 'pipe',
  source: { type: 'dataset', dataset: 'table' },
  transform: [
    {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['create', ['dict', '_id', ['concat', '_S._id', '-x']]],
        ],
      },
    },
    {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'of', ['hops', { datasets: ['table t'], where: ['eq', '_S._id', 't.x'] }]],
        ],
      },
    },
  ],
}

const scripted = {
  _id: 'scripted',
  type: 'pipe',
  source: { type: 'dataset', dataset: 'table' },
  transform: { type: 'javascript', code: 'function transform(entity) { return entity }' },
}

const downloads: { name: string; blob: Blob }[] = []

beforeAll(() => {
  preparePage()
  const blobs = new Map<string, Blob>()
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.set(`blob:${blobs.size}`, blob as Blob)
    return `blob:${blobs.size - 1}`
  })
  const createElement = () => {
    const link = {
      href: '',
      download: '',
      click: () => downloads.push({ name: link.download, blob: blobs.get(link.href) ?? new Blob() }),
    }
    return link
  }
  Object.assign(document, { createElement })
})
afterEach(() => downloads.splice(0))

/** The paths and texts of the last download. */
async function unpacked(): Promise<Record<string, string>> {
  const bytes = new Uint8Array((await downloads.at(-1)?.blob.arrayBuffer()) ?? new ArrayBuffer(0))
  const { project } = await importZip(bytes)
  return Object.fromEntries(filesOf(project).map(({ path, content }) => [path, String(content)]))
}

describe('a zip', () => {
  it('holds every file as it is, and what was supplied for sources', async () => {
    const { id, content } = await openInPage(table)
    await supplySource({ pipe: 'table', name: 'kunder.csv', text: 'id,name\n1,Ada\n' })
    await saveZip(content, 'My project: 1/2', 'project', id)
    expect(downloads[0]?.name).toBe('My project- 1-2.zip')
    const files = await unpacked()
    expect(files['pipes/table.conf.json']).toBe(JSON.stringify(table))
    expect(files['testdata/table.csv']).toBe('id,name\n1,Ada\n')
  })

  it('has the supplied data in the place of older data of another form', async () => {
    const { id, content } = await openInPage(table)
    await supplySource({ pipe: 'table', name: 'a.json', text: '[{"_id": "1"}]' })
    const before = { ...content, files: { ...content.files } }
    await saveZip(before, 'x', 'project', id)
    expect(Object.keys(await unpacked()).filter((path) => path.startsWith('testdata/'))).toEqual([
      'testdata/table.json',
    ])
  })

  it('for Sesam holds the plain pipes of composite ones, and no data', async () => {
    const { id, content } = await openInPage(table, composite)
    await supplySource({ pipe: 'table', name: 'kunder.csv', text: 'id\n1\n' })
    await saveZip(content, 'x', 'deploy', id)
    const paths = Object.keys(await unpacked())
    expect(paths.filter((path) => path.startsWith('pipes/')).length).toBeGreaterThan(2)
    expect(paths.filter((path) => path.startsWith('testdata/'))).toEqual([])
  })

  it('for Sesam has no kind that Sesam does not know: JavaScript becomes a call of a microservice', async () => {
    const { id, content } = await openInPage(table, scripted)
    await saveZip(content, 'x', 'deploy', id)
    const files = await unpacked()
    const { transform } = JSON.parse(files['pipes/scripted.conf.json'] ?? '{}')
    expect(transform).toMatchObject({ type: 'http' })
    expect(JSON.parse(files[`systems/${transform.system}.conf.json`] ?? '{}')).toMatchObject({
      type: 'system:microservice',
    })
  })
})

describe('a folder', () => {
  it('gets each file at its path; others in it are left alone', async () => {
    const { id, content } = await openInPage(table)
    const written = new Map<string, string>([['notes.txt', 'mine']])
    const folder = (at: string): object => ({
      getDirectoryHandle: async (name: string) => folder(`${at}${name}/`),
      getFileHandle: async (name: string) => ({
        createWritable: async () => ({
          write: async (data: string | Uint8Array) => written.set(`${at}${name}`, String(data)),
          close: async () => undefined,
        }),
      }),
    })
    vi.stubGlobal('showDirectoryPicker', async () => folder(''))
    expect(await saveFolder(content, 'project', id)).toBe(written.size - 1)
    vi.unstubAllGlobals()
    expect(written.get('pipes/table.conf.json')).toBe(JSON.stringify(table))
    expect(written.get('notes.txt')).toBe('mine')
  })
})

describe('a link', () => {
  it('holds the project, with its data only where that is asked for', async () => {
    const { content } = await openInPage(table)
    const catalogue = await loadCatalogue()
    await supplySource({ pipe: 'table', name: 'kunder.csv', text: 'id\n1\n' })
    for (const data of [false, true]) {
      const { link } = await shareLink(content, 'shared', { data, withoutPossible: true, catalogue })
      const { imported } = await projectInLink(decodeURIComponent(link.slice(link.lastIndexOf('/') + 1)))
      const paths = filesOf(imported.project).map(({ path }) => path)
      expect(paths).toContain('pipes/table.conf.json')
      expect(paths.includes('testdata/table.csv')).toBe(data)
    }
  })
})
