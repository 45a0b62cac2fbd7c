/** The files that a person chose or dropped, with their paths; none of them is read here. */

/** What a configuration comes in, for choices of files: a zip or JSON. */
export const configurationFiles = '.zip,.json,application/zip,application/json'

/** A file and its path among those that were chosen. */
export interface ChosenFile {
  readonly path: string
  readonly file: File
}

/** Files of a file input. */
export function filesOfInput(files: readonly File[]): readonly ChosenFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }))
}

/** What was dropped: files and folders. Must be called in the drop event itself. */
export async function filesOfDrop(items: readonly DataTransferItem[]): Promise<readonly ChosenFile[]> {
  const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? [])
  // Some programs drag files that have no place in a file system.
  if (entries.length === 0) return filesOfInput(items.flatMap((item) => item.getAsFile() ?? []))
  return filesOfEntries(entries)
}

/** The files of what was dropped, those in folders with their paths. */
export async function filesOfEntries(entries: readonly FileSystemEntry[]): Promise<readonly ChosenFile[]> {
  const found: ChosenFile[] = []
  for (const entry of entries) await collect(entry, '', found)
  return found
}

/** The files of a folder that the browser lets the page read; the folder's name is the first part of their paths. */
export async function filesOfFolder(folder: FileSystemDirectoryHandle): Promise<readonly ChosenFile[]> {
  const found: ChosenFile[] = []
  // The root of a file system has no name.
  await collectHandle(folder, folder.name === '' ? '' : `${folder.name}/`, found)
  return found
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

async function collect(entry: FileSystemEntry, folder: string, into: ChosenFile[]): Promise<void> {
  if (isFileEntry(entry)) into.push({ path: folder + entry.name, file: await fileOf(entry) })
  else if (isFolderEntry(entry) && !isSkipped(entry.name)) {
    for (const inner of await readAll(entry)) await collect(inner, `${folder}${entry.name}/`, into)
  }
}

/** A folder is read in pieces of a hundred entries, until an empty one. */
async function readAll(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (piece.length === 0) return all
    all.push(...piece)
  }
}

async function collectHandle(folder: FileSystemDirectoryHandle, path: string, into: ChosenFile[]): Promise<void> {
  for await (const entry of folder.values()) {
    if (entry.kind === 'file') into.push({ path: path + entry.name, file: await entry.getFile() })
    else if (!isSkipped(entry.name)) await collectHandle(entry, `${path}${entry.name}/`, into)
  }
}

/** Folders that may hold ten thousands of files and are no part of any project. */
function isSkipped(name: string): boolean {
  return name === '.git' || name === 'node_modules'
}
