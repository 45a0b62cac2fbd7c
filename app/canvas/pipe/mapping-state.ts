/** What is carried from the sources to the targets of a mapping, by hand or by keys. */
import { create } from 'zustand'
import type { SourceProperty } from './mapping-sources.ts'

interface MappingState {
  readonly carried: SourceProperty | null
  /** The target on which something was laid that has a value already: how the two go together is asked. */
  readonly asked: { readonly target: string; readonly source: SourceProperty } | null
  readonly shown: 'all' | 'used' | 'unused' | 'unfilled'
  readonly search: string
}

const initialState: MappingState = { carried: null, asked: null, shown: 'all', search: '' }

export const useMapping = create<MappingState>(() => initialState)

/** Takes a property up; null: lays it down. */
export function setCarriedProperty(carried: SourceProperty | null): void {
  useMapping.setState({ carried })
}
