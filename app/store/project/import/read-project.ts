/**
 * Reading projects that come in: a folder, a zip, files, pasted text, a link. Archives and files are read in a worker of
 * their own, so that the page answers meanwhile, and giving up ends the worker.
 */
import { type Import, importText } from '../../../../engine-worker/index.ts'
import { startWorker } from '../../engine/start-worker.ts'
import type { ChosenFile } from './chosen-files.ts'
import type { ImportReply, ImportRequest } from './worker.ts'
import importScript from './worker.ts?worker&url'

/** What came in, and what it may be called. */
export interface ImportedProject {
  readonly name: string
  readonly imported: Import
}

/** How an import is followed and given up. */
export interface ImportContext {
  readonly signal: AbortSignal
  /** Called with the share that has been read, 0 to 1. */
  readonly onProgress: (share: number) => void
}

/** Imports files; a single zip is unpacked. Throws the signal's reason when it is given up. */
export async function readFiles(files: readonly ChosenFile[], context: ImportContext): Promise<ImportedProject> {
  const [first] = files
  if (files.length === 1 && first && (await isZipFile(first.file))) {
    return inWorker({ kind: 'zip', name: baseName(first.path), file: first.file }, context)
  }
  const folders = new Set(files.map(({ path }) => (path.includes('/') ? path.split('/')[0] : '')))
  const [folder = ''] = folders
  // Everything lies in one folder: that is the project, and its name is not part of the paths.
  const inside = folders.size === 1 && folder !== '' && folder !== 'pipes' && folder !== 'systems'
  const chosen = inside ? files.map(({ path, file }) => ({ path: path.slice(folder.length + 1), file })) : files
  const single = chosen.length === 1 ? baseName(chosen[0]?.path ?? '') : ''
  return inWorker({ kind: 'files', name: inside ? folder : single, files: chosen }, context)
}

/** Imports a project that was shared by link. Throws the signal's reason when it is given up. */
export function readLink(text: string, context: ImportContext): Promise<ImportedProject> {
  return inWorker({ kind: 'link', text }, context)
}

/** Imports pasted configuration: one component or a list of them. */
export function readPastedText(text: string): ImportedProject {
  return { name: '', imported: importText(text) }
}

function inWorker(request: ImportRequest, { signal, onProgress }: ImportContext): Promise<ImportedProject> {
  const worker = startWorker(importScript, { name: 'import' })
  return new Promise<ImportedProject>((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason))
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.addEventListener('message', ({ data }: MessageEvent<ImportReply>) => {
      if ('share' in data) onProgress(data.share)
      else if ('failure' in data) reject(new Error(data.failure))
      else resolve(data)
    })
    worker.postMessage(request)
  }).finally(() => worker.terminate())
}

async function isZipFile(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return head[0] === 0x50 && head[1] === 0x4b
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '').replace(/(\.conf)?\.(json|zip)$/i, '')
}
