import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  BufferedFile,
  createFile,
  makeFolder,
  removeTemporaries,
  replaceFile,
} from '../../../engine-worker/node/files.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('writing files', () => {
  it('leaves the old file in its place until the new one is whole', async () => {
    const path = join(folder, 'a.json')
    writeFileSync(path, 'old')
    const file = await createFile(path)
    for (let i = 0; i < 100_000; i++) await file.write('new ')
    expect(readFileSync(path, 'utf8')).toBe('old')
    await file.commit()
    expect(readFileSync(path, 'utf8')).toBe('new '.repeat(100_000))
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('leaves nothing of a file that is given up, or that could not be put in its place', async () => {
    const file = await createFile(join(folder, 'a.json'))
    await file.write('half')
    await file.discard()
    await makeFolder(join(folder, 'b.json/inside'))
    await expect(replaceFile(join(folder, 'b.json'), 'text')).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['b.json'])
  })

  it('has the disk take large files while they are written, and tells at the end what kept it from that', async () => {
    const taken: number[] = []
    let size = 0
    const disk = {
      write: async (bytes: Uint8Array, from: number) => {
        size += bytes.length - from
        return { bytesWritten: bytes.length - from }
      },
      datasync: async () => void taken.push(size),
    }
    const piece = new Uint8Array(3_000_000)
    const file = new BufferedFile(disk, 'a', { flushes: true })
    for (let i = 0; i < 8; i++) await file.write(piece)
    await file.end()
    expect(taken).toEqual([9_000_000, 18_000_000])
    // The system tells of such a failure once: the flush at the end would not hear of it any more.
    const full = { ...disk, datasync: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })) }
    const failing = new BufferedFile(full, 'b', { flushes: true })
    for (let i = 0; i < 3; i++) await failing.write(piece)
    await expect(failing.end()).rejects.toMatchObject({ code: 'ENOSPC', path: 'b' })
    const device = new BufferedFile(full, 'c')
    for (let i = 0; i < 3; i++) await device.write(piece)
    await device.end()
  })

  it('keeps text and bytes in the order in which they came', async () => {
    const path = join(folder, 'a/b/c.bin')
    const file = await createFile(path)
    await file.write('å')
    await file.write(Uint8Array.of(0, 255))
    await file.write('z')
    await file.commit()
    expect([...readFileSync(path)]).toEqual([0xc3, 0xa5, 0, 255, 0x7a])
  })

  it('keeps the permissions of what it replaces, and replaces a link, not what it leads to', async () => {
    const [path, link] = [join(folder, 'a.sh'), join(folder, 'link')]
    writeFileSync(path, 'old')
    chmodSync(path, 0o750)
    symlinkSync(path, link)
    await replaceFile(path, 'new')
    await replaceFile(link, 'other')
    expect(statSync(path).mode & 0o777).toBe(0o750)
    expect([readFileSync(path, 'utf8'), readFileSync(link, 'utf8')]).toEqual(['new', 'other'])
  })

  it('removes what ended processes left, and nothing else', async () => {
    const dead = '.pipewright-999999999-0a1b.tmp'
    const living = `.pipewright-${process.ppid}-0a1b.tmp`
    for (const name of [dead, living, 'mine.tmp', '.pipewright-notes.tmp']) writeFileSync(join(folder, name), '')
    const pending = await createFile(join(folder, 'a'))
    await removeTemporaries(folder)
    await pending.commit()
    expect(readdirSync(folder).sort()).toEqual([living, '.pipewright-notes.tmp', 'a', 'mine.tmp'].sort())
  })

  it('says that a folder cannot be made, also where the one above it is there', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(makeFolder(join(folder, 'file/x/y'))).rejects.toMatchObject({ code: 'ENOTDIR' })
    await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
    if (process.platform === 'linux') await expect(makeFolder('/proc/x/y')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
