/** Finds the configuration among the files of a repository or archive, which may hold it in a folder, or several times. */

import { modelFile } from './project-files.ts'

/**
 * The folders ('' or ending in a slash) that look like the root of a Sesam configuration, the likeliest first: those
 * with pipes/ or systems/ before those with loose files, then the shallowest, then those with most files.
 */
export function rootsOf(paths: readonly string[]): string[] {
  const found = new Map<string, { proper: boolean; files: number }>()
  for (const path of paths) {
    if (!path.endsWith('.conf.json') || isHidden(path)) continue
    const folder = /^(.*?\/)?(?:pipes|systems)\//.exec(path)
    const root = folder ? (folder[1] ?? '') : path.slice(0, path.lastIndexOf('/') + 1)
    const known = found.get(root) ?? { proper: false, files: 0 }
    const proper = known.proper || folder !== null || path.endsWith('node-metadata.conf.json')
    found.set(root, { proper, files: known.files + 1 })
  }
  // A model is enough where no pipes have been made of it yet.
  if (found.size === 0)
    for (const path of paths)
      if (path.slice(path.lastIndexOf('/') + 1) === modelFile && !isHidden(path))
        found.set(path.slice(0, -modelFile.length), { proper: false, files: 1 })
  const ranked = [...found].sort(([a, x], [b, y]) => {
    if (x.proper !== y.proper) return x.proper ? -1 : 1
    return depth(a) - depth(b) || y.files - x.files || (a < b ? -1 : 1)
  })
  return ranked.map(([root]) => root)
}

/**
 * Files that are no part of any project and are not imported: version control, packages, what systems leave behind,
 * and what Pipewright itself keeps beside its output.
 */
export function isIgnored(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === OUTPUT_LIST || isTemporary(name)) return true
  return /(^|\/)(\.git|node_modules|__MACOSX)\/|(^|\/)(\.DS_Store|Thumbs\.db)$/.test(path)
}

/** The list of the files that `--out` wrote, in the folder that it wrote them to. */
export const OUTPUT_LIST = '.pipewright-output'

/** Names of files that are being written begin and end like this, with the process and a random number between. */
export const TEMPORARY_PREFIX = '.pipewright-'
export const TEMPORARY_SUFFIX = '.tmp'

/** Whether a file (by its name alone) is one that was being written. */
export function isTemporary(name: string): boolean {
  return /^\.pipewright-\d+-[0-9a-f]+\.tmp$/.test(name)
}

/** Kept, but never a configuration: `.expanded` is made by Sesam's client from templates. */
function isHidden(path: string): boolean {
  return /(^|\/)\.[^/]+\//.test(path)
}

function depth(root: string): number {
  return root.split('/').length
}
