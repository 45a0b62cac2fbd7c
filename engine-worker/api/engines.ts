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
}
