import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { entitiesOfFile, textsOfFile } from '../../../engine-worker/connectors/sources/data-file.ts'
import { openDataFile } from '../../../engine-worker/node/data-file.ts'
import { createFile } from '../../../engine-worker/node/files.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: string | Uint8Array) {
  const path = join(folder, 'data')
  writeFileSync(path, content)
  return openDataFile(path)
}

async function allPieces<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const piece of pieces) found.push(piece)
  return found
}

describe('a file on disk', () => {
  it('is read in whole lines, however many pieces there are, also where pieces are kept', async () => {
    const lines = Array.from({ length: 40_000 }, (_, n) => `{"_id":"${n}","name":"Bjørn – ${'x'.repeat(n % 50)}"}\n`)
    const texts = await allPieces(textsOfFile(await fileOf(lines.join(''))))
    expect(texts.length).toBeGreaterThan(5)
    expect(texts.every((text) => text.endsWith('\n'))).toBe(true)
    expect(texts.join('')).toBe(lines.join(''))
    const bytes = await allPieces((await fileOf(lines.join(''))).bytes())
    expect(bytes.reduce((sum, { length }) => sum + length, 0)).toBe(Buffer.byteLength(lines.join('')))
  })

  it('is read anew as often as it is wanted, also where it was left in the middle', async () => {
    const file = await fileOf('0123456789\n'.repeat(200_000))
    for await (const text of textsOfFile(file)) {
      expect(text.startsWith('0123456789\n')).toBe(true)
      break
    }
    expect((await allPieces(textsOfFile(file))).join('')).toBe('0123456789\n'.repeat(200_000))
    expect(await allPieces(textsOfFile(await fileOf('a\nb')))).toEqual(['a\n', 'b'])
  })

  it('says what is wrong with it', async () => {
    await expect(openDataFile(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'ENOENT' })
    const broken = await fileOf(Uint8Array.of(97, 10, 0xff, 10))
    await expect(allPieces(textsOfFile(broken))).rejects.toMatchObject({ problem: { code: 'wrong-encoding' } })
    expect(await allPieces(textsOfFile(broken, { name: 'utf-8', strict: false }))).toEqual(['a\n\ufffd\n'])
  })

  it('gives entities with the line of the first one that cannot be read', async () => {
    const good = Array.from({ length: 30_000 }, (_, n) => `{"_id":"${n}","v":"${'y'.repeat(20)}"}\n\n`).join('')
    const part = { type: 'json', config: {}, path: [] }
    const idsRead = async (text: string) => {
      const ids: unknown[] = []
      for await (const entities of entitiesOfFile(await fileOf(text), part, {}))
        for (const { _id } of entities) ids.push(_id)
      return ids
    }
    expect((await idsRead(good)).at(-1)).toBe('29999')
    await expect(idsRead(`${good}{"_id": \n`)).rejects.toMatchObject({ problem: { where: { line: 60_001 } } })
  })

  it('may have lines of millions of characters, the first one too', async () => {
    const longLine = (n: number) => `{"_id":"${n}","v":"${'z'.repeat(n % 7 === 0 ? 3_000_000 : 10)}"}\n`
    const text = Array.from({ length: 10 }, (_, n) => longLine(n)).join('')
    const ids: unknown[] = []
    for await (const entities of entitiesOfFile(await fileOf(text), { type: 'json', config: {}, path: [] }, {}))
      for (const { _id } of entities) ids.push(_id)
    expect(ids).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  })

  it('is written in order, whatever the sizes of its pieces', async () => {
    const path = join(folder, 'out')
    const file = await createFile(path)
    const pieces = Array.from({ length: 400 }, (_, n) => `${'æ'.repeat((n * 7919) % 20_000)}\n`)
    for (const piece of pieces) await file.write(piece)
    await file.write(Uint8Array.of(33))
    await file.write('€'.repeat(900_000))
    await file.write('end')
    await file.commit()
    expect(readFileSync(path, 'utf8')).toBe(`${pieces.join('')}!${'€'.repeat(900_000)}end`)
  })
})
