/** The texts of an argument that names something: a constant, a list of constants, or a plain list. */
import type { JsonPath } from '../../path.ts'
import { LIST } from '../syntax.ts'
import type { TreeNode } from './node.ts'

/** A name and where it is written. */
interface WrittenName {
  readonly text: string
  readonly at: JsonPath
}

/** The names that a node is written as; null where they are computed. */
export function namesIn(node: TreeNode): readonly WrittenName[] | null {
  const { json, at } = node
  if (typeof json === 'string') return node.is === 'path' || node.is === 'broken-path' ? null : [{ text: json, at }]
  if (node.is === 'data' && Array.isArray(json)) return textsOf(json, at)
  if (node.is !== 'call') return null
  // A plain list of names may stand where a name is expected (dtl/argument-types.rst).
  if (node.declared === null) return textsOf(node.json, at)
  if (node.name !== LIST) return null
  const names: WrittenName[] = []
  for (const { node: item } of node.given) {
    const inside = item.is === 'constant' ? namesIn(item) : null
    if (inside === null) return null
    names.push(...inside)
  }
  return names
}

function textsOf(list: readonly unknown[], at: JsonPath): readonly WrittenName[] | null {
  const names = list.flatMap((text, index) => (typeof text === 'string' ? [{ text, at: [...at, index] }] : []))
  return names.length === list.length ? names : null
}
