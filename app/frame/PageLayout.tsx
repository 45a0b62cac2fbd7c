import { type ReactNode, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { setPanels, useSession } from '../store/session.ts'
import { classes } from '../ui/classes.ts'
import { useNarrow } from '../ui/narrow.ts'
import { SplitPane } from '../ui/SplitPane.tsx'

interface PageProps {
  readonly children: ReactNode
  /** Facts and forms of what is selected, at the right. Absent where a view has none. */
  readonly inspector?: ReactNode
  /** Nothing is chosen: in a narrow window the inspector gives its room to the content. */
  readonly isIdle?: boolean
  /** Data, below. */
  readonly dock?: ReactNode
}

/** The room of a view: its content, the inspector at the right, the data dock below; their sizes are remembered. */
export function PageLayout(props: PageProps) {
  const narrow = useNarrow()
  return narrow ? <NarrowLayout {...props} /> : <WideLayout {...props} />
}

function WideLayout({ children, inspector, dock }: PageProps) {
  const w = useWords()
  const inspectorWidth = useSession((state) => state.inspectorWidth)
  const dockHeight = useSession((state) => state.dockHeight)
  const inspectorOpen = useSession((state) => state.inspectorOpen)
  const dockOpen = useSession((state) => state.dockOpen)
  return (
    <SplitPane
      side="right"
      label={w.view.resizeInspector}
      size={inspectorWidth}
      min={240}
      max={720}
      onSize={(width) => setPanels({ inspectorWidth: width })}
      first={
        <SplitPane
          side="bottom"
          label={w.view.resizeDock}
          size={dockHeight}
          min={120}
          max={900}
          onSize={(height) => setPanels({ dockHeight: height })}
          first={children}
          second={dock !== undefined && dockOpen ? <Dock>{dock}</Dock> : null}
        />
      }
      second={inspector !== undefined && inspectorOpen ? <Inspector>{inspector}</Inspector> : null}
    />
  )
}

type Pane = 'inspector' | 'dock' | 'none'

/** On tablets and at 200 % zoom inspector and dock take turns below the content, which keeps most of the height. */
function NarrowLayout({ children, inspector, isIdle = false, dock }: PageProps) {
  const w = useWords()
  const height = useSession((state) => state.dockHeight)
  const inspectorOpen = useSession((state) => state.inspectorOpen)
  const dockOpen = useSession((state) => state.dockOpen)
  const [picked, setPicked] = useState<{ readonly pane: Pane; readonly isIdle: boolean } | null>(null)
  const first = inspector !== undefined && inspectorOpen && !isIdle ? 'inspector' : 'none'
  const own = first === 'none' && dock !== undefined && dockOpen ? 'dock' : first
  // What is picked holds until something is chosen, or nothing any more.
  const pane = picked && picked.isIdle === isIdle ? picked.pane : own
  const panes = [
    ...(inspector === undefined ? [] : [{ id: 'inspector' as const, label: w.view.inspectorName }]),
    ...(dock === undefined ? [] : [{ id: 'dock' as const, label: w.views.data.label }]),
  ]
  if (panes.length === 0) return <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <SplitPane
        side="bottom"
        label={w.view.resizeDock}
        size={height}
        min={80}
        max={900}
        most="45%"
        onSize={(next) => setPanels({ dockHeight: next })}
        first={children}
        second={
          pane === 'inspector' ? <Inspector>{inspector}</Inspector> : pane === 'dock' ? <Dock>{dock}</Dock> : null
        }
      />
      <div
        role="toolbar"
        aria-label={w.view.panes}
        className="flex h-7 shrink-0 gap-1 border-t border-line bg-surface px-2"
      >
        {panes.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            aria-pressed={pane === id}
            onClick={() => setPicked({ pane: pane === id ? 'none' : id, isIdle })}
            className={classes(
              'rounded-sm px-2 hover:bg-hover',
              pane === id ? 'font-semibold text-accent' : 'text-ink-soft',
            )}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  )
}

function Inspector({ children }: { readonly children: ReactNode }) {
  const w = useWords()
  return (
    <aside aria-label={w.view.inspectorName} className="flex min-h-0 flex-1 flex-col overflow-auto bg-surface">
      {children}
    </aside>
  )
}

function Dock({ children }: { readonly children: ReactNode }) {
  const w = useWords()
  return (
    <section aria-label={w.views.data.label} className="flex min-h-0 flex-1 flex-col bg-surface">
      {children}
    </section>
  )
}
