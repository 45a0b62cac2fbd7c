/** The steps of a rule as columns: which target property comes from where, and which source properties are read. */
import { isObject, type Json, segmentText } from '../../../engine-worker/index.ts'
import type { Path } from '../../pipe/json-edits.ts'

export interface MappingRow {
  /** The target property, or the pattern of several. */
  readonly target: string
  readonly from: Json
  /** Of the step. */
  readonly path: Path
  readonly fromPath: Path
  /** The value is under the target's name in what the step made, because the step takes names. */
  readonly byName: boolean
}

/** A row for each step that writes properties; branches are searched, too. */
export function rowsOf(steps: readonly Json[], path: Path): readonly MappingRow[] {
  return steps.flatMap((step, index) => rowsOfStep(step, [...path, index]))
}

function rowsOfStep(step: Json, path: Path): readonly MappingRow[] {
  if (!Array.isArray(step) || typeof step[0] !== 'string') return []
  const [name, first] = step
  const last = step.length - 1
  const row = (target: Json | undefined, place: number, byName = false): MappingRow => ({
    byName,
    target: typeof target === 'string' ? target : JSON.stringify(target ?? ''),
    from: step[place] ?? null,
    path,
    fromPath: [...path, place],
  })
  switch (name) {
    case 'add':
    case 'default':
    case 'add-if':
      return last < 2 ? [] : [row(first, last)]
    case 'copy':
      return namesOf(first).map((name) => ({ ...row(name, 1, true), from: sourceOf(name) ?? step[1] ?? null }))
    case 'rename':
      return last < 2 ? [] : [{ ...row(step[2], 1, true), from: sourceOf(first) ?? step[1] ?? null }]
    case 'make-ni':
      return [row(`${String(step[last - (last > 2 ? 1 : 0)] ?? '')}-ni`, 1)]
    case 'merge':
    case 'merge-union':
      return [row('*', 1)]
    case 'if':
    case 'case':
    case 'case-eq':
      return step.slice(2).flatMap((branch, at) => {
        if (!Array.isArray(branch)) return []
        const inside = [...path, at + 2]
        return typeof branch[0] === 'string' ? rowsOfStep(branch, inside) : rowsOf(branch, inside)
      })
    default:
      return []
  }
}

/** The path of a source property that a step takes by its name; null where the name stands for several. */
function sourceOf(name: Json | undefined): string | null {
  return typeof name === 'string' && !name.includes('*') && name !== '' ? `_S.${segmentText(name)}` : null
}

/** The names that a copy is about: one, or the constants of a list. */
function namesOf(json: Json | undefined): readonly (Json | undefined)[] {
  if (!Array.isArray(json)) return [json]
  const names = json[0] === 'list' ? json.slice(1) : json
  return names.every((name) => typeof name === 'string') ? names : [json]
}

/** The source properties that the steps read, by their first segment; `all` when they take everything. */
export function readsOf(steps: readonly Json[]): { readonly all: boolean; readonly names: ReadonlySet<string> } {
  const names = new Set<string>()
  let all = false
  const visit = (json: Json): void => {
    if (typeof json === 'string') {
      const found = /^_S\.(?:'((?:[^']|'')*)'|([^.]*))/.exec(json)
      if (!found) return
      const name = found[1]?.replaceAll("''", "'") ?? found[2] ?? ''
      if (name === '') all = true
      else {
        names.add(name)
        names.add(name.slice(name.lastIndexOf(':') + 1))
      }
    } else if (Array.isArray(json)) {
      const [head, what] = json
      if (head === 'copy' && (what === '*' || (Array.isArray(what) && what.includes('*')))) all = true
      if ((head === 'copy' || head === 'rename' || head === 'make-ni') && typeof what === 'string') names.add(what)
      if (head === 'copy' && Array.isArray(what)) for (const name of what) if (typeof name === 'string') names.add(name)
      for (const item of json) visit(item)
    } else if (isObject(json)) for (const item of Object.values(json)) visit(item)
  }
  for (const step of steps) visit(step)
  return { all, names }
}
