/** What of the project the Flow canvas shows; kept for the next visit, never part of the project. */
import { create } from 'zustand'
import { type Grouping, groupings } from './graph.ts'

interface FlowView {
  readonly datasets: boolean
  readonly systems: boolean
  readonly grouping: Grouping
  readonly outline: boolean
  readonly minimap: boolean
  /** Groups or all pipes; the size of the project decides until a person chooses. */
  readonly level: FlowLevel | null
}

/** How much of the project is seen at once. */
export const flowLevels = ['groups', 'pipes'] as const
type FlowLevel = (typeof flowLevels)[number]

const storageKey = 'pipewright.flow'

export const useFlowView = create<FlowView>(() => ({
  datasets: false,
  systems: false,
  grouping: 'none',
  outline: false,
  minimap: true,
  level: null,
  ...storedView(),
}))

/** Changes the view and remembers it. */
export function setFlowView(change: Partial<FlowView>): void {
  useFlowView.setState(change)
  try {
    localStorage.setItem(storageKey, JSON.stringify(useFlowView.getState()))
  } catch {
    // Storage is switched off: the choice holds until the tab closes.
  }
}

function storedView(): Partial<FlowView> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return {}
    const entries = Object.entries(stored).filter(
      ([name, value]) =>
        (['datasets', 'systems', 'outline', 'minimap'].includes(name) && typeof value === 'boolean') ||
        (name === 'level' && flowLevels.some((level) => level === value)) ||
        (name === 'grouping' && groupings.some((grouping) => grouping === value)),
    )
    return Object.fromEntries(entries)
  } catch {
    return {}
  }
}
