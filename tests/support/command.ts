/** Commands of the command line as a test calls them, and folders for them to work on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import type { Command } from '../../engine-worker/node/commands/define.ts'

/** Calls a command and gives its exit code, its output and its words. */
export async function call(command: Command, ...args: string[]) {
  const out: string[] = []
  const words: string[] = []
  const io = { out: (text: string) => void out.push(text), say: (text: string) => void words.push(text) }
  const code = await command.run(args, io)
  return { code, out: out.join(''), words: words.join('\n') }
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new empty folder, removed when the tests of the file are done. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
  folders.push(folder)
  return folder
}

/** A new folder with these files; objects become JSON. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = emptyFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    const written = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content)
    writeFileSync(join(folder, path), written)
  }
  return folder
}
