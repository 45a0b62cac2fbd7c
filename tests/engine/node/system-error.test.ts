import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, readBytes, replaceFile } from '../../../engine-worker/node/files.ts'
import { systemError } from '../../../engine-worker/node/system-error.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipewright-errors-'))
const file = join(folder, 'file')
beforeAll(() => writeFileSync(file, ''))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const said = (work: Promise<unknown>) => work.then(() => null, systemError)

describe('errors of the operating system', () => {
  it('are one sentence with the path, and an exit code', async () => {
    expect(await said(readBytes(join(folder, 'no')))).toEqual({ sentence: `There is no ${folder}/no.`, exit: 2 })
    expect(await said(readBytes(folder))).toEqual({ sentence: `${folder} is a folder, but a file is needed.`, exit: 2 })
    expect((await said(makeFolder(join(file, 'x'))))?.sentence).toContain(`${file}/x is not a folder`)
    expect((await said(replaceFile(folder, 'text')))?.sentence).toContain(`${folder} is a folder`)
    expect((await said(readFile('a\0b')))?.exit).toBe(2)
    const long = join(folder, 'x'.repeat(300))
    expect((await said(replaceFile(long, '')))?.sentence).toContain('is too long for a file name')
    const full = Object.assign(new Error('write'), { code: 'ENOSPC', path: '/full' })
    expect(systemError(full)).toEqual({ sentence: 'The disk is full: /full was not written.', exit: 1 })
  })

  it('are told from mistakes of the program', () => {
    expect(systemError(new TypeError('x is not a function'))).toBeNull()
    expect(systemError('text')).toBeNull()
    expect(systemError(Object.assign(new Error('x'), { code: 'EWHATEVER', syscall: 'read', path: 'p' }))).toEqual({
      sentence: 'The operating system refused p (EWHATEVER).',
      exit: 1,
    })
  })
})
