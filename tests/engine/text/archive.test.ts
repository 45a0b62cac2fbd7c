import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  IMPORT_LIMITS,
  type Import,
  importFiles,
  importText,
  importZip,
  type OfferedFile,
} from '../../../engine-worker/text/archive.ts'
import { deployFiles, exportZip } from '../../../engine-worker/text/export-zip.ts'
import { addComponent, filesOf } from '../../../engine-worker/text/project.ts'
import { emptyProject } from '../../../engine-worker/text/project-files.ts'
import { isZip, unpackMember, zipMembers, zipOf } from '../../../engine-worker/text/zip.ts'
import { cases, noShared, projects } from '../../shared.ts'

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

describe('a zip with bytes before it', () => {
  test('is read, as one that unpacks itself is', () => {
    const zip = zipOf([{ path: 'pipes/a.conf.json', content: '{"_id": "a"}' }])
    const program = bytes('#!/bin/sh\nexec unzip "$0"\n')
    const whole = new Uint8Array([...program, ...zip])
    const [member] = zipMembers(whole)
    expect(member?.path).toBe('pipes/a.conf.json')
    expect(member && unpackMember(whole, member)).toEqual(bytes('{"_id": "a"}'))
  })
})

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
      const { project: again } = await importZip(exportZip(project))
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
    const left = await importZip(zip)
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
    expect(codes((await importZip(bytes('this is no zip file at all'))).problems)).toEqual(['import-not-zip'])
    expect(codes((await importZip(new Uint8Array())).problems)).toEqual(['import-not-zip'])
    expect(codes(importText('{"_id": }').problems)).toEqual(['json-broken'])
  })

  test('is not fooled by archives that lie, unfold or are damaged', async () => {
    const zip = zipOf([{ path: 'pipes/a.conf.json', content: new Uint8Array(5_000_000) }])
    const view = new DataView(zip.buffer)
    const directory = zip.length - 22 - 46 - 'pipes/a.conf.json'.length
    expect(view.getUint32(directory, true)).toBe(0x02014b50)
    view.setUint32(directory + 24, 100, true)
    expect(codes((await importZip(zip)).problems)).toEqual(['import-unreadable'])
    view.setUint32(directory + 24, IMPORT_LIMITS.fileBytes + 1, true)
    expect(codes((await importZip(zip)).problems)).toEqual(['import-file-too-large'])

    const damaged = zipOf([
      {
        path: 'pipes/a.conf.json',
        content: '{"_id":"a","type":"pipe","name":"a longer text"}',
      },
    ])
    const [member] = zipMembers(damaged)
    if (!member) throw new Error('no member')
    expect(unpackMember(damaged, member)).toBeInstanceOf(Uint8Array)
    expect(unpackMember(damaged, { ...member, checksum: member.checksum ^ 1 })).toBe('the archive is damaged here')
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

  test('says that a path is there twice, and keeps names that mean something to JavaScript', async () => {
    const a = (text: string) => ({ path: 'pipes/a.conf.json', content: `{"_id":"${text}","type":"pipe"}` })
    const { project, problems } = await importZip(zipOf([a('first'), { path: '__proto__', content: 'x' }, a('last')]))
    expect(codes(problems)).toEqual(['import-file-twice'])
    expect(Object.values(project.components).map(({ id }) => id)).toEqual(['last'])
    expect((await importZip(exportZip(project))).project).toEqual(project)
  })

  test('reads each member once, tells how far it is, and can be given up', async () => {
    const count = 300
    const zip = zipOf(Array.from({ length: count }, (_, n) => ({ path: `testdata/${n}.json`, content: '[]' })))
    const seen: number[] = []
    const controller = new AbortController()
    const onProgress = (done: number, total: number) => void seen.push(done / total)
    await importZip(zip, { onProgress, signal: controller.signal })
    expect(seen.length).toBeGreaterThan(5)
    expect(seen).toEqual(seen.toSorted((x, y) => x - y))
    const given = importZip(zip, {
      signal: controller.signal,
      pause: async () => controller.abort(new Error('given up')),
    })
    await expect(given).rejects.toThrow('given up')
  })

  test('work grows with the number of members, not with its square', () => {
    const readCount = (count: number): number => {
      const zip = zipOf(Array.from({ length: count }, (_, n) => ({ path: `${n}`, content: '' })))
      let bytes = 0
      const counting = new Proxy(zip, {
        get: (target, name) => {
          if (name === 'subarray')
            return (from: number, to: number) => {
              bytes += to - from
              return target.subarray(from, to)
            }
          const value = Reflect.get(target, name, target)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
      for (const member of zipMembers(counting)) unpackMember(counting, member)
      return bytes
    }
    expect(readCount(400)).toBeLessThan(readCount(100) * 5)
  })

  test('names members that are encrypted, packed by other methods or stated to be shorter than they are', () => {
    const zip = zipOf([{ path: 'a', content: 'x'.repeat(100_000) }])
    const [member] = zipMembers(zip)
    if (!member) throw new Error('no member')
    expect(unpackMember(zip, { ...member, encrypted: true })).toBe('it is encrypted')
    expect(unpackMember(zip, { ...member, method: 14 })).toMatch('a method that is not known')
    for (const change of [{ size: 99 }, { packed: 10 }, { packed: 1_000_000 }, { offset: 1 }, { offset: 1_000_000 }])
      expect(unpackMember(zip, { ...member, ...change })).toBe('the archive is damaged here')
    expect(() => zipMembers(zip.subarray(0, zip.length - 30))).toThrow('its directory is not there')
  })
})

describe.skipIf(noShared)('hostile archives', () => {
  const openFault = (name: string) => importZip(new Uint8Array(readFileSync(join(cases, 'faults', name))))
  const ids = ({ project }: Import) => Object.values(project.components).map(({ id }) => id)

  test('paths that lead out of the project are left out, and named', async () => {
    const read = await openFault('paths.zip')
    expect(ids(read)).toEqual(['back', 'good'])
    const left = read.problems.filter(({ code }) => code === 'import-unsafe-path').map(({ facts }) => facts.file)
    expect(left).toEqual(['../up.conf.json', '/abs.conf.json', 'C:\\win.conf.json', 'pipes/../../x.conf.json'])
    expect(read.project.files['pipes/link.conf.json']).toBe('/etc/passwd')
    expect((await importZip(exportZip(read.project))).project).toEqual(read.project)
  })
  test('of two members with one path the last one counts', async () => {
    expect(codes((await openFault('dups.zip')).problems)).toEqual(['import-file-twice'])
  })
  test('a member that lies about its size is damaged, the others come in', async () => {
    const read = await openFault('lie.zip')
    expect([ids(read), codes(read.problems)]).toEqual([['good'], ['import-unreadable']])
  })
  test('an archive that was cut adds nothing', async () => {
    const read = await openFault('cut.zip')
    expect([read.project, codes(read.problems)]).toEqual([emptyProject, ['import-not-zip']])
  })
})
