/** Small files of a store that only its owner may read: replaced as a whole, flushed, and never torn. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readJson } from '../../entity/json.ts'
import { type JsonObject, objectOrEmpty } from '../../entity/value.ts'
import { makeFolder, syncFolder } from '../files.ts'

/** Puts a text in the place of a file. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const folder = dirname(path)
  await makeFolder(folder)
  const pending = `${path}.part`
  await writeFile(pending, text, { mode: 0o600, flush: true })
  await rename(pending, path)
  await syncFolder(folder)
}

/** The object in a file; empty where the file is not there. */
export async function readPrivate(path: string): Promise<JsonObject> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}'
    throw error
  })
  return objectOrEmpty(readJson(text))
}
