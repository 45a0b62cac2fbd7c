import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useEngine } from '../../store/engine/state.ts'
import { useSession } from '../../store/session.ts'
import { classes } from '../../ui/classes.ts'
import { Input } from '../../ui/Field.tsx'
import { useFlowWords } from './flow-words.ts'
import type { Graph, GraphNode } from './graph.ts'
import { nodeState } from './state.ts'

interface OutlineProps {
  readonly graph: Graph
  readonly onOpen: (node: GraphNode) => void
  readonly onReveal: (id: string) => void
}

interface Row {
  readonly node: GraphNode
  readonly reads: readonly string[]
  readonly joins: readonly string[]
  readonly goesTo: readonly string[]
}

/** The graph as a list that eyes and screen readers can walk: every node in the order data passes it, with its wires. */
export function Outline({ graph, onOpen, onReveal }: OutlineProps) {
  const w = useFlowWords()
  const [text, setText] = useState('')
  const selection = useSession((state) => state.selection)
  const rows = useMemo(() => outlineOf(graph), [graph])
  const found = useMemo(
    () => rows.filter(({ node }) => node.name.toLowerCase().includes(text.toLowerCase())),
    [rows, text],
  )
  const [at, setAt] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  // @tanstack/react-virtual: only the visible rows of thousands are in the page.
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => box.current,
    estimateSize: () => 40,
    overscan: 8,
  })
  const current = Math.min(at, found.length - 1)

  const handleKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -found.length,
      End: found.length,
    }
    const step = steps[event.key]
    const row = found[current]
    if (step !== undefined) {
      const next = Math.max(0, Math.min(found.length - 1, current + step))
      setAt(next)
      virtual.scrollToIndex(next)
      const id = found[next]?.node.id
      if (id) onReveal(id)
    } else if (event.key === 'Enter' && row) onOpen(row.node)
    else if (event.key === ' ' && row) onReveal(row.node.id)
    else return
    event.preventDefault()
  }

  return (
    <nav aria-label={w.flow.outline} className="flex w-64 shrink-0 flex-col border-r border-line bg-surface">
      <div className="p-2">
        <Input
          aria-label={w.common.search}
          placeholder={w.common.search}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div
        ref={box}
        role="tree"
        tabIndex={0}
        aria-label={w.flow.outlineLabel}
        aria-activedescendant={found[current] ? `outline-${found[current].node.id}` : undefined}
        onKeyDown={handleKeyDown}
        className="min-h-0 flex-1 overflow-auto -outline-offset-2"
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const row = found[index]
            if (!row) return null
            const chosen = selection.includes(row.node.id)
            return (
              <div
                key={row.node.id}
                id={`outline-${row.node.id}`}
                role="treeitem"
                tabIndex={-1}
                aria-selected={chosen}
                aria-level={1}
                aria-posinset={index + 1}
                aria-setsize={found.length}
                onClick={() => {
                  setAt(index)
                  onReveal(row.node.id)
                }}
                onKeyDown={handleKeyDown}
                onDoubleClick={() => onOpen(row.node)}
                style={{ position: 'absolute', top: start, height: size, left: 0, right: 0 }}
                className={classes(
                  'flex cursor-default flex-col justify-center px-3',
                  chosen ? 'bg-accent-soft' : index === current ? 'bg-hover' : 'hover:bg-hover',
                )}
              >
                <RowText row={row} />
              </div>
            )
          })}
        </div>
      </div>
    </nav>
  )
}

function RowText({ row: { node, reads, joins } }: { readonly row: Row }) {
  const w = useFlowWords()
  const state = useEngine((engine) => nodeState(engine, node))
  const inputs = [...reads, ...joins.map((name) => w.flow.hopsChip(name))]
  return (
    <>
      <span className="truncate font-semibold">
        {node.name}
        {state === 'bad' && <span className="font-normal text-bad"> · {w.flow.failed}</span>}
      </span>
      <span className="truncate text-tiny text-ink-faint">
        {inputs.length > 0 ? `← ${inputs.join(', ')}` : node.says.join(' › ')}
      </span>
    </>
  )
}

/** Nodes in the order data passes them; what stands in a cycle follows its first visited member. */
export function outlineOf(graph: Graph): readonly Row[] {
  const into = new Map<string, string[]>()
  for (const { from, to } of graph.edges) {
    const known = into.get(to)
    if (known) known.push(from)
    else into.set(to, [from])
  }
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const depth = new Map<string, number>()
  for (const start of graph.nodes) {
    const stack: { id: string; next: number }[] = [{ id: start.id, next: 0 }]
    const open = new Set([start.id])
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      if (!top) break
      const inputs = into.get(top.id) ?? []
      const input = depth.has(top.id) ? undefined : inputs[top.next]
      if (input !== undefined) {
        top.next += 1
        if (!depth.has(input) && !open.has(input)) {
          open.add(input)
          stack.push({ id: input, next: 0 })
        }
        continue
      }
      if (!depth.has(top.id)) depth.set(top.id, Math.max(-1, ...inputs.map((each) => depth.get(each) ?? -1)) + 1)
      stack.pop()
    }
  }
  const nameOf = (id: string) => byId.get(id)?.name ?? id
  const reads = new Map<string, string[]>()
  const joins = new Map<string, string[]>()
  const goesTo = new Map<string, string[]>()
  const addName = (map: Map<string, string[]>, id: string, other: string) => {
    const known = map.get(id)
    if (known) known.push(nameOf(other))
    else map.set(id, [nameOf(other)])
  }
  for (const { from, to, kind } of graph.edges) {
    addName(kind === 'hops' ? joins : reads, to, from)
    addName(goesTo, from, to)
  }
  return [...graph.nodes]
    .sort((a, b) => (depth.get(a.id) ?? 0) - (depth.get(b.id) ?? 0) || (a.name < b.name ? -1 : 1))
    .map((node) => ({
      node,
      reads: reads.get(node.id) ?? [],
      joins: joins.get(node.id) ?? [],
      goesTo: goesTo.get(node.id) ?? [],
    }))
}
