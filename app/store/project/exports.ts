/** Exporting projects as a zip or into a folder: everything, or only the configuration for Sesam. */
import {
  componentById,
  deployFiles,
  expandProject,
  type FileEntry,
  filesOf,
  linkText,
  microservicesOf,
  type Project,
  putFile,
  type ShareableProject,
  type ShareOptions,
  serviceFiles,
  shareable,
  zipOf,
} from '../../../engine-worker/index.ts'
import { currentWords } from '../../i18n/i18n.ts'
import { href } from '../../route.ts'
import { functionTableOf } from '../catalogue.ts'
import { ask, loadCatalogue } from '../engine/open-project.ts'
import { failureText } from '../failure.ts'
import { fileName, saveFile } from '../save-file.ts'
import { toast } from '../toasts.ts'
import { useProject } from './project.ts'

/**
 * What an export holds: all files of the project, the configuration in the form that Sesam's API takes, or the folders from
 * which the images of its programs are built.
 */
export type ExportKind = 'project' | 'deploy' | 'services'

/** Saves a project as a zip; `id` is its id. */
export async function saveZip(project: Project, name: string, kind: ExportKind, id: string | null): Promise<void> {
  const files = await exportedFiles(project, kind, id)
  saveFile(zipOf(files), `${fileName(name)}.zip`, 'application/zip')
}

/**
 * The files of an export: of a project with the data that was supplied for its sources, so that it runs elsewhere; for
 * Sesam with composite pipes as the plain pipes that do the same there, and programs as calls of microservices.
 */
async function exportedFiles(project: Project, kind: ExportKind, id: string | null): Promise<readonly FileEntry[]> {
  if (kind === 'project') return filesOf(id === null ? project : await withSupplied(project, id, mostInFiles))
  const plain = expandProject(project, functionTableOf(await loadCatalogue())).project
  const { project: whole, systems } = microservicesOf(plain)
  if (kind === 'services') return serviceFiles(whole, systems)
  if (systems.length > 0) toast(currentWords().project.microservices(systems.join(', ')))
  return deployFiles(whole)
}

/** Whether a project has programs in JavaScript or WebAssembly, which run as microservices elsewhere. */
export function hasPrograms(project: Project): boolean {
  return microservicesOf(project).systems.length > 0
}

/** Characters of supplied data in an export, and in a link, at most. */
const mostInFiles = 200_000_000
const mostInLink = 2_000_000

/** The project with the data that was supplied for its sources; what cannot come along is said. */
async function withSupplied(project: Project, id: string, most: number): Promise<Project> {
  const isOpen = useProject.getState().id === id
  try {
    const { given, leftOut } = await ask('supplied', { project: id, most }, { early: !isOpen })
    if (leftOut.length > 0) toast(currentWords().sharing.dataTooLarge(leftOut.join(', ')), 'bad')
    return given.reduce(withData, project)
  } catch (error) {
    // The configuration is saved all the same: it may be all that can be saved.
    toast(currentWords().sharing.withoutData(failureText(error)), 'bad')
    return project
  }
}

/** A project in a link, and what was left out. */
interface SharedLink extends ShareableProject {
  readonly link: string
}

/** Packs a project into a link; the options say what is included. */
export async function shareLink(project: Project, name: string, options: ShareOptions): Promise<SharedLink> {
  const { id } = useProject.getState()
  const whole = options.data && id !== null ? await withSupplied(project, id, mostInLink) : project
  const shared = shareable(whole, options)
  const link = `${location.origin}${location.pathname}${href({ at: 'shared', link: linkText(shared.project, name) })}`
  return { ...shared, link }
}

function withData(project: Project, { pipe, name, text }: { pipe: string; name: string; text: string }): Project {
  if (!componentById(project, pipe, 'pipe')) return project
  const form = /\.(csv|ndjson)$/i.exec(name)?.[1]?.toLowerCase() ?? (/^\s*[[{]/.test(text) ? 'json' : 'csv')
  const stem = `${project.root}testdata/${pipe}`
  const others = ['csv', 'ndjson', 'json'].filter((each) => each !== form).map((each) => `${stem}.${each}`)
  const bare = others.reduce((rest, path) => (path in rest.files ? putFile(rest, path, null).value : rest), project)
  return putFile(bare, `${stem}.${form}`, text).value
}

/** Writes the files into a folder that the person chooses; other files in it are left alone. Gives how many. */
export async function saveFolder(project: Project, kind: ExportKind, id: string | null): Promise<number> {
  const folder = await showDirectoryPicker({ mode: 'readwrite' })
  const files = await exportedFiles(project, kind, id)
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
