/** Names in the text editor: which reference stands at a place of the text, and where a path stands. */
import type { EditorState } from '@codemirror/state'
import type { Reference } from '../../../engine-worker/index.ts'
import { nodeAt } from './assist.ts'

/** The reference whose name a place of the text is in. */
export function referenceAt(state: EditorState, position: number, all: readonly Reference[]): Reference | null {
  for (const reference of all) {
    const range = rangeOf(state, reference)
    if (range && range.from <= position && position <= range.to) return reference
  }
  return null
}

/** Where the name of a reference stands in the text. */
export function rangeOf(
  state: EditorState,
  { path, at, start, end }: Reference,
): { readonly from: number; readonly to: number } | null {
  const value = nodeAt(state, path)
  const node = at === 'key' ? value?.parent?.getChild('PropertyName') : value
  if (!node || (node.name !== 'String' && node.name !== 'PropertyName')) return null
  return { from: node.from + 1 + start, to: node.from + 1 + end }
}
