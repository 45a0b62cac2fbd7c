import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  deployFiles,
  exportZip,
  IMPORT_LIMITS,
  importFiles,
  importText,
  importZip,
  type OfferedFile,
} from '../../../engine-worker/text/archive.ts'
import { addComponent, filesOf } from '../../../engine-worker/text/project.ts'
import { isZip, membersOf, unpack, zipOf } from '../../../engine-worker/text/zip.ts'
import { noShared, projects } from '../../shared.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const offered = (path: string, text: string): OfferedFile => ({
  path,
  size: text.length,
  read: () => bytes(text),
})
const codes = (problems: readonly { code: string }[]): string[] => problems.map(({ code }) => code)

function folder(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const full = join(path, name)
    return statSync(full).isDirectory() ? folder(full) : [full]
  })
}

describe('import and export', () => {
  for (const name of (noShared ? [] : readdirSync(projects)).filter((entry) =>
    statSync(join(projects, entry)).isDirectory(),
  )) {
    test(`${name}: folder and zip come back byte for byte`, async () => {
      const files = folder(join(projects, name)).map((path) => ({
        path: relative(join(projects, name), path),
        size: statSync(path).size,
        read: () => new Uint8Array(readFileSync(path)),
      }))
      const { project } = await importFiles(files)
      expect(Object.keys(project.components).length).toBeGreaterThan(0)
      const again = importZip(exportZip(project)).project
      expect(again).toEqual(project)
      const out = filesOf(again)
      expect(out.map(({ path }) => path)).toEqual(files.map(({ path }) => path).sort())
      for (const { path, content } of out) {
        const original = readFileSync(join(projects, name, path))
        expect(Buffer.from(typeof content === 'string' ? bytes(content) : content).equals(original)).toBe(true)
      }
    })
  }

  test('a zip is made of the same bytes each time', () => {
    const { project } = importText('[{"_id":"a","type":"pipe"}]')
    const zip = exportZip(project)
    expect(isZip(zip)).toBe(true)
    expect(exportZip(project)).toEqual(zip)
  })

  test('finds the configuration in a folder of a repository', async () => {
    const { project, roots, problems } = await importFiles([
      offered('README.md', 'hello'),
      offered('docker/nginx.conf.json', '{"_id":"nginx"}'),
      offered('node/pipes/sub/a.conf.json', '{"_id":"a","type":"pipe"}'),
      offered('node/.expanded/pipes/b.conf.json', '{"_id":"b","type":"pipe"}'),
      offered('.git/config', 'x'),
    ])
    expect([project.root, roots]).toEqual(['node/', ['node/', 'docker/']])
    expect(Object.values(project.components).map(({ id }) => id)).toEqual(['a'])
    expect(codes(problems)).toEqual(['import-several-projects'])
    expect(filesOf(project).map(({ path }) => path)).toEqual([
      'README.md',
      'docker/nginx.conf.json',
      'node/.expanded/pipes/b.conf.json',
      'node/pipes/sub/a.conf.json',
    ])
    expect(addComponent(project, { _id: 'n', type: 'pipe' }).key).toBe('node/pipes/n.conf.json')
  })

  test('takes a single file of any name', async () => {
    const { project, problems } = await importFiles([offered('backup.json', '[{"_id":"a","type":"pipe"}]')])
    expect(problems).toEqual([])
    expect(Object.keys(project.components)).toEqual(['backup.conf.json#0'])
  })

  test('refuses what leaves the project, is too large or is no configuration, and imports the rest', async () => {
    const zip = zipOf([
      { path: '../evil.conf.json', content: '{}' },
      { path: '/etc/passwd', content: 'x' },
      { path: 'C:\\x', content: 'x' },
      { path: 'pipes\\a.conf.json', content: '{"_id":"a","type":"pipe"}' },
    ])
    const left = importZip(zip)
    expect(codes(left.problems)).toEqual(['import-unsafe-path', 'import-unsafe-path', 'import-unsafe-path'])
    expect(Object.keys(left.project.components)).toEqual(['pipes/a.conf.json'])

    const read: string[] = []
    const huge = {
      path: 'testdata/x.json',
      size: 200_000_000,
      read: () => new Uint8Array(read.push('huge')),
    }
    const large = await importFiles([huge, offered('pipes/a.conf.json', '{"_id":"a","type":"pipe"}')])
    expect([codes(large.problems), read]).toEqual([['import-file-too-large'], []])
    expect(Object.keys(large.project.components)).toEqual(['pipes/a.conf.json'])

    expect(codes((await importFiles([offered('a.txt', 'x')])).problems)).toEqual(['import-no-configuration'])
    expect(codes(importZip(bytes('this is no zip file at all')).problems)).toEqual(['import-not-zip'])
    expect(codes(importZip(new Uint8Array()).problems)).toEqual(['import-not-zip'])
    expect(codes(importText('{"_id": }').problems)).toEqual(['json-broken'])
  })

  test('is not fooled by archives that lie, unfold or are damaged', () => {
    const zip = zipOf([{ path: 'pipes/a.conf.json', content: new Uint8Array(5_000_000) }])
    const view = new DataView(zip.buffer)
    const directory = zip.length - 22 - 46 - 'pipes/a.conf.json'.length
    expect(view.getUint32(directory, true)).toBe(0x02014b50)
    view.setUint32(directory + 24, 100, true)
    expect(codes(importZip(zip).problems)).toEqual(['import-unreadable'])
    view.setUint32(directory + 24, IMPORT_LIMITS.fileBytes + 1, true)
    expect(codes(importZip(zip).problems)).toEqual(['import-file-too-large'])

    const damaged = zipOf([
      {
        path: 'pipes/a.conf.json',
        content: '{"_id":"a","type":"pipe","name":"a longer text"}',
      },
    ])
    const [member] = membersOf(damaged)
    if (!member) throw new Error('no member')
    expect(unpack(damaged, member)).not.toBeNull()
    expect(unpack(damaged, { ...member, checksum: member.checksum ^ 1 })).toBeNull()
  })

  test('deploys configuration only, one component a file', async () => {
    const { project } = await importFiles([
      offered('node-metadata.conf.json', '\uFEFF{"_id":"node","type":"metadata"}'),
      offered('pipes/a.conf.json', '{"_id":"a","type":"pipe"}'),
      offered('more.conf.json', '[{"_id":"b:c","type":"pipe"},{"_id":"s","type":"system:url"}]'),
      offered('test-env.json', '{}'),
      offered('expected/a.json', '[]'),
    ])
    expect(deployFiles(project)).toEqual([
      {
        path: 'node-metadata.conf.json',
        content: '{"_id":"node","type":"metadata"}',
      },
      { path: 'pipes/a.conf.json', content: '{"_id":"a","type":"pipe"}' },
      { path: 'pipes/b_c.conf.json', content: '{"_id":"b:c","type":"pipe"}\n' },
      {
        path: 'systems/s.conf.json',
        content: '{"_id":"s","type":"system:url"}\n',
      },
    ])
  })
})
