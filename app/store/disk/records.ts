/** A project as records of the database, and back: one record for each component, file and frame. */
import type { Component, FileContent, FileOutline, Project } from '../../../engine-worker/index.ts'
import type { Document } from '../project/project.ts'
import type { ProjectRow, RecordRow } from './schema.ts'

/** A record that is to be written; its project and revision are added in the transaction. */
type NewRecord = Omit<RecordRow, 'project' | 'revision'>

/** What the list of projects shows of a document. */
export function headOf(document: Document): Pick<ProjectRow, 'name' | 'profile' | 'root' | 'pipes' | 'systems'> {
  const components = Object.values(document.content.components)
  return {
    name: document.name,
    profile: document.profile,
    root: document.content.root,
    pipes: components.filter((component) => component.kind === 'pipe').length,
    systems: components.filter((component) => component.kind === 'system').length,
  }
}

const partNames = ['components', 'files', 'frames'] as const
const keyPrefixes = { components: 'component:', files: 'file:', frames: 'frame:' } as const

/** All records of a project, in order. */
export function recordsOf(content: Project): NewRecord[] {
  return partNames.flatMap((part) =>
    Object.entries(content[part]).map(([key, value], order) => ({ key: keyPrefixes[part] + key, value, order })),
  )
}

/** Records to write and keys to delete, compared by identity: the same object is not looked into. */
export function recordDifferences(before: Project, after: Project): { put: NewRecord[]; gone: string[] } {
  if (before === after) return { put: [], gone: [] }
  const old = new Map(recordsOf(before).map((row) => [row.key, row]))
  const put: NewRecord[] = []
  for (const row of recordsOf(after)) {
    const before = old.get(row.key)
    if (before?.value !== row.value || before.order !== row.order) put.push(row)
    old.delete(row.key)
  }
  return { put, gone: [...old.keys()] }
}

/** The project that its records make. */
export function contentOf(root: string, rows: readonly RecordRow[]): Project {
  const sorted = rows.toSorted((a, b) => a.order - b.order)
  const partWithPrefix = <T>(prefix: string): Record<string, T> =>
    Object.fromEntries(
      // What a prefix holds was written by `recordsOf` alone.
      sorted.filter((row) => row.key.startsWith(prefix)).map((row) => [row.key.slice(prefix.length), row.value as T]),
    )
  return {
    root,
    components: partWithPrefix<Component>(keyPrefixes.components),
    files: partWithPrefix<FileContent>(keyPrefixes.files),
    frames: partWithPrefix<FileOutline>(keyPrefixes.frames),
  }
}
