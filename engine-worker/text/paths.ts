/** Paths of project files: which are safe to write, and names for the files of new components. */
import type { ComponentKind } from './project-files.ts'

/**
 * A path that stays inside the project on every system, with `/` between its parts; null when it would leave it
 * (`../x`, `/x`, `C:\x`) or cannot be written (a NUL in it).
 */
export function safePath(path: string): string | null {
  const parts = path.replaceAll('\\', '/').split('/')
  if (path === '' || path.includes('\0') || parts[0] === '' || /^[a-z]:/i.test(path)) return null
  const clean = parts.filter((part) => part !== '.' && part !== '')
  return clean.length === 0 || clean.includes('..') ? null : clean.join('/')
}

/** The file for a new component: `pipes/<_id>.conf.json`, made safe, and different from those taken on any disk. */
export function freePath(root: string, kind: ComponentKind, id: string, taken: Iterable<string>): string {
  const used = new Set([...taken].map(folded))
  if (kind === 'metadata') {
    const node = `${root}node-metadata.conf.json`
    if (!used.has(folded(node))) return node
  }
  const folder = kind === 'system' ? 'systems/' : 'pipes/'
  const name = safeName(id)
  for (let n = 1; ; n++) {
    const path = `${root}${folder}${name}${n === 1 ? '' : `-${n}`}.conf.json`
    if (!used.has(folded(path))) return path
  }
}

/** Disks of Windows and macOS take names that differ only in case (or in how an accent is composed) for the same. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** A file name that every system takes. */
export function safeName(id: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get into a file name
  const name = id.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '_').replace(/^[. ]+|[. ]+$/g, '_')
  const short = [...name].slice(0, 150).join('')
  return short === '' || RESERVED.test(short) ? `_${short}` : short
}
