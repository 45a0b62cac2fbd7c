/** The ends of the ways of a property, in words. */
import type { LineageNode } from '../../../engine-worker/index.ts'
import type { LineageWords } from './lineage-words.ts'

/** What a property is called, and whose it is. */
export function endOf(node: LineageNode, w: LineageWords): { readonly property: string; readonly place: string } {
  const property = node.property === '*' ? w.lineage.wholeEntity : node.property
  if (node.dataset !== null) return { property, place: node.dataset }
  const pipe = node.pipe ?? ''
  return { property, place: node.side === 'down' ? w.lineage.sinkOf(pipe) : w.lineage.sourceOf(pipe) }
}
