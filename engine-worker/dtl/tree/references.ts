/** Which variables an expression refers to. Joins are planned from it. */
import type { CallableSignature } from './functions.ts'
import type { ExpressionNode } from './node.ts'

/** What an expression depends on. */
export interface References {
  readonly aliases: ReadonlySet<string>
  /** `_S`, `_T`, `_P`, `_R`, `_B`, or an alias of an outer hops. */
  readonly context: boolean
  /** `_`, be it of a function inside the expression or around it. */
  readonly item: boolean
  /** Calls that look at data or time by themselves, or that may have to wait: an index over the expression would not hold. */
  readonly opaque: boolean
}

/** The references of an expression; `own` tells the aliases of the hops at hand. */
export function referencesOf(node: ExpressionNode, own: (alias: string) => boolean): References {
  const found: CollectedReferences = { aliases: new Set(), context: false, item: false, opaque: false }
  collect(node, own, found)
  return found
}

type CollectedReferences = { aliases: Set<string>; context: boolean; item: boolean; opaque: boolean }

function collect(node: ExpressionNode, own: (alias: string) => boolean, found: CollectedReferences): void {
  if (node.is === 'path') {
    const { root } = node.path
    if (root.is === 'item') found.item = true
    else if (root.is === 'alias' && own(root.alias)) found.aliases.add(root.alias)
    else found.context = true
  } else if (node.is === 'list') {
    for (const item of node.items) if (item.is !== 'dict') collect(item, own, found)
  } else if (node.is === 'call') {
    const { declared } = node
    if (declared !== null && isOpaque(declared)) found.opaque = true
    if (declared !== null && appliesElsewhere(declared)) found.context = true
    for (const { node: given } of node.given)
      if (given.is === 'path' || given.is === 'call' || given.is === 'list') collect(given, own, found)
  }
}

/** Whether the result is not decided by the arguments alone, or not at once. */
function isOpaque(declared: CallableSignature): boolean {
  const { deterministic, async, previous } = declared
  return deterministic === false || async === true || previous === true || appliesElsewhere(declared)
}

/** Whether a function applies a rule or looks into datasets, with the variables around it. */
function appliesElsewhere({ takes }: CallableSignature): boolean {
  return takes.some(({ mode, names }) => mode === 'hops' || names === 'rule')
}
