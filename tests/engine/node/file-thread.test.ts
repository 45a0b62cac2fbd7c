import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { TextPiece } from '../../../engine-worker/entity/line-text.ts'
import { type FileThread, fileThread } from '../../../engine-worker/node/file-thread.ts'
import { createFile } from '../../../engine-worker/node/files.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function started(): Promise<FileThread> {
  const thread = await fileThread()
  if (!thread) throw new Error('the thread for files did not start')
  return thread
}

function fileOf(content: string | Uint8Array): string {
  const path = join(folder, 'data')
  writeFileSync(path, content)
  return path
}

async function all(pieces: AsyncIterable<TextPiece>): Promise<TextPiece[]> {
  const found: TextPiece[] = []
  for await (const piece of pieces) found.push(piece)
  return found
}

describe('the thread for files', () => {
  it('reads a file in whole lines, however many pieces there are', async () => {
    const lines = Array.from(
      { length: 40_000 },
      (_, n) => `{"_id":"${n}","name":"Bjørnstjerne – ${'x'.repeat(n % 50)}"}\n`,
    )
    const pieces = await all((await started()).texts(fileOf(lines.join('')), true))
    expect(pieces.length).toBeGreaterThan(20)
    expect(pieces.map(({ text }) => text).join('')).toBe(lines.join(''))
    expect(pieces.every(({ text }) => text.endsWith('\n'))).toBe(true)
    expect(pieces.reduce((sum, piece) => sum + piece.lines, 0)).toBe(lines.length)
    expect(pieces.every(({ isPlainJson }) => isPlainJson)).toBe(true)
  })

  it('may be left in the middle of a file', async () => {
    const path = fileOf('0123456789\n'.repeat(200_000))
    for await (const piece of (await started()).texts(path, true)) {
      expect(piece.text.startsWith('0123456789\n')).toBe(true)
      break
    }
    expect(await all((await started()).texts(fileOf('a\nb'), true))).toMatchObject([{ text: 'a\n' }, { text: 'b' }])
  })

  it('says what is wrong with a file', async () => {
    const thread = await started()
    await expect(all(thread.texts(join(folder, 'nothing'), true))).rejects.toMatchObject({ code: 'ENOENT' })
    const broken = fileOf(Uint8Array.of(97, 10, 0xff, 10))
    await expect(all(thread.texts(broken, true))).rejects.toBeInstanceOf(TypeError)
    expect(await all(thread.texts(broken, false))).toMatchObject([{ text: 'a\n\ufffd\n' }])
  })

  it('writes texts one after the other, and tells of an error with the next text or at the end', async () => {
    const thread = await started()
    const path = join(folder, 'out')
    const file = openSync(path, 'w')
    const texts = Array.from({ length: 300 }, (_, n) => `${n} Åse\n`.repeat(2000))
    for (const text of texts) await thread.write(file, text)
    await thread.flush(file)
    closeSync(file)
    expect(readFileSync(path, 'utf8')).toBe(texts.join(''))
    const unwritable = openSync(path, 'r')
    await thread.write(unwritable, 'x')
    await expect(thread.flush(unwritable)).rejects.toMatchObject({ code: 'EBADF' })
    await thread.flush(unwritable)
    closeSync(unwritable)
  })

  it('writes the end of a large file whose beginning was written here, bytes among the texts', async () => {
    const path = join(folder, 'large')
    const file = await createFile(path)
    const text = `${'æ'.repeat(99_999)}\n`
    for (let n = 0; n < 80; n++) await file.write(text)
    await file.write(Uint8Array.of(33))
    await file.write(text)
    await file.commit()
    expect(readFileSync(path, 'utf8')).toBe(`${text.repeat(80)}!${text}`)
  })
})
