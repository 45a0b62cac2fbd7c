/** The connector that is being designed, kept while one looks elsewhere; gone with the tab. */
import { create } from 'zustand'
import type { AnswerOf } from '../../../../engine-worker/index.ts'

export type ConnectorDesign = AnswerOf<'studioDraft'>
export type DesignedDatatype = ConnectorDesign['datatypes'][number]

interface DesignState {
  /** What it is designed from. */
  readonly text: string
  readonly address: string
  /** Null before anything was read. */
  readonly design: ConnectorDesign | null
  /** The datatype that is shown. */
  readonly datatype: string | null
}

export const useDesign = create<DesignState>(() => ({ text: '', address: '', design: null, datatype: null }))

/** Changes the design. */
export function changeDesign(change: Partial<ConnectorDesign>): void {
  const { design } = useDesign.getState()
  if (design !== null) useDesign.setState({ design: { ...design, ...change } })
}

/** Changes one datatype of the design. */
export function changeDesignedDatatype(name: string, change: Partial<DesignedDatatype>): void {
  const { design } = useDesign.getState()
  if (design === null) return
  const datatypes = design.datatypes.map((each) => (each.name === name ? { ...each, ...change } : each))
  useDesign.setState({ design: { ...design, datatypes } })
}
