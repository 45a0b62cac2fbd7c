/** What differs between two states of a project, file by file. */
import { type FileContent, filesOf, layoutFile, type Project } from '../../../engine-worker/index.ts'

export interface Change {
  readonly path: string
  readonly kind: 'added' | 'changed' | 'removed'
  readonly before: string
  readonly after: string
}

/** The files that were added, changed or removed; the layout of the canvas is not deployed and does not count. */
export function changesBetween(before: Project, after: Project): readonly Change[] {
  if (before === after) return []
  const old = new Map(filesOf(before).map(({ path, content }) => [path, content]))
  const changes: Change[] = []
  for (const { path, content } of filesOf(after)) {
    const before = old.get(path)
    old.delete(path)
    if (path.endsWith(layoutFile)) continue
    if (before === undefined) changes.push({ path, kind: 'added', before: '', after: textOf(content) })
    else if (!isSameContent(before, content))
      changes.push({ path, kind: 'changed', before: textOf(before), after: textOf(content) })
  }
  for (const [path, content] of old) {
    if (!path.endsWith(layoutFile)) changes.push({ path, kind: 'removed', before: textOf(content), after: '' })
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function isSameContent(a: FileContent, b: FileContent): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

function textOf(content: FileContent): string {
  return typeof content === 'string' ? content : `(${content.length} bytes)`
}
