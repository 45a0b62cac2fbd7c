/**
 * What the parts of a pipe do when it runs. `pipe/` turns an effective configuration (variables substituted,
 * alternatives chosen) into a {@link RunnablePipe}; `run/` drives it over a dataset store and owns everything that has
 * to do with time: positions, tracking, deletions, commits. A part never sees the store.
 *
 * Division of work: sources that read datasets (`dataset`, `union_datasets`, `merge_datasets`, `merge`) and the dataset
 * sink are run by `run/` from their configuration, because increments rest on them; every other source, every transform
 * and every other sink brings its behaviour along.
 */

import type { EffectivePipe } from '../config/project/effective.ts'
import type { Context, JoinIndex } from '../dtl/evaluation.ts'
import type { ReadOptions } from '../entity/json.ts'
import type { Dict, Entity, Json, JsonObject, Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'
import type { ServerWait } from './retry-after.ts'

/** A pipe that is ready to run. */
export interface RunnablePipe {
  readonly id: string
  /** Its configuration in effect. `run/` reads pump and pipe properties, defaults and namespaces here. */
  readonly effective: EffectivePipe
  readonly source: DatasetsSource | OutsideSource
  /** In order: add_namespaces (when set), the transforms, remove_namespaces (when set). */
  readonly stages: readonly TransformRuntime[]
  readonly sink: DatasetSink | SinkRuntime
  readonly secret: (name: string) => string | null
  /** Replaces the values of secrets in texts that are shown or logged. */
  readonly mask: (text: string) => string
  /** Why it cannot run here (a database, no supplied data, an error in its configuration), or null. */
  readonly needs: Problem | null
}

/** A source that `run/` reads from the store; `config` is its effective configuration with one of the four types. */
export interface DatasetsSource {
  readonly reads: 'datasets'
  readonly config: JsonObject
  /** Names of the datasets read, aliases removed. */
  readonly datasets: readonly string[]
  /**
   * Compiles an expression over one entity to a join index: merge equalities (`a.x` with its alias) and the left side
   * of `subset` (`_S.x`).
   */
  readonly index: (expression: Json, alias: string) => JoinIndex
  /** Compiles an expression without a source entity (completeness: {"expression": …}). */
  readonly expression: (expression: Json) => (context: Context) => Value
}

/** A source that reads something else. */
export interface OutsideSource {
  readonly reads: 'outside'
  readonly config: JsonObject
  /** How positions are kept (configuration-sources.rst, continuation support); null when every read is a full one. */
  readonly since: 'chronological' | 'max' | null
  /** Whether a read without since gives everything there is, so that what is missing has been deleted. */
  readonly whole: boolean
  /** Why a request that pushes entities is refused, or null; absent where every one is accepted. */
  readonly refusal?: (request: PushRequest, access: PushAccess) => Promise<Problem | null>
  /** How the numbers of entities that are supplied as JSON are read, where the source has a rule for it. */
  readonly number?: ReadOptions['number']
  /** `retry_strategy` of its system. */
  readonly retryStrategy?: JsonObject
  /**
   * Entities in batches, in the source's order. With `since` only those changed after it. `limit` is a wish of previews.
   * Entities carry their position in `_updated` where the source supports since. Throws Faults.
   */
  read(request: ReadRequest, running: RunContext): AsyncIterable<readonly Entity[]>
  /** What was noticed while the source was last read, without failing. */
  warnings?(): readonly Problem[]
}

/** A request that pushes entities to an endpoint, as far as the source may look at it. */
export interface PushRequest {
  readonly url: string
  readonly params: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** The text that is pushed, for signatures. */
  readonly body: string
}

/** What a check of a request may use: the clock, and the network for the keys of tokens. */
export interface PushAccess {
  readonly environment: Environment
  readonly fetch: typeof globalThis.fetch | null
}

interface ReadRequest {
  /** The position, or null for a full read. */
  readonly since: Value
  readonly limit?: number
  /** How many entities of a file a batch should have; the source's own size where it is absent. */
  readonly batch?: number
}

/** One stage of the chain: a function from an entity to what comes of it. */
export interface TransformRuntime {
  /** As previews name it: `transform/0`, `add_namespaces`, `remove_namespaces`. */
  readonly stage: string
  /** The transform's `type`. */
  readonly type: string
  /** JSON path of its configuration in the original pipe. */
  readonly path: readonly (string | number)[]
  /**
   * Whether the entity that goes on in the place of an input always has the input's `_id` (`kept`), an `_id` that
   * follows from the input's `_id` alone (the function), or possibly any (`any`). Be careful to say `any` when unsure.
   */
  readonly ids: 'kept' | 'any' | ((id: string) => string)
  /** Whether it may put out further entities (create, emit_children, http transforms with other cardinality). */
  readonly creates: boolean
  /** Whether `$children` may come from `create-child` here; the sink's track_children is inferred from it. */
  readonly createsChildren: boolean
  /** Datasets it looks up, tracked or not. */
  readonly hops: readonly { readonly dataset: string; readonly tracked: boolean }[]
  /**
   * The join indexes its hops use. Needed to find the source entities of a changed entity without evaluating a rule
   * first; an index that is not listed makes every change of its dataset count for every source entity that used it.
   */
  readonly indexes: readonly { readonly dataset: string; readonly index: JoinIndex }[]
  /** Whether a full run fails when nothing comes out of it (`if_transform_empty`). */
  readonly failIfEmpty?: boolean
  /** Whether `Context.previous` is used (is-changed). */
  readonly usesPrevious: boolean
  /** Whether its rules may trip the circuit breaker of the sink dataset. */
  readonly trips?: boolean
  /**
   * Transforms a batch; one {@link StageOutcome} per input, in order. Before work on input `i` starts (again, after a
   * suspension too) it calls `running.at(i)`, so that look-ups are recorded for the right source entity. A problem with
   * one entity is returned in its Derived; a problem that concerns the batch as a whole is thrown as a Fault.
   */
  transform(batch: readonly Entity[], running: RunContext): Promise<readonly StageOutcome[]>
}

/** What became of one entity in one stage. */
export interface StageOutcome {
  /** The entity that goes on in the place of the input; null when it was discarded, or is replaced by `created`. */
  readonly main: Entity | null
  /** The rule's `filter` stopped it: `main` is what there was of it, only its `_id` counts. */
  readonly filtered?: boolean
  /** The rule discarded it: nothing is said about earlier output. */
  readonly discarded?: boolean
  /** Further entities, in order of their creation. */
  readonly created?: readonly Entity[]
  /** It could not be transformed; the run decides (fail, retry, dead letter). */
  readonly problem?: Problem
}

/** What a run hands to the parts. */
export interface RunContext {
  readonly pipe: string
  readonly environment: Environment
  /** For DTL. Its `datasets` records look-ups for the input named by `at`; `previous` follows too. */
  readonly context: Context
  /** Says which input of the batch is worked on. */
  at(index: number): void
  /** When the access tokens that were got for systems expire (ISO 8601), by system; for the execution log. */
  readonly tokens?: Map<string, string>
  /** Waits that servers have asked for (`Retry-After`), by host; for the execution log. */
  readonly waits?: Map<string, ServerWait>
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal
  /** Lets other work of this thread happen when a few milliseconds have passed; throws when cancelled. */
  pause(): Promise<void>
  /** Requests to the outside, or null where none are possible. */
  readonly fetch: typeof globalThis.fetch | null
}

/** The dataset sink, run by `run/` (configuration-sinks-dataset.rst). */
export interface DatasetSink {
  readonly writes: 'dataset'
  readonly config: JsonObject
  readonly dataset: string
}

/** A sink to the outside: it makes exactly the payload that it would send, and the run keeps it. */
export interface SinkRuntime {
  readonly writes: 'outside'
  readonly config: JsonObject
  /** Entities per call; the pipe's `batch_size` by default. */
  readonly batchSize: number
  /** Payloads for one batch. Filtered entities never arrive here. Throws Faults (a write error). */
  send(batch: readonly Entity[], running: RunContext): Promise<readonly CapturedOutput[]>
  /** Sends one of them, where the platform lets sinks send; gives it marked as sent. Throws Faults. */
  deliver?(captured: CapturedOutput, running: RunContext): Promise<CapturedOutput>
  /** What goes out before anything else when a run begins from the beginning: a table made, an index emptied. */
  prepare?(): readonly CapturedOutput[]
  /**
   * Sinks that publish what there is (csv_endpoint, xml_endpoint, http_endpoint): the whole as one payload. As a request
   * for it would, a run reads everything again as soon as anything has changed.
   */
  publish?(entities: AsyncIterable<readonly Entity[]>, parameters: Dict): Promise<CapturedOutput>
  /** The same payload in pieces, for output that is too large for one text; there wherever `publish` is. */
  publication?(): Publication
}

/** A payload that is written while the entities come: the beginning, a piece for each batch, the end. */
export interface Publication {
  /** What {@link SinkRuntime.publish} gives, its text apart. */
  readonly head: Omit<CapturedOutput, 'text'>
  readonly begin: string
  /** Throws a Fault when an entity cannot be written. */
  batch(entities: readonly Entity[]): string
  readonly end: string
}

/** What an outside sink would have sent. */
export interface CapturedOutput {
  /** How to read it: a request, a statement, a message, or the text of a file. */
  readonly kind: 'request' | 'statement' | 'message' | 'file'
  readonly text: string
  /** With its character set, where the text has to be written in another one than UTF-8. */
  readonly contentType: string
  readonly method?: string
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A name to download it by. */
  readonly file?: string
  /** It was sent, so that it need not be kept. */
  readonly sent?: true
}
