/** Counts how often metrics of environments were kept or forgotten here, so that what was computed from them is asked again. */
import { create } from 'zustand'

export const useMeasuredVersion = create<{ readonly version: number }>(() => ({ version: 0 }))

export function measuredChanged(): void {
  useMeasuredVersion.setState(({ version }) => ({ version: version + 1 }))
}
