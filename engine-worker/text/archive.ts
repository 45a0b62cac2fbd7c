/**
 * Whole projects on their way in and out: a folder, a zip or a single file becomes a project, and a project becomes a
 * zip again. What comes in is not trusted: paths that leave the project, archives that unfold into gigabytes and files
 * too large to hold are refused one by one, with a reason, and the rest is imported.
 */
import { isObject } from '../entity/value.ts'
import { type Problem, problem, reasonOf } from '../problem.ts'
import { safePath } from './paths.ts'
import { ProjectReader, sortedByPath } from './project.ts'
import { emptyProject, type FileEntry, modelFile, type Project } from './project-files.ts'
import { parsedForEditing } from './read-file.ts'
import { isIgnored, rootsOf } from './roots.ts'
import { unpackMember, type ZipMember, zipMembers } from './zip.ts'

/** What an import may hold. */
export const IMPORT_LIMITS = { fileBytes: 50_000_000, totalBytes: 300_000_000, files: 20_000 }

const unsafePath = problem<{ file: string }>({
  code: 'import-unsafe-path',
  severity: 'error',
  says: ({ file }) => `"${file}" was left out: its path leads outside the project.`,
  fix: () => 'Make the archive again from inside the folder of the project.',
})
const tooLarge = problem<{ file: string; megabytes: number; limit: number }>({
  code: 'import-file-too-large',
  severity: 'error',
  says: ({ file, megabytes, limit }) => `"${file}" was left out: it has ${megabytes} MB, and ${limit} MB is the limit.`,
  fix: () => 'Supply large data to the pipe that reads it instead of keeping it in the project.',
})
const tooMuch = problem<{ limit: number; left: number }>({
  code: 'import-too-large',
  severity: 'error',
  says: ({ limit, left }) => `The import is larger than ${limit} MB; ${left} files were left out.`,
  fix: () => 'Import the folder that holds pipes/ and systems/ only.',
})
const tooMany = problem<{ limit: number; left: number }>({
  code: 'import-too-many-files',
  severity: 'error',
  says: ({ limit, left }) => `The import has more than ${limit} files; ${left} were left out.`,
  fix: () => 'Import the folder that holds pipes/ and systems/ only.',
})
const notZip = problem<{ reason: string }>({
  code: 'import-not-zip',
  severity: 'error',
  says: ({ reason }) => `This is not a zip file that can be read (${reason}).`,
  fix: () => 'Check that the file was downloaded completely, or import the folder instead.',
})
const unreadable = problem<{ file: string; reason: string }>({
  code: 'import-unreadable',
  severity: 'error',
  says: ({ file, reason }) => `"${file}" could not be read: ${reason}.`,
})
const fileTwice = problem<{ file: string }>({
  code: 'import-file-twice',
  severity: 'warning',
  says: ({ file }) => `"${file}" occurs twice; the last one counts.`,
  fix: () => 'Make the archive again with one file of each name.',
})
const noConfiguration = problem<{ files: number }>({
  code: 'import-no-configuration',
  severity: 'error',
  says: ({ files }) => `None of the ${files} files is a Sesam configuration (pipes/*.conf.json, systems/*.conf.json).`,
  fix: () => 'Choose the folder that holds node-metadata.conf.json, pipes/ or systems/.',
})
const connectorNotProject = problem<{ manifest: string; expanded: boolean }>({
  code: 'import-connector',
  severity: 'error',
  says: ({ manifest }) =>
    `${manifest} makes this a connector: its pipes and systems are made of templates, and none of them is here.`,
  fix: ({ expanded }) =>
    expanded
      ? 'Open the folder .expanded, where they were written.'
      : 'Expand it (pipewright connector expand), and open the folder .expanded.',
})
const severalProjects = problem<{ chosen: string; others: string }>({
  code: 'import-several-projects',
  severity: 'warning',
  says: ({ chosen, others }) => `The files hold several configurations; "${chosen}" was opened. The others: ${others}.`,
  fix: () => 'Import the folder of another one to open that instead.',
})

/** A file that may be imported; it is read only when it is small enough. */
export interface OfferedFile {
  readonly path: string
  readonly size: number
  readonly read: () => Uint8Array | Promise<Uint8Array>
}

/** An imported project; `roots` are all folders in it that look like a configuration, the chosen one first. */
export interface Import {
  readonly project: Project
  readonly roots: readonly string[]
  readonly problems: readonly Problem[]
}

/** How an import is done. */
interface ImportOptions {
  /** Chooses among several configurations. */
  readonly root?: string
  /** Gives up: the import throws the signal's reason at the next file. */
  readonly signal?: AbortSignal
  /** How far it is: every file is unpacked and then read, so `total` is twice the number of files. */
  readonly onProgress?: (done: number, total: number) => void
  /** Waited for now and then, so that others can work meanwhile and the signal can be set. */
  readonly pause?: () => Promise<void>
}

/** Imports the files of a folder, or a single file. */
export async function importFiles(offered: Iterable<OfferedFile>, options: ImportOptions = {}): Promise<Import> {
  const { accepted, problems } = admit([...offered])
  const progress = new Progress(accepted.length * 2, options)
  const entries: FileEntry[] = []
  for (const { path, file } of accepted) {
    await progress.step(file.size)
    try {
      entries.push({ path, content: await file.read() })
    } catch (thrown) {
      const reason = reasonOf(thrown)
      problems.push(unreadable({ file: path, reason }, { file: path }))
    }
  }
  return assemble(entries, problems, progress, options.root)
}

/** Imports a zip file. Where a path occurs twice, the last member counts, as when the archive is unpacked. */
export async function importZip(zip: Uint8Array, options: ImportOptions = {}): Promise<Import> {
  let members: ZipMember[]
  try {
    members = zipMembers(zip)
  } catch (thrown) {
    const reason = reasonOf(thrown)
    return { project: emptyProject, roots: [], problems: [notZip({ reason })] }
  }
  const { accepted, problems } = admit(members)
  const progress = new Progress(accepted.length * 2, options)
  const entries: FileEntry[] = []
  for (const { path, file } of accepted) {
    await progress.step(file.size)
    const content = unpackMember(zip, file)
    if (typeof content !== 'string') entries.push({ path, content })
    else problems.push(unreadable({ file: path, reason: content }, { file: path }))
  }
  return assemble(entries, problems, progress, options.root)
}

/** Files between two pauses, and bytes: a few milliseconds of work. */
const PAUSE_FILES = 50
const PAUSE_BYTES = 500_000

/** Counts the steps of an import, tells how far it is, pauses now and then, and ends it when it is given up. */
class Progress {
  private done = 0
  private files = 0
  private bytes = 0

  constructor(
    private readonly total: number,
    private readonly options: ImportOptions,
  ) {}

  async step(bytes: number): Promise<void> {
    const { signal, onProgress, pause } = this.options
    this.files++
    this.bytes += bytes
    if (this.files >= PAUSE_FILES || this.bytes >= PAUSE_BYTES) {
      this.files = 0
      this.bytes = 0
      onProgress?.(this.done, this.total)
      await pause?.()
    }
    signal?.throwIfAborted()
    this.done++
  }
}

/** Imports one JSON text that holds a component or a list of them, as a file of this name. */
export function importText(text: string, name = 'sesam.conf.json'): Import {
  const path = safePath(name) ?? 'sesam.conf.json'
  const { entries, roots, root } = sortedEntries([{ path, content: text }], '')
  const reading = new ProjectReader(root)
  for (const entry of entries) reading.add(entry)
  return importResult(reading, [], roots, false)
}

interface Admitted<F> {
  readonly path: string
  readonly file: F
}

/** Which of the files can be taken; those that no project needs (version control, installed packages) go unsaid. */
function admit<F extends { readonly path: string; readonly size: number }>(
  offered: readonly F[],
): { accepted: readonly Admitted<F>[]; problems: Problem[] } {
  const problems: Problem[] = []
  const accepted = new Map<string, Admitted<F>>()
  let total = 0
  let heavy = 0
  let many = 0
  for (const file of offered) {
    const path = safePath(file.path)
    if (path !== null && isIgnored(path)) continue
    if (path === null) problems.push(unsafePath({ file: file.path }))
    else if (file.size > IMPORT_LIMITS.fileBytes) {
      const facts = { file: path, megabytes: megabytes(file.size), limit: megabytes(IMPORT_LIMITS.fileBytes) }
      problems.push(tooLarge(facts, { file: path }))
    } else if (total + file.size > IMPORT_LIMITS.totalBytes) heavy++
    else if (accepted.size >= IMPORT_LIMITS.files && !accepted.has(path)) many++
    else {
      total += file.size
      if (accepted.delete(path)) problems.push(fileTwice({ file: path }, { file: path }))
      accepted.set(path, { path, file })
    }
  }
  if (heavy > 0) problems.push(tooMuch({ limit: megabytes(IMPORT_LIMITS.totalBytes), left: heavy }))
  if (many > 0) problems.push(tooMany({ limit: IMPORT_LIMITS.files, left: many }))
  return { accepted: [...accepted.values()], problems }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000)
}

async function assemble(
  found: readonly FileEntry[],
  problems: readonly Problem[],
  progress: Progress,
  wanted?: string,
): Promise<Import> {
  const { entries, roots, root } = sortedEntries(found, wanted)
  const reading = new ProjectReader(root)
  for (const entry of entries) {
    await progress.step(entry.content.length)
    reading.add(entry)
  }
  return importResult(reading, problems, roots, wanted === undefined)
}

/** The files in their order, the folders that look like a configuration, and the one that is taken. */
function sortedEntries(found: readonly FileEntry[], wanted?: string) {
  const entries = sortedByPath(singleFile(found))
  const roots = rootsOf(entries.map(({ path }) => path))
  return { entries, roots, root: wanted ?? roots[0] ?? '' }
}

function importResult(
  reading: ProjectReader,
  problems: readonly Problem[],
  roots: readonly string[],
  chosen: boolean,
): Import {
  const { value: project, problems: found } = reading.finish()
  const all = [...problems, ...found]
  const connector = roots.length === 0 ? connectorIn(project) : null
  const files = Object.keys(project.files).length + Object.keys(project.frames).length
  if (connector) all.push(connector)
  else if (roots.length === 0 && problems.length === 0) all.push(noConfiguration({ files }))
  if (roots.length > 1 && chosen) {
    all.push(severalProjects({ chosen: project.root || '/', others: roots.slice(1, 6).join(', ') }))
  }
  return { project, roots, problems: all }
}

/** What a connector is imported as: nothing can run before its templates are expanded (its manifest says what they are). */
function connectorIn({ files }: Project): Problem | null {
  const manifest = Object.keys(files).find((path) => {
    const content = files[path]
    if (!/(^|\/)manifest\.json$/.test(path) || typeof content !== 'string') return false
    const read = parsedForEditing(content)
    return 'value' in read && isObject(read.value) && ('datatypes' in read.value || 'system-template' in read.value)
  })
  if (manifest === undefined) return null
  const folder = manifest.slice(0, -'manifest.json'.length)
  const expanded = Object.keys(files).some((path) => path.startsWith(`${folder}.expanded/`))
  return connectorNotProject({ manifest, expanded }, { file: manifest })
}

/** A single `.json` file is a configuration whatever its name; from then on its name says so. */
function singleFile(entries: readonly FileEntry[]): readonly FileEntry[] {
  const only = entries[0]
  if (entries.length !== 1 || !only || only.path.endsWith('.conf.json') || !only.path.endsWith('.json')) return entries
  if (only.path.slice(only.path.lastIndexOf('/') + 1) === modelFile) return entries
  return [{ path: only.path.replace(/\.json$/, '.conf.json'), content: only.content }]
}
