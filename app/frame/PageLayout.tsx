import type { ReactNode } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { setPanels, useSession } from '../store/session.ts'
import { useNarrow } from '../ui/narrow.ts'
import { SplitPane } from '../ui/SplitPane.tsx'

interface PageProps {
  readonly children: ReactNode
  /** Facts and forms of what is selected, at the right. Absent where a view has none. */
  readonly inspector?: ReactNode
  /** Data, below. */
  readonly dock?: ReactNode
}

/** The room of a view: its content, the inspector at the right, the data dock below; their sizes are remembered. */
export function PageLayout({ children, inspector, dock }: PageProps) {
  const w = useWords()
  const inspectorWidth = useSession((state) => state.inspectorWidth)
  const dockHeight = useSession((state) => state.dockHeight)
  const inspectorOpen = useSession((state) => state.inspectorOpen)
  const dockOpen = useSession((state) => state.dockOpen)
  const narrow = useNarrow()
  return (
    <SplitPane
      side={narrow ? 'bottom' : 'right'}
      label={w.view.resizeInspector}
      size={inspectorWidth}
      min={narrow ? 120 : 240}
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
          second={
            dock !== undefined && dockOpen ? (
              <section aria-label={w.views.data.label} className="flex min-h-0 flex-1 flex-col bg-surface">
                {dock}
              </section>
            ) : null
          }
        />
      }
      second={
        inspector !== undefined && inspectorOpen ? (
          <aside aria-label={w.view.inspectorName} className="flex min-h-0 flex-1 flex-col overflow-auto bg-surface">
            {inspector}
          </aside>
        ) : null
      }
    />
  )
}
