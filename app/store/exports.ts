/** Taking projects out: as a zip or into a folder, everything as it stands or only what Sesam takes. */
import { deployFiles, deployZip, exportZip, type FileEntry, filesOf, type Project } from '../../engine-worker/index.ts'

/** What an export holds: all files of the project, or the configuration in the form that Sesam's API takes. */
export type ExportKind = 'project' | 'deploy'

/** Saves the project as a zip. */
export function saveZip(project: Project, name: string, kind: ExportKind): void {
  saveFile(kind === 'deploy' ? deployZip(project) : exportZip(project), `${fileName(name)}.zip`, 'application/zip')
}

/** Saves bytes or text as a download. */
export function saveFile(content: Uint8Array | string, name: string, type: string): void {
  const blob = new Blob([typeof content === 'string' ? content : new Uint8Array(content)], { type })
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Whether the browser lets pages write into a folder. */
export function canWriteFolders(): boolean {
  return 'showDirectoryPicker' in globalThis
}

/** Writes the files into a folder that the person chooses; other files in it are left alone. Gives how many. */
export async function saveFolder(project: Project, kind: ExportKind): Promise<number> {
  const folder = await showDirectoryPicker({ mode: 'readwrite' })
  const files = kind === 'deploy' ? deployFiles(project) : filesOf(project)
  for (const file of files) await write(folder, file)
  return files.length
}

async function write(root: FileSystemDirectoryHandle, { path, content }: FileEntry): Promise<void> {
  const parts = path.split('/')
  const name = parts.pop() ?? path
  let folder = root
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true })
  const file = await folder.getFileHandle(name, { create: true })
  const stream = await file.createWritable()
  await stream.write(typeof content === 'string' ? content : new Uint8Array(content))
  await stream.close()
}

function fileName(name: string): string {
  return name.trim().replace(/[^\p{L}\p{N}._ -]+/gu, '-') || 'project'
}
