/** Renaming what a card stands for, with all its uses. */
import { useNames } from '../../pipe/names.ts'
import type { GraphNode } from './graph.ts'

/** The handler of the command for a card; none for a group. */
export function renaming({ kind, name }: GraphNode): Readonly<Record<string, () => void>> {
  if (kind === 'group') return {}
  return { 'canvas.rename': () => useNames.setState({ asked: { what: kind, from: name } }) }
}
