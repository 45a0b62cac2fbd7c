/** What the text editor knows of a pipe: completion, help and places of problems, all from the declarations. */

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { EditorView, Tooltip } from '@codemirror/view'
import type { SyntaxNode } from '@lezer/common'
import { type CataloguedFunction, type KindDeclaration, segmentText } from '../../../engine-worker/index.ts'

/** What there is to complete with. */
export interface AssistContext {
  readonly functions: readonly CataloguedFunction[]
  readonly kinds: readonly KindDeclaration[]
  /** Properties of the source. */
  readonly properties: readonly string[]
  readonly datasets: readonly string[]
}

/** Completes functions, properties, datasets, types and keys at the cursor. */
export function completions(context: CompletionContext, known: AssistContext): CompletionResult | null {
  const node = syntaxTree(context.state).resolveInner(context.pos, -1)
  if (node.name === 'PropertyName') return completionIn(node, keysAt(context.state, node, known))
  if (node.name !== 'String') return null
  const text = context.state.sliceDoc(node.from + 1, context.pos)
  if (isHead(node)) return completionIn(node, functionsFor(context.state, node, known))
  if (/^_S\./.test(text))
    return completionIn(
      node,
      known.properties.map((name) => ({ label: `_S.${segmentText(name)}`, type: 'property' })),
    )
  const key = keyOf(context.state, node)
  if (key === 'type')
    return completionIn(
      node,
      kindsAt(context.state, node, known).map(({ type, label }) => ({ label: type, detail: label, type: 'type' })),
    )
  if (key === 'dataset' || key === 'datasets')
    return completionIn(
      node,
      known.datasets.map((label) => ({ label, type: 'variable' })),
    )
  if (text.startsWith('_') || context.explicit) {
    const variables = ['_S.', '_T.', '_P.', '_R.', '_B.', '_.'].map((label) => ({ label, type: 'keyword' }))
    return completionIn(node, [
      ...variables,
      ...known.properties.map((name) => ({ label: `_S.${segmentText(name)}`, type: 'property' })),
    ])
  }
  return null
}

function completionIn(node: SyntaxNode, options: readonly Completion[]): CompletionResult {
  return { from: node.from + 1, options: [...options], validFor: /^[^"]*$/ }
}

function functionsFor(state: EditorState, node: SyntaxNode, known: AssistContext): readonly Completion[] {
  const kind = isStep(state, node) ? 'transform' : 'expression'
  return known.functions
    .filter((each) => each.kind === kind && each.deprecated === undefined)
    .map((each) => ({ label: each.name, detail: signatureText(each), info: each.says, type: 'function' }))
}

/** A call as one writes it: `["join", separator, values]`. */
function signatureText({ name, takes }: CataloguedFunction): string {
  const names = takes.map(({ name: argument, quantifier }) =>
    quantifier === 'optional' ? `${argument}?` : quantifier === 'one' ? argument : `${argument}…`,
  )
  return `[${[name, ...names].join(', ')}]`
}

/** Help for the function, type or key that is pointed at. */
export function hoverText(view: EditorView, position: number, known: AssistContext): Tooltip | null {
  const node = syntaxTree(view.state).resolveInner(position, 1)
  if (node.name !== 'String' && node.name !== 'PropertyName') return null
  const text = view.state.sliceDoc(node.from + 1, node.to - 1)
  const words =
    node.name === 'PropertyName'
      ? keyHelp(view.state, node, text, known)
      : isHead(node)
        ? functionHelp(view.state, node, text, known)
        : null
  if (words === null) return null
  return {
    pos: node.from,
    end: node.to,
    above: true,
    create: () => {
      const dom = document.createElement('div')
      dom.style.padding = '6px 10px'
      for (const [index, line] of words.entries()) {
        const paragraph = document.createElement(index === 0 ? 'b' : 'p')
        paragraph.textContent = line
        dom.append(paragraph)
      }
      return { dom }
    },
  }
}

function functionHelp(
  state: EditorState,
  node: SyntaxNode,
  name: string,
  known: AssistContext,
): readonly string[] | null {
  const kind = isStep(state, node) ? 'transform' : 'expression'
  const found =
    known.functions.find((each) => each.kind === kind && each.name === name) ??
    known.functions.find((each) => each.name === name)
  return found ? [signatureText(found), found.says, ...(found.more === undefined ? [] : [found.more])] : null
}

function keyHelp(state: EditorState, node: SyntaxNode, key: string, known: AssistContext): readonly string[] | null {
  for (const kind of kindsAround(state, node, known)) {
    const field = kind.fields.find(({ name }) => name === key)
    if (field) return [key, field.says]
  }
  return null
}

function keysAt(state: EditorState, node: SyntaxNode, known: AssistContext): readonly Completion[] {
  const fields = kindsAround(state, node, known).flatMap(({ fields: each }) => each)
  const unique = new Map(fields.map((field) => [field.name, field]))
  return [...unique.values()].map(({ name, says }) => ({ label: name, info: says, type: 'property' }))
}

/** The declarations that the object around a place may be of: by its `type`, otherwise by the key it stands under. */
function kindsAround(state: EditorState, node: SyntaxNode, known: AssistContext): readonly KindDeclaration[] {
  const object = ancestor(node, 'Object')
  if (!object) return []
  const type = textAt(state, object, 'type')
  const role = roleOf(state, object)
  const same = known.kinds.filter((kind) => kind.role === role)
  const exact = same.filter((kind) => kind.type === type)
  return exact.length > 0 ? exact : same
}

function kindsAt(state: EditorState, node: SyntaxNode, known: AssistContext): readonly KindDeclaration[] {
  const object = ancestor(node, 'Object')
  const role = object ? roleOf(state, object) : 'pipe'
  return known.kinds.filter((kind) => kind.role === role)
}

/** What an object is, by the key that it or its list stands under. */
function roleOf(state: EditorState, object: SyntaxNode): string {
  const property = ancestor(object.parent, 'Property')
  if (!property) return 'pipe'
  const name = property.getChild('PropertyName')
  const key = name ? state.sliceDoc(name.from + 1, name.to - 1) : ''
  return ['source', 'transform', 'sink', 'pump', 'metadata'].includes(key)
    ? key
    : key === 'alternatives'
      ? 'source'
      : 'none'
}

function textAt(state: EditorState, object: SyntaxNode, key: string): string | null {
  for (const property of object.getChildren('Property')) {
    const name = property.getChild('PropertyName')
    const value = property.getChild('String')
    if (name && value && state.sliceDoc(name.from + 1, name.to - 1) === key)
      return state.sliceDoc(value.from + 1, value.to - 1)
  }
  return null
}

/** Whether a string is the first item of a list: the name of a function. */
function isHead(node: SyntaxNode): boolean {
  return node.parent?.name === 'Array' && node.prevSibling?.name === '['
}

/** Whether a call is a step: an item of a list of steps below `rules`, or of such a list in a branch. */
function isStep(state: EditorState, head: SyntaxNode): boolean {
  const list = head.parent?.parent
  if (list?.name !== 'Array') return false
  const first = list.firstChild?.nextSibling
  if (first?.name === 'String') return false
  for (let above: SyntaxNode | null = list; above; above = above.parent) {
    if (above.name !== 'Property') continue
    const name = above.getChild('PropertyName')
    const key = name ? state.sliceDoc(name.from + 1, name.to - 1) : ''
    return !['where', 'equality', 'equality_sets', 'datasets', 'return', 'subset'].includes(key)
  }
  return false
}

function keyOf(state: EditorState, node: SyntaxNode): string | null {
  const property = ancestor(node.parent, 'Property')
  const name = property?.getChild('PropertyName')
  return name ? state.sliceDoc(name.from + 1, name.to - 1) : null
}

function ancestor(node: SyntaxNode | null, name: string): SyntaxNode | null {
  for (let here = node; here; here = here.parent) if (here.name === name) return here
  return null
}

/** Where a JSON path stands in the text; as far as it can be followed. */
export function placeOf(
  state: EditorState,
  path: readonly (string | number)[],
): { readonly from: number; readonly to: number } {
  let here: SyntaxNode | null = null
  for (let length = path.length; length >= 0 && !here; length--) here = nodeAt(state, path.slice(0, length))
  return here
    ? { from: here.from, to: Math.min(here.to, state.doc.lineAt(here.from).to) }
    : { from: 0, to: Math.min(1, state.doc.length) }
}

/** The value at a JSON path; null where the text has none. */
export function nodeAt(state: EditorState, path: readonly (string | number)[]): SyntaxNode | null {
  // Long texts are parsed as far as they are shown; a path may lead further.
  let here: SyntaxNode | null = (ensureSyntaxTree(state, state.doc.length, 200) ?? syntaxTree(state)).topNode.firstChild
  for (const key of path) {
    const next: SyntaxNode | null = here ? childNode(state, here, key) : null
    // One transform is not in a list, though problems may count it.
    if (!next && key === 0 && here?.name === 'Object') continue
    here = next
  }
  return here
}

function childNode(state: EditorState, node: SyntaxNode, key: string | number): SyntaxNode | null {
  if (node.name === 'Object') {
    for (const property of node.getChildren('Property')) {
      const name = property.getChild('PropertyName')
      if (name && state.sliceDoc(name.from + 1, name.to - 1) === String(key)) return property.lastChild
    }
    return null
  }
  if (node.name !== 'Array' || typeof key !== 'number') return null
  let index = 0
  for (let item = node.firstChild; item; item = item.nextSibling) {
    if (/^[[\],⚠]$/.test(item.name)) continue
    if (index === key) return item
    index++
  }
  return null
}
