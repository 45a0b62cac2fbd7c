/** Bringing projects in: from a folder, a zip, files dropped on the page, pasted text, or one of the samples. */
import {
  emptyProject,
  formatComponent,
  type Import,
  importFiles,
  importText,
  importZip,
  isObject,
  type OfferedFile,
  type Project,
  projectOf,
  readConfig,
} from '../../engine-worker/index.ts'
import { addProject } from './projects.ts'

/** What came in, and what it may be called. */
export interface Incoming {
  readonly name: string
  readonly imported: Import
}

/** Imports the files a person chose; a single zip is unpacked. */
export async function incomingFiles(files: readonly File[]): Promise<Incoming> {
  const first = files[0]
  if (files.length === 1 && first && (await isZipFile(first))) {
    return { name: baseName(first.name), imported: await importZip(new Uint8Array(await first.arrayBuffer())) }
  }
  const offered = files.map((file) => offer(file.webkitRelativePath || file.name, file))
  return fromOffered(offered)
}

/** Imports what was dropped: files, folders, a zip. Must be called in the drop event itself. */
export async function incomingDrop(items: readonly DataTransferItem[]): Promise<Incoming> {
  const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) {
    // Some programs drag files that have no place in a file system.
    return incomingFiles(items.flatMap((item) => item.getAsFile() ?? []))
  }
  const only = entries[0]
  if (entries.length === 1 && only && isFileEntry(only)) return incomingFiles([await fileOf(only)])
  const offered: OfferedFile[] = []
  for (const entry of entries) await collect(entry, '', offered)
  return fromOffered(offered)
}

/** Imports a folder that the browser lets the page read. */
export async function incomingFolder(folder: FileSystemDirectoryHandle): Promise<Incoming> {
  const offered: OfferedFile[] = []
  await collectHandle(folder, '', offered)
  return { name: folder.name, imported: await importFiles(offered) }
}

/** Imports pasted configuration: one component or a list of them. */
export function incomingText(text: string): Incoming {
  return { name: '', imported: importText(text) }
}

async function fromOffered(offered: readonly OfferedFile[]): Promise<Incoming> {
  const folders = new Set(offered.map(({ path }) => (path.includes('/') ? path.split('/')[0] : '')))
  const [folder = ''] = folders
  // Everything lies in one folder: that is the project, and its name is not part of the paths.
  const inside = folders.size === 1 && folder !== '' && folder !== 'pipes' && folder !== 'systems'
  const files = inside ? offered.map((file) => ({ ...file, path: file.path.slice(folder.length + 1) })) : offered
  const single = files.length === 1 ? baseName(files[0]?.path ?? '') : ''
  return { name: inside ? folder : single, imported: await importFiles(files) }
}

function offer(path: string, file: File): OfferedFile {
  return { path, size: file.size, read: async () => new Uint8Array(await file.arrayBuffer()) }
}

async function isZipFile(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return head[0] === 0x50 && head[1] === 0x4b
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '').replace(/(\.conf)?\.(json|zip)$/i, '')
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

async function collect(entry: FileSystemEntry, folder: string, into: OfferedFile[]): Promise<void> {
  if (isFileEntry(entry)) into.push(offer(folder + entry.name, await fileOf(entry)))
  else if (isFolderEntry(entry) && !skipped(entry.name)) {
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

async function collectHandle(folder: FileSystemDirectoryHandle, path: string, into: OfferedFile[]): Promise<void> {
  for await (const entry of folder.values()) {
    if (entry.kind === 'file') into.push(offer(path + entry.name, await entry.getFile()))
    else if (!skipped(entry.name)) await collectHandle(entry, `${path}${entry.name}/`, into)
  }
}

/** Folders that may hold ten thousands of files and are no part of any project. */
function skipped(name: string): boolean {
  return name === '.git' || name === 'node_modules'
}

/** The samples that come with the app; their words are in the catalogue under the same name. */
export const samples = ['golden-customer', 'orders-with-children', 'composite-pipe'] as const
export type Sample = (typeof samples)[number]

/** Adds a fresh copy of a sample and gives its id. */
export async function addSample(sample: Sample, name: string): Promise<string> {
  const response = await fetch(`./examples/${sample}.json`)
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return addProject({ name, profile: 'test', content: sampleProject(await response.text()) }, sample)
}

/** A sample's file: `{"files": {path: configuration}}`. */
export function sampleProject(text: string): Project {
  const json = readConfig(text)
  const files = isObject(json) && isObject(json.files ?? null) ? Object.entries(json.files ?? {}) : []
  return projectOf(files.map(([path, value]) => ({ path, content: formatComponent(value) }))).value
}

/** Adds an empty project and gives its id. */
export function addEmpty(name: string): Promise<string> {
  return addProject({ name, profile: 'test', content: emptyProject }, 'empty')
}

/** Adds what was imported and gives its id. */
export function addImported(name: string, project: Project): Promise<string> {
  const profiles = Object.keys(project.files).flatMap((path) => /(?:^|\/)([^/]+)-env\.json$/.exec(path)?.[1] ?? [])
  const profile = profiles.includes('test') ? 'test' : (profiles[0] ?? 'test')
  return addProject({ name, profile, content: project }, 'import')
}
