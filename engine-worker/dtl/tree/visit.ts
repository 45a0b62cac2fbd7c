/** Walking a syntax tree. */
import type { ArgumentNode, CallNode, GivenArgument, TreeNode } from './node.ts'

/** The nodes directly inside a node, in the order in which they are written. */
export function childrenOf(node: TreeNode): readonly TreeNode[] {
  switch (node.is) {
    case 'call':
      return node.given.map((each) => each.node)
    case 'list':
      return node.items
    case 'dict':
      return node.members.map((member) => member.node)
    case 'steps':
      return node.steps
    case 'note':
      return [node.content]
    case 'hops':
      return [node.where, node.returns, ...node.subsets.map((subset) => subset.node)].filter((each) => each !== null)
    default:
      return []
  }
}

/** Calls `enter` for a node and all below it, outer ones first; where it answers false, what is inside is left out. */
export function visit(node: TreeNode, enter: (node: TreeNode) => boolean): void {
  if (enter(node)) for (const child of childrenOf(node)) visit(child, enter)
}

/** The node of an argument by its declared name; undefined where it is absent. */
export function argumentOf(call: CallNode, name: string): ArgumentNode | undefined {
  return argumentsOf(call, name)[0]?.node
}

/** All that is given for a declared argument. */
export function argumentsOf({ declared, bound }: CallNode, name: string): readonly GivenArgument[] {
  const index = declared?.takes.findIndex((argument) => argument.name === name) ?? -1
  return bound?.[index] ?? []
}
