/**
 * A renaming (study/rename.ts) in a whole project: the chosen edits, and for a pipe the files that go by its name: its
 * own, its test data, and its test specification with the expected output (sesam-py-contract.md, section 6).
 */

import { get } from '../entity/dict.ts'
import { isObject } from '../entity/value.ts'
import { safeName } from '../text/paths.ts'
import { componentValue, editFile, fileText, putFile, putValue } from '../text/project.ts'
import type { Project } from '../text/project-files.ts'
import { parsedForEditing } from '../text/read-file.ts'
import { applyRename, type RenameEdit, type RenameRequest } from './rename.ts'

/** The project after a renaming; `edits` are those of `rename` that were chosen. */
export function renameProject(project: Project, renaming: RenameRequest, edits: readonly RenameEdit[]): Project {
  const touched = new Set(edits.map(({ component }) => component))
  let result = project
  for (const { key, id } of Object.values(project.components)) {
    const component = result.components[key]
    if (!component || !touched.has(id)) continue
    const value = applyRename(componentValue(component), edits)
    if (value !== componentValue(component)) result = putValue(result, key, value)
  }
  const itself = edits.some(({ what, component }) => what === renaming.what && component === renaming.from)
  if (!itself || (renaming.what !== 'pipe' && renaming.what !== 'system')) return result
  const { from, to } = renaming
  const withOwnFileMoved = (folder: string): Project =>
    withFileMoved(result, `${folder}${from}.conf.json`, `${folder}${safeName(to)}.conf.json`)
  if (renaming.what === 'system') return withOwnFileMoved('systems/')
  result = withOwnFileMoved('pipes/')
  result = withFileMoved(result, `testdata/${from}.json`, `testdata/${safeName(to)}.json`)
  return withSpecs(result, from, safeName(to), to)
}

/** Moves a file below the configuration's folder, unless another one is in its place. */
function withFileMoved(project: Project, from: string, to: string): Project {
  const [source, target] = [project.root + from, project.root + to]
  const content = fileText(project, source)
  const taken = Object.hasOwn(project.files, target) || Object.hasOwn(project.frames, target)
  if (content === null || taken || source === target) return project
  return putFile(putFile(project, source, null).value, target, content).value
}

/** A specification names its pipe, or its file does. */
function withSpecs(project: Project, from: string, file: string, to: string): Project {
  let result = project
  const folder = `${project.root}expected/`
  for (const [path, content] of Object.entries(project.files)) {
    if (!path.startsWith(folder) || !path.endsWith('.test.json') || typeof content !== 'string') continue
    const read = parsedForEditing(content)
    if ('problem' in read || !isObject(read.value)) continue
    const pipe = get(read.value, 'pipe')
    if (pipe === from) result = editFile(result, path, (spec) => (isObject(spec) ? { ...spec, pipe: to } : spec))
    if (path !== `${folder}${from}.test.json` || (pipe !== undefined && pipe !== from)) continue
    result = withFileMoved(result, `expected/${from}.test.json`, `expected/${file}.test.json`)
    if (get(read.value, 'file') === undefined) {
      for (const kind of ['json', 'xml', 'csv'])
        result = withFileMoved(result, `expected/${from}.${kind}`, `expected/${file}.${kind}`)
    }
  }
  return result
}
