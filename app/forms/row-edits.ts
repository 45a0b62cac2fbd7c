/** Edits of rows, and tables from the clipboard. */

/** The rows with one of them at another place. */
export function movedRow<T>(rows: readonly T[], from: number, to: number): readonly T[] {
  const moved = rows[from]
  if (moved === undefined) return rows
  const rest = [...rows.slice(0, from), ...rows.slice(from + 1)]
  return [...rest.slice(0, to), moved, ...rest.slice(to)]
}

/** The cells of a pasted table, row by row; null for a text of one line and one column, which is pasted as it is. */
export function pastedTable(text: string): readonly (readonly string[])[] | null {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
  if (lines.length === 1 && !text.includes('\t')) return null
  return lines.map((line) => line.split('\t').map((cell) => cell.trim()))
}
