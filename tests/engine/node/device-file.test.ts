/** Output to a device, such as a pipe: it is written to and not replaced. */
import { execFileSync, spawn } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDataFile } from '../../../engine-worker/node/data-file.ts'
import { createOutput, isStandardOutput } from '../../../engine-worker/node/device-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-device-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('output', () => {
  it('to a file replaces it as a whole', async () => {
    const path = join(folder, 'a.ndjson')
    writeFileSync(path, 'old')
    const file = await createOutput(path)
    await file.write('new')
    expect(readFileSync(path, 'utf8')).toBe('old')
    await file.commit()
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['a.ndjson'])
  })

  it('to a pipe reaches who reads it, and the pipe stays one', async () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const reader = spawn('cat', [path])
    let heard = ''
    reader.stdout.on('data', (data) => {
      heard += data
    })
    const ended = new Promise((resolve) => reader.on('close', resolve))
    const file = await createOutput(path)
    for (let line = 0; line < 50_000; line++) await file.write(`${line}\n`)
    await file.commit()
    await ended
    expect(heard).toBe(Array.from({ length: 50_000 }, (_, line) => `${line}\n`).join(''))
    expect(lstatSync(path).isFIFO()).toBe(true)
    expect(readdirSync(folder)).toEqual(['pipe'])
  })

  it('to a device leaves the device in its place', async () => {
    const file = await createOutput('/dev/null')
    await file.write('nothing')
    await file.commit()
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('knows standard output by its names', () => {
    expect(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1', '/dev/null', 'stdout'].map(isStandardOutput)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

it('a folder that is given as data is refused before anything runs', async () => {
  await expect(openDataFile(folder)).rejects.toMatchObject({ code: 'EISDIR', path: folder })
})
