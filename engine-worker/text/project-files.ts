/**
 * A project as records of plain data: every component (pipe, system, node metadata) with its own text, and every other
 * file as it came. This is what the app keeps in its store, saves to disk and undoes; what the command line reads from
 * a folder; and what export writes back byte for byte.
 *
 * The text of a component is the truth, not its parsed value: texts survive structured cloning and Dexie (key order of
 * integer-like keys, `1.0` and large integers do not), and an untouched component is exported exactly as it was. Ask
 * `componentValue` (text/project.ts) for the parsed value; it is memoised per record, so that a record that has not changed
 * is never parsed twice.
 *
 * All values are immutable: operations return another project that shares what did not change.
 */

import type { FileContent } from '../config/project/read.ts'

/** What a component is, by its `type`: `metadata` is the node's own; `system:…` are systems; all else are pipes. */
export type ComponentKind = 'pipe' | 'system' | 'metadata'

/** One pipe, system or node metadata. */
export interface Component {
  /**
   * Names the record within the project, also when `_id` or the text change, until its file moves: the path of its file,
   * with `#n` where the file holds several.
   */
  readonly key: string
  readonly kind: ComponentKind
  /** Its `_id`. Two components may hold the same one; the first of the project counts, the others are problems. */
  readonly id: string
  /** Path of its file, as in the folder or archive. */
  readonly file: string
  /** Its JSON object as text: as imported until it is changed, then canonical or as typed. Always parses. */
  readonly text: string
}

/** A file on the way in or out. */
export interface FileEntry {
  readonly path: string
  readonly content: FileContent
}

/** What stands around the components of a file: white space, a byte order mark, brackets and commas of an array. */
export type FileOutline = readonly (string | { readonly component: string })[]

/** A project. Records are in file order; keys are paths, so no key is integer-like. */
export interface Project {
  /** Folder of the configuration within the files, '' or with a slash at its end: `node/`. */
  readonly root: string
  /** By `Component.key`. */
  readonly components: Readonly<Record<string, Component>>
  /** Every other file by path: variables, expected outputs, test data, layout, README, configuration that cannot be read. */
  readonly files: Readonly<Record<string, FileContent>>
  /** By path, for each file that holds components. */
  readonly frames: Readonly<Record<string, FileOutline>>
}

/** A project without anything in it. */
export const emptyProject: Project = { root: '', components: {}, files: {}, frames: {} }

/** Where the model of a project is, from which pipes are generated; never part of what is deployed. */
export const modelFile = 'model.json'

/** Where the canvas keeps positions, notes and groups; never part of a deployed file. */
export const layoutFile = '.pipewright.json'
