import { ChevronRight } from 'lucide-react'
import { useFlowWords } from '../flow/flow-words.ts'
import { useMapState } from './map-state.ts'

interface MapPathProps {
  /** The part whose groups are shown, or whose group is open. */
  readonly part: string | null
  /** The name of the open group. */
  readonly group: string | null
}

/** Where on the map this is, with the ways up. */
export function MapPath({ part, group }: MapPathProps) {
  const w = useFlowWords()
  const upButton = (label: string, within: string | null) => (
    <>
      <button
        type="button"
        onClick={() => useMapState.setState({ opened: null, within, chosen: null })}
        className="link min-h-6"
      >
        {label}
      </button>
      <ChevronRight size={14} aria-hidden className="text-ink-faint" />
    </>
  )
  return (
    <nav
      aria-label={w.flow.map.path}
      className="flex h-7 items-center gap-1 rounded-md border border-line bg-surface px-2 shadow-low"
    >
      {upButton(w.flow.allGroups, null)}
      {part !== null && group !== null && upButton(part, part)}
      <span aria-current="page" className="font-semibold">
        {group ?? part}
      </span>
    </nav>
  )
}
