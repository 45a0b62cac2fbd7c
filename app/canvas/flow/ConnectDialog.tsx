import { useMemo, useState } from 'react'
import { useContent } from '../../store/project/project.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Input } from '../../ui/Field.tsx'
import { datasetOut } from './actions.ts'
import { datasetConnectionOf } from './edits.ts'
import { useFlowWords } from './flow-words.ts'
import type { Graph } from './graph.ts'

interface ConnectDialogProps {
  readonly from: string
  readonly graph: Graph
  readonly onChoose: (to: string, kind: 'flow' | 'hops') => void
  readonly onClose: () => void
}

/** Connecting without a mouse: every pipe, what connecting it would do, or why it cannot. */
export function ConnectDialog({ from, graph, onChoose, onClose }: ConnectDialogProps) {
  const w = useFlowWords()
  const content = useContent()
  const [text, setText] = useState('')
  const dataset = datasetOut(content, from)
  const rows = useMemo(
    () =>
      graph.nodes
        .filter((node) => node.kind === 'pipe' && node.name.toLowerCase().includes(text.toLowerCase()))
        .slice(0, 200)
        .map((node) => ({ node, asked: datasetConnectionOf(content, dataset, node.name, 'flow') }))
        .sort((a, b) => Number(b.asked.legal) - Number(a.asked.legal)),
    [graph, content, dataset, text],
  )
  return (
    <Dialog open onClose={onClose} title={w.flow.follow.title(dataset ?? '')}>
      <Input
        aria-label={w.common.search}
        placeholder={w.common.search}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="mt-2 flex max-h-96 flex-col gap-1 overflow-auto">
        {rows.map(({ node, asked }) => (
          <li key={node.id} className="flex items-center gap-2 rounded-md px-2 py-1 hover:bg-hover">
            <span className="min-w-0 flex-1">
              <span className="font-semibold">{node.name}</span>{' '}
              <span className="text-tiny text-ink-faint">
                {asked.legal ? w.flow.connecting[asked.how] : w.flow.refused[asked.why]}
              </span>
            </span>
            <button
              type="button"
              disabled={!asked.legal}
              onClick={() => onChoose(node.id, 'flow')}
              className="rounded-md border border-line px-2 hover:bg-accent-soft disabled:opacity-40"
            >
              {w.flow.connectHere}
            </button>
            <button
              type="button"
              onClick={() => onChoose(node.id, 'hops')}
              className="rounded-md border border-dashed border-hops px-2 text-hops hover:bg-hops-soft"
            >
              hops
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
