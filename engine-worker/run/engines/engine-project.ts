/** The project that an engine has open, and which of its pipes stay open when it is opened again after an edit. */
import { type Configuration, loadProject, type ProjectOptions } from '../../config/project/project.ts'
import type { FileContents } from '../../config/project/read.ts'
import { printJson } from '../../entity/json.ts'

/** What a project is opened from. */
export interface ProjectFiles {
  readonly files: FileContents
  readonly options: ProjectOptions
}

/** Whether two are the same, file by file and variable by variable. */
export function isSameProject(a: ProjectFiles, b: ProjectFiles): boolean {
  const paths = Object.keys(a.files)
  if (paths.length !== Object.keys(b.files).length) return false
  return paths.every((path) => a.files[path] === b.files[path]) && isSameOptions(a.options, b.options)
}

function isSameOptions(a: ProjectOptions, b: ProjectOptions): boolean {
  return a.profile === b.profile && printJson({ ...a.variables }) === printJson({ ...b.variables })
}

/** An opened project whose pipes are opened when they are first wanted: `P` is what is made of one. */
export class EngineProject<P> {
  private readonly pipes = new Map<string, P | null>()
  private readonly configuration: Configuration
  private readonly options: ProjectOptions

  /** Unchanged pipes of `before` stay open: what the engine has learned about their code is of use again. */
  constructor(
    private readonly files: FileContents,
    options: ProjectOptions,
    private readonly make: (id: string, configuration: Configuration, files: FileContents) => P | null,
    before: EngineProject<P> | null,
  ) {
    // Variables that came over a wall are equal, but never the same object.
    this.options = before && isSameOptions(before.options, options) ? before.options : options
    const known = before && { project: before.configuration, files: before.files, options: before.options }
    this.configuration = loadProject(files, this.options, known)
    if (before?.configuration.setting !== this.configuration.setting) return
    for (const [id, pipe] of before.pipes)
      if (this.configuration.pipes.get(id) === before.configuration.pipes.get(id)) this.pipes.set(id, pipe)
  }

  /** The pipe of an id; null where there is none. */
  pipe(id: string): P | null {
    const known = this.pipes.get(id)
    if (known !== undefined) return known
    const pipe = this.make(id, this.configuration, this.files)
    this.pipes.set(id, pipe)
    return pipe
  }
}
