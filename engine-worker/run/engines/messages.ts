/** What the engine that commits and the engines that transform say to each other: plain data, over threads or workers. */
import type { ProjectOptions } from '../../config/project/project.ts'
import type { FileContents } from '../../config/project/read.ts'
import type { Problem } from '../../problem.ts'
import type { Output } from '../chain.ts'
import type { RecordedLookups } from '../context.ts'
import type { SourceRecord } from '../sources/item.ts'

/** How an entity left the chain: origin, stage, text (null where there is none) and state. */
export type OutputText = readonly [origin: string, stage: number, text: string | null, state: Output['state']]

/** What became of one source entity; look-ups name their slot in {@link ChunkDone.slots}. */
interface ResultText {
  readonly outputs: readonly OutputText[]
  readonly lookups: RecordedLookups
  readonly problem: Problem | null
}

/** A look-up in another dataset: by the key of an index, or by `_id` where the index is null. */
export type Address = readonly [dataset: string, index: string | null, key: string]

/** What an engine is asked. */
export type TransformRequest =
  | { readonly ask: 'open'; readonly version: number; readonly files: FileContents; readonly options: ProjectOptions }
  | ChunkRequest
  /** The entities at the addresses that were wanted, as texts. */
  | { readonly ask: 'found'; readonly want: number; readonly lists: readonly (readonly string[])[] }
  | { readonly ask: 'end' }

/** Some entities of a batch. What one batch has looked up is kept for its next chunk. */
export interface ChunkRequest {
  readonly ask: 'transform'
  readonly chunk: number
  readonly version: number
  readonly batch: number
  readonly pipe: string
  /** The fingerprint of the pipe's settings; an engine with another one refuses the chunk. */
  readonly fingerprint: string
  /** The entities, as `printSent` writes them. */
  readonly entities: string
  /** Which of them are gone, by their places. */
  readonly gone: readonly (readonly [at: number, gone: SourceRecord['gone']])[]
}

/** What an engine answers. `refused`: the chunk has to be transformed where the data is. */
export type TransformReply =
  | { readonly is: 'ready' }
  | { readonly is: 'wants'; readonly want: number; readonly chunk: number; readonly addresses: readonly Address[] }
  | ChunkDone
  | { readonly is: 'refused'; readonly chunk: number }

export interface ChunkDone {
  readonly is: 'done'
  readonly chunk: number
  /** For each entity; null: one entity came out, which is the next of `entities`, and nothing else is to be said. */
  readonly results: readonly (ResultText | null)[]
  readonly entities: string
  /** Datasets and indexes by the numbers that look-ups name. */
  readonly slots: readonly (readonly [dataset: string, index: string | null])[]
  readonly joined: { readonly rows: number; readonly most: number }
  /** Milliseconds of work. */
  readonly busy: number
}

/** One engine as the committing one sees it. */
export interface EnginePort {
  readonly post: (request: TransformRequest) => void
  /** Called once: `ended` when the engine is gone, with whatever it was working on. */
  readonly listen: (reply: (reply: TransformReply) => void, ended: () => void) => void
  readonly close: () => void
}
