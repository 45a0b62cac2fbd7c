import { useWords } from '../../i18n/i18n.ts'
import { addFollower, addOffer, connectNodes } from './actions.ts'
import { ConnectDialog } from './ConnectDialog.tsx'
import { FollowMenu } from './FollowMenu.tsx'
import type { Graph } from './graph.ts'
import type { Point } from './layout-file.ts'
import { QuickAdd } from './QuickAdd.tsx'

/** The questions of the canvas: what to add, which pipe shall read a dataset, where a wire shall lead. */
export type Popup =
  | { readonly is: 'connect'; readonly from: string }
  | {
      readonly is: 'add' | 'follow'
      /** Where on the screen, relative to the canvas. */
      readonly left: number
      readonly top: number
      /** Where on the canvas the new node goes. */
      readonly at: Point
      readonly dataset: string
    }

interface PopupsProps {
  readonly popup: Popup | null
  readonly graph: Graph
  readonly onClose: () => void
}

/** The open popup at its place; a click outside closes it. */
export function Popups({ popup, graph, onClose }: PopupsProps) {
  const w = useWords()
  if (!popup) return null
  if (popup.is === 'connect') {
    return (
      <ConnectDialog
        from={popup.from}
        graph={graph}
        onClose={onClose}
        onChoose={(to, kind) => {
          onClose()
          connectNodes(popup.from, to, kind)
        }}
      />
    )
  }
  return (
    <>
      <div className="absolute z-20" style={{ left: Math.max(8, popup.left), top: Math.max(8, popup.top) }}>
        {popup.is === 'add' ? (
          <QuickAdd
            onClose={onClose}
            onChoose={(offer) => {
              onClose()
              addOffer(offer, popup.at)
            }}
          />
        ) : (
          <FollowMenu
            dataset={popup.dataset}
            onClose={onClose}
            onChoose={(how) => {
              onClose()
              addFollower(popup.dataset, how, popup.at)
            }}
          />
        )}
      </div>
      <button
        type="button"
        aria-label={w.common.close}
        className="absolute inset-0 z-10 cursor-default"
        onClick={onClose}
      />
    </>
  )
}
