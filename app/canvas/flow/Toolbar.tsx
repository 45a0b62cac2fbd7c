import { AlignStartHorizontal, Boxes as BoxesIcon, ListTree, Map as MapIcon, Plus, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Alignment, alignments } from '../../commands/alignments.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { ZoomButtons } from '../../ui/ZoomButtons.tsx'
import { useFlowWords } from './flow-words.ts'
import { groupings } from './graph.ts'
import { overviewFrom } from './Overview.tsx'
import { setFlowView, useFlowView } from './view.ts'

interface ToolbarProps {
  readonly levels: ReactNode
  readonly busy: boolean
  /** How many cards are on the canvas. */
  readonly cards: number
  /** How many nodes are selected. */
  readonly chosen: number
  /** Null where the project may not be changed. */
  readonly onAdd: (() => void) | null
  readonly onLayOut: (() => void) | null
  readonly onAlign: ((how: Alignment) => void) | null
  /** Where several datasets are selected. */
  readonly onMerge: (() => void) | null
  readonly onJoin: (() => void) | null
  readonly onFit: () => void
  readonly onZoom: (closer: boolean) => void
}

/** The canvas's own tools: what is shown, adding, laying out, zoom. */
export function Toolbar(props: ToolbarProps) {
  const { levels, busy, cards, chosen, onAdd, onLayOut, onAlign, onMerge, onJoin, onFit, onZoom } = props
  const w = useFlowWords()
  const view = useFlowView()
  const toggleButton = (key: 'datasets' | 'systems', label: string) => (
    <button
      type="button"
      aria-pressed={view[key]}
      onClick={() => setFlowView({ [key]: !view[key] })}
      className="px-2.5 text-ink-soft -outline-offset-2 hover:text-ink aria-pressed:bg-accent-soft aria-pressed:font-semibold aria-pressed:text-accent"
    >
      {label}
    </button>
  )
  return (
    <>
      <div className="absolute top-3 left-3 z-10 flex flex-wrap items-center gap-2">
        {onAdd && (
          <Button icon={<Plus size={14} aria-hidden />} onClick={onAdd} className="shadow-low">
            {w.flow.add} <Keys of="A" />
          </Button>
        )}
        {cards > 0 && (
          <fieldset className="inline-flex h-7 overflow-hidden rounded-md border border-line bg-surface shadow-low">
            <legend className="sr-only">{w.flow.show}</legend>
            {toggleButton('datasets', w.flow.datasets)}
            {toggleButton('systems', w.flow.systems)}
          </fieldset>
        )}
        {cards > 0 && (
          <Menu
            heading={w.flow.group}
            trigger={
              <Button icon={<BoxesIcon size={14} aria-hidden />} className="shadow-low">
                {w.flow.grouping[view.grouping]}
              </Button>
            }
            groups={[
              groupings.map((grouping) => ({
                id: grouping,
                label: w.flow.grouping[grouping],
                checked: view.grouping === grouping,
                onSelect: () => setFlowView({ grouping }),
              })),
            ]}
          />
        )}
        {onLayOut && cards > 0 && (
          <Button icon={<Workflow size={14} aria-hidden />} onClick={onLayOut} disabled={busy} className="shadow-low">
            {busy ? w.flow.layingOut : w.flow.layOut}
          </Button>
        )}
        {onMerge && (
          <Button onClick={onMerge} className="shadow-low">
            {w.flow.mergeThese} <Keys of="M" />
          </Button>
        )}
        {onJoin && (
          <Button onClick={onJoin} className="shadow-low">
            {w.flow.joinThese} <Keys of="J" />
          </Button>
        )}
        {chosen > 1 && (
          <Menu
            heading={w.flow.align.label}
            trigger={
              <Button icon={<AlignStartHorizontal size={14} aria-hidden />} className="shadow-low">
                {w.flow.selected(chosen)}
              </Button>
            }
            groups={[
              alignments.map((how) => ({
                id: how,
                label: w.flow.align[how],
                disabled: onAlign === null,
                onSelect: () => onAlign?.(how),
              })),
            ]}
          />
        )}
      </div>
      <div className="absolute bottom-3 left-3 z-10 flex overflow-hidden rounded-md border border-line bg-surface shadow-low">
        {levels}
        <IconButton
          label={w.flow.outline}
          pressed={view.outline}
          onClick={() => setFlowView({ outline: !view.outline })}
        >
          <ListTree size={15} aria-hidden />
        </IconButton>
        <ZoomButtons onZoom={onZoom} onFit={onFit} fitShortcut="F" />
        {cards >= overviewFrom && (
          <IconButton
            label={w.flow.minimap}
            pressed={view.minimap}
            onClick={() => setFlowView({ minimap: !view.minimap })}
          >
            <MapIcon size={15} aria-hidden />
          </IconButton>
        )}
      </div>
    </>
  )
}
