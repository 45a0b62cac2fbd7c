/** What a run asks of several engines. */
import type { JoinIndex } from '../../dtl/evaluation.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { ProcessResult } from '../chain.ts'
import type { SourceRecord } from '../sources/item.ts'
import type { Tracking } from '../tracking.ts'

/** Entities of one pipe to be transformed, and how that is done in this thread. */
export interface PoolJob {
  readonly pipe: string
  readonly fingerprint: string
  readonly items: readonly SourceRecord[]
  /** How many stages the pipe has. */
  readonly stages: number
  readonly indexes: readonly { readonly dataset: string; readonly index: JoinIndex }[]
  readonly store: IndexedStore
  readonly tracking: Tracking
  readonly joined: { rows: number; most: number }
  readonly signal: AbortSignal
  readonly here: (items: readonly SourceRecord[]) => Promise<readonly ProcessResult[]>
}
