/** How many engines run the pipes of a project: it says so in the file of what the app knows of it, which is never deployed. */
import { type FileContents, textAt } from '../config/project/read.ts'
import { get } from '../entity/dict.ts'
import { readJson } from '../entity/json.ts'
import { isObject } from '../entity/value.ts'
import { EnginesOnDemand } from '../run/engines/engines-on-demand.ts'
import { layoutFile } from '../text/project-files.ts'
import type { Platform } from './platform.ts'

/** The engines of a project on a platform; null where the platform starts none for a project. */
export function enginesOf({ furtherEngines }: Platform): EnginesOnDemand | null {
  return furtherEngines ? new EnginesOnDemand(furtherEngines) : null
}

<<<<<<< HEAD
/** The stored number of engines, limited to what the platform has; 1 where the stored value is not a valid number. */
export function enginesWithin(count: unknown, { furtherEngines }: Platform): number {
  const most = furtherEngines?.most ?? 1
  // Whole numbers that were text come as bigint.
  const wanted = typeof count === 'bigint' ? Number(count) : count
  return typeof wanted === 'number' && Number.isInteger(wanted) && wanted > 1 ? Math.min(wanted, most) : 1
=======
/** The number that a project says (`engines` of `.pipewright.json`), at most `most`; 1 where it says none. */
export function enginesIn(files: FileContents, most: number): number {
  const text = textAt(files, layoutFile)
  if (text === undefined) return 1
  try {
    const json = readJson(text)
    const wanted = isObject(json) ? get(json, 'engines') : undefined
    // Whole numbers that were text come as bigint.
    const count = typeof wanted === 'bigint' ? Number(wanted) : wanted
    return typeof count === 'number' && Number.isInteger(count) && count > 1 ? Math.min(count, most) : 1
  } catch {
    return 1
  }
>>>>>>> 647ac17d (A project says its number of engines in a file of its own; backups of the app and of a server are exchanged as one file; figures of Operations are not cut)
}
