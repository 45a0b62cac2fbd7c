/** The key of a CSV source: looked for in its rows, and chosen in a dialog where no single column is one. */
import { create } from 'zustand'
import {
  componentById,
  componentValue,
  isObject,
  type JsonObject,
  type KeyColumn,
  putValue,
  type TableKeys,
} from '../../../engine-worker/index.ts'
import { ask, refreshProject } from '../engine/open-project.ts'
import { editContent } from './project.ts'

/** The pipe whose key is being chosen, or null. */
export const useKeyDialog = create<{ readonly pipe: string | null }>(() => ({ pipe: null }))

/** Opens the dialog for a pipe. */
export function chooseKey(pipe: string): void {
  useKeyDialog.setState({ pipe })
}

/** Closes the dialog. */
export function closeKeyDialog(): void {
  useKeyDialog.setState({ pipe: null })
}

/** The columns that tell apart the rows of a text, or of what was supplied for the pipe; null where nothing was. */
export async function findTableKeys(pipe: string, text?: string): Promise<TableKeys | null> {
  return ask('tableKeys', text === undefined ? { pipe } : { pipe, text })
}

/** Makes columns the primary key of a CSV source. */
export function setKey(pipe: string, columns: readonly string[], label: string): void {
  editSource(pipe, label, (source) => ({ ...source, primary_key: keyValue(columns) }))
}

/** One column is written as a text, several as a list. */
function keyValue(columns: readonly string[]): string | string[] {
  const [only] = columns
  return columns.length === 1 && only !== undefined ? only : [...columns]
}

/** Adds a column to the rows supplied for a pipe and makes it the primary key. */
export async function insertKeyColumn(pipe: string, how: KeyColumn, label: string): Promise<void> {
  const column = await ask('addKeyColumn', { pipe, how })
  if (column === null) return
  editSource(pipe, label, (source) => ({
    ...source,
    // Names that are listed win over the header of the file, so the new column has to be listed too.
    ...(Array.isArray(source.field_names) ? { field_names: [...source.field_names, column] } : {}),
    primary_key: column,
  }))
  await refreshProject()
}

function editSource(pipe: string, label: string, change: (source: JsonObject) => JsonObject): void {
  editContent(label, (content) => {
    const component = componentById(content, pipe, 'pipe')
    const value = component ? componentValue(component) : null
    if (!component || !value || !isObject(value.source)) return content
    return putValue(content, component.key, { ...value, source: change(value.source) })
  })
}
