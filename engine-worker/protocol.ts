/**
 * What crosses the wall between page and worker: cloneable data only. Entities cross as transit text or as windows of
 * plain rows, never as whole datasets. One progress port per run, no other callbacks.
 */

import type { KeyColumn, TableKeys } from './connectors/table-key.ts'
import type { Json } from './entity/value.ts'
import type { Problem } from './problem.ts'

export type { Field, FieldType, KindDeclaration, KindRole } from './connectors/define.ts'
export type { KeyColumn, TableKeys } from './connectors/table-key.ts'

/** The files of a project that the engine needs: configuration text by path, as on disk. */
export interface ProjectFiles {
  /** Path to text: `pipes/x.conf.json`, `systems/y.conf.json`, `node-metadata.conf.json`, `test-env.json`, … */
  readonly files: import('./connectors/read.ts').FileContents
}

/** A project to open; what was open before is closed. */
export interface OpenRequest extends ProjectFiles {
  /** Names the IndexedDB database of the project's datasets. */
  readonly project: string
  /** Variables come from `<profile>-env.json`; default `test`. */
  readonly profile?: string
  /** Values of secrets by name; never stored, never part of what is captured. */
  readonly secrets?: Readonly<Record<string, string>>
}

/** Pipes that were written, replaced or removed (null), by file path. */
export interface UpdateRequest {
  readonly files: Readonly<Record<string, import('./connectors/read.ts').FileContent | null>>
}

/** A CSV text, read as the source of the pipe reads it; without a text what was supplied for the pipe. */
export interface TableKeysRequest {
  readonly pipe: string
  readonly text?: string
}

/** What to run, under a name by which progress and cancelling refer to it. */
export interface RunRequest {
  readonly run: string
  /** Pipes to run; absent: all, in rounds, until nothing is left to do. */
  readonly pipes?: readonly string[]
  /** Start from the beginning instead of going on. */
  readonly full?: boolean
}

/** `waiting`: not begun, or its input is not populated yet; `not-runnable`: it needs what only a node or a person has. */
export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'not-runnable'

/** How one pipe of a run stands. */
export interface PipeProgress {
  readonly pipe: string
  readonly state: RunState
  readonly read: number
  readonly written: number
  readonly deleted: number
  readonly unchanged: number
  readonly filtered: number
  /** Source entities processed again because of dependencies. */
  readonly reprocessed: number
  readonly milliseconds: number
  readonly problems: readonly Problem[]
}

/** News of a run under way. */
export interface RunEvent {
  readonly run: string
  readonly round: number
  /** Those whose standing has changed since the event before; the first event has all. */
  readonly pipes: readonly PipeProgress[]
}

/** How a run ended, with every pipe that took part. */
export interface RunResult {
  readonly run: string
  readonly state: 'done' | 'failed' | 'cancelled'
  readonly rounds: number
  readonly milliseconds: number
  readonly pipes: readonly PipeProgress[]
}

/** A dataset as lists show it. */
export interface DatasetSummary {
  readonly name: string
  readonly producer: string | null
  readonly live: number
  readonly deleted: number
  readonly versions: number
  readonly lastUpdated: number
  readonly bytes: number
  /** Captured output of an outside sink, or supplied data of a source, instead of a pipe's dataset. */
  readonly role: 'dataset' | 'output' | 'supplied'
}

/** A window of rows of a dataset; the page never holds more than it shows. */
/** A condition on a property, of which one value of a list is enough. */
export interface Filter {
  /** Its name, or a path with dots. */
  readonly property: string
  readonly how: FilterHow
  /** As a person writes it; numbers and moments are compared as such. */
  readonly value: string
}

export type FilterHow = 'is' | 'is-not' | 'contains' | 'greater' | 'less' | 'present' | 'missing'

export interface RowsRequest {
  readonly dataset: string
  readonly from: number
  readonly count: number
  /** Text that must occur in the entity's JSON; what the store adds does not count. */
  readonly search?: string
  /** All of them must hold. */
  readonly filters?: readonly Filter[]
  readonly deleted?: boolean
  readonly history?: boolean
  readonly sort?: { readonly by: string; readonly descending?: boolean }
}

/** The rows of a window, and what a table needs to draw around them. */
export interface Rows {
  /** Entities as transit JSON text, in order. */
  readonly rows: readonly string[]
  readonly total: number
  /** Property names seen, most common first. */
  readonly columns: readonly string[]
}

/** A preview never writes. */
export interface PreviewRequest {
  /** The pipe as JSON text, saved or not. */
  readonly pipe: string
  /** Entities to take from the source. */
  readonly limit: number
  /** One entity to follow, by `_id`; otherwise the first. */
  readonly entity?: string
  /** Also evaluate every step and expression of the followed entity. */
  readonly trace?: boolean
  /**
   * Entities that a person pinned behind a stage, as JSON texts: they go on from there in the place of those with the
   * same `_id`, or beside them.
   */
  readonly pins?: Pins
}

/** Pinned entities by the stage that they seem to come from. */
export type Pins = Readonly<Record<string, readonly string[]>>

/** Data before or after a stage. */
export interface StagePreview {
  /** `source`, `transform` with its index, or `sink`. */
  readonly stage: string
  readonly entities: readonly string[]
  readonly total: number
  /** How many of the entities that came in the stage filtered out or discarded. */
  readonly filtered: number
  /** How many of the entities that came in were lost because the stage failed for them. */
  readonly failed: number
  readonly problems: readonly Problem[]
  /** How many of the entities are pinned. */
  readonly pinned?: number
  /**
   * For each of `entities` the number of the source entity that it was made of: its place in the list of the source
   * stage. Entities that were pinned behind a later stage are numbered from there on, in the order of their stages.
   */
  readonly origins: readonly number[]
  /** The entities that this stage stopped, by the number of their source entity. */
  readonly stopped: readonly StoppedEntity[]
}

/** How a stage stopped an entity; `empty`: it replaced the entity by its children, and there are none. */
export interface StoppedEntity {
  readonly origin: number
  readonly how: 'filtered' | 'discarded' | 'failed' | 'empty'
}

/** One side of a join: a dataset, or entities as transit text. */
export type OverlapSide = { readonly dataset: string } | { readonly entities: readonly string[] }

/** Asks how the values of two sides meet. */
export interface OverlapRequest {
  /** The pipe whose namespaces count. */
  readonly pipe: string
  readonly left: OverlapSide
  readonly right: OverlapSide
  /** Expressions about `_S` on either side; absent: the engine looks for properties whose values meet. */
  readonly pairs?: readonly (readonly [Json, Json])[]
}

/** How often a pair of expressions meets. */
export interface Overlap {
  readonly pair: readonly [Json, Json]
  /** Entities of the left side that have a match, of so many that were looked at. */
  readonly matched: number
  readonly of: number
  /** The most matches that one has. */
  readonly most: number
  /** `_id`s of entities that match. */
  readonly examples: readonly { readonly left: string; readonly right: string }[]
  /** Whether all entities of both sides were looked at. */
  readonly complete: boolean
}

/** What one traced node of the DTL evaluated to. */
export interface TracePoint {
  /** JSON path below the pipe, e.g. `transform/0/rules/default/2/2`. */
  readonly path: string
  /** Transit text of the value (cut when long), or null for a transform. */
  readonly value: string | null
  /** For a transform: the target after it, as transit text. */
  readonly target?: string
  /** How often it was evaluated; the last value is kept. */
  readonly times: number
  /** The transform filtered out or discarded the entity. */
  readonly stopped?: true
  readonly problem?: Problem
}

/** What the stages of a pipe make of example entities, step by step. */
export interface Preview {
  readonly stages: readonly StagePreview[]
  readonly trace: readonly TracePoint[]
  readonly problems: readonly Problem[]
  /**
   * Number of the followed entity, as in `origins`; null where the source has no such entity. A source that merges
   * entities follows the entity that the wanted one was merged into.
   */
  readonly followed: number | null
  readonly milliseconds: number
  /** Why the source could not give data, with what the user can do. */
  readonly notRunnable?: Problem
}

/** Facts of one pipe for the graph, derived from its configuration. */
export interface PipeFacts {
  readonly pipe: string
  readonly sourceType: string
  readonly sinkType: string
  readonly systems: readonly string[]
  /** Datasets read by the source. */
  readonly reads: readonly string[]
  /** Datasets reached by hops and lookups. */
  readonly hops: readonly string[]
  /** The dataset it writes, or null for outside sinks. */
  readonly writes: string | null
  readonly transforms: readonly string[]
  readonly composite: boolean
  readonly global: boolean
  readonly disabled: boolean
  /** Why it cannot run here without supplied data, or null. */
  readonly needs: Problem | null
}

/** A property on its way through the project. */
export interface LineageNode {
  readonly id: string
  /** Its dataset; null outside, and then `pipe` says whose source or sink it is. */
  readonly dataset: string | null
  readonly pipe: string | null
  /** Its name, or a path (`address.city`); `*` is the whole entity. */
  readonly property: string
  /** Where it stands to the one that was asked for, and how many pipes away. */
  readonly side: 'here' | 'up' | 'down'
  readonly depth: number
}

/** One property goes into another, through a pipe. */
export interface LineageEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly pipe: string
  /** `decides`: it is a condition, or the key of a join. */
  readonly how: 'copied' | 'renamed' | 'computed' | 'decides'
  /** The step that does it, from the pipe on; empty where no step is needed. */
  readonly at: readonly (string | number)[]
}

export interface Lineage {
  readonly nodes: readonly LineageNode[]
  readonly edges: readonly LineageEdge[]
  /** There is more than this. */
  readonly cut: boolean
}

/** An entity of a dataset. */
export interface EntityPlace {
  readonly dataset: string
  readonly id: string
}

/** Where an entity came from and what became of it, one pipe far. */
export interface Provenance {
  /** By the pipes that fill its dataset: the entities it was made of, and those that were joined for it. */
  readonly made: readonly {
    readonly pipe: string
    /** The pipe reads from outside, where entities have no place of their own here. */
    readonly outside: boolean
    readonly sources: readonly EntityPlace[]
    readonly joined: readonly EntityPlace[]
  }[]
  /** By the pipes that read or join its dataset. `dataset` is null for sinks outside. */
  readonly became: readonly {
    readonly pipe: string
    readonly how: 'source' | 'joined'
    readonly dataset: string | null
    readonly ids: readonly string[]
  }[]
}

/** One difference between what came out and what is expected, values as JSON text. */
export interface TestDifference {
  readonly id: string | null
  readonly says: string
  readonly expected: string | null
  readonly actual: string | null
}

/** One test of the project (`expected/<name>.test.json`) as it went just now. */
export interface TestResult {
  readonly name: string
  readonly pipe: string
  readonly status: 'passed' | 'failed' | 'ignored'
  readonly differences: readonly TestDifference[]
}

/** A file as a platform gives it (a File or Blob): read piece by piece, never as a whole. */
export interface FileOfEntities {
  readonly size: number
  stream(): ReadableStream<Uint8Array>
}

/** How far a file has been taken in. */
export interface ReceiveProgress {
  /** From 0 to 1. */
  readonly share: number
  readonly entities: number
}

/** What waits to be read, in entity versions. */
export interface PipeQueue {
  readonly source: number
  /** Changes of datasets that hops reach. */
  readonly dependencies: number
}

/** The engine as the page sees it. Every call is data in, data out. */
export interface Engine {
  /** `interrupted` names the files whose taking-in was cut short by the end of a tab; nothing of them was kept. */
  open(
    request: OpenRequest,
  ): Promise<{ readonly problems: readonly Problem[]; readonly interrupted: readonly Problem[] }>
  update(request: UpdateRequest): Promise<{ readonly problems: readonly Problem[] }>
  facts(): Promise<readonly PipeFacts[]>
  /** What each pipe has not read yet, by its `_id`. */
  queues(): Promise<Readonly<Record<string, PipeQueue>>>
  run(request: RunRequest, progress: (event: RunEvent) => void): Promise<RunResult>
  /** Runs what is due by the schedules of the pumps now; null when nothing is. To be called again and again. */
  runDue(run: string, progress: (event: RunEvent) => void): Promise<RunResult | null>
  /** Lets out, or takes back, what the tripped circuit breaker of a pipe withholds; then the pipe can run again. */
  resetBreaker(request: { readonly pipe: string; readonly how: 'commit' | 'rollback' }): Promise<void>
  /** Stops a run at the next batch boundary; what was committed stays. */
  cancel(run: string): Promise<void>
  datasets(): Promise<readonly DatasetSummary[]>
  rows(request: RowsRequest): Promise<Rows>
  preview(request: PreviewRequest): Promise<Preview>
  /** How often values of two datasets are equal, for joins and merges; pairs are suggested where none are given. */
  overlaps(request: OverlapRequest): Promise<readonly Overlap[]>
  /**
   * Expressions that give a wanted value, as it is typed, for an entity and what has been made of it so far (transit
   * texts); the smallest first.
   */
  byExample(request: {
    readonly pipe: string
    readonly source: string
    readonly target: string | null
    readonly wanted: string
  }): Promise<readonly { readonly expression: string; readonly gives: string }[]>
  /** The properties of a dataset: those in its entities, and those that rules write to it. */
  properties(dataset: string): Promise<readonly string[]>
  /** What a property of a dataset is made of, and what is made of it. */
  lineage(request: { readonly dataset: string; readonly property: string }): Promise<Lineage>
  /** Where one entity came from and what became of it. */
  provenance(place: EntityPlace): Promise<Provenance>
  /** Sets or appends the entities a source without network takes; the text is JSON, NDJSON or CSV. */
  supply(request: {
    readonly pipe: string
    readonly name: string
    readonly text: string
    readonly append?: boolean
  }): Promise<{ readonly entities: number; readonly problems: readonly Problem[] }>
  /** The columns that tell apart the rows of a CSV text, or of what was supplied for a CSV source; null without either. */
  tableKeys(request: TableKeysRequest): Promise<TableKeys | null>
  /** Gives the rows supplied for a CSV source a column that tells them apart; answers with its name. */
  addKeyColumn(request: { readonly pipe: string; readonly how: KeyColumn }): Promise<string | null>
  /** Adds entities to what has arrived at a source, as a POST to an `http_endpoint` does; the text is JSON or NDJSON. */
  push(request: {
    readonly pipe: string
    readonly text: string
    /** What the `validation_expression` of the source may look at. */
    readonly request?: Partial<import('./connectors/runtime.ts').PushRequest>
  }): Promise<{ readonly entities: number; readonly problems: readonly Problem[] }>
  /** What was supplied for sources of this project, as it was given. */
  supplied(): Promise<readonly { readonly pipe: string; readonly name: string; readonly text: string }[]>
  /**
   * Sets the entities of a source from a file of any size: NDJSON, JSON or CSV with a header. Rows that cannot be read
   * are left out and named by their line. What was there before stays until the whole file is stored, and for good when
   * that fails.
   */
  receive(
    request: { readonly pipe: string; readonly name: string; readonly file: FileOfEntities },
    progress: (progress: ReceiveProgress) => void,
  ): Promise<{ readonly entities: number; readonly problems: readonly Problem[]; readonly skipped: number }>
  versions(request: { readonly dataset: string; readonly id: string }): Promise<readonly string[]>
  /** Empties datasets (all when absent) and forgets the positions of the pipes that fill them. */
  reset(request: { readonly datasets?: readonly string[] }): Promise<void>
  /** Removes everything stored for a project. */
  destroy(project: string): Promise<void>
  /** Runs the project from the beginning in memory and compares with its expected outputs; stored data is not touched. */
  tests(): Promise<{
    readonly tests: readonly TestResult[]
    readonly problems: readonly Problem[]
    /** Which steps of the rules entities reached meanwhile. */
    readonly coverage: import('./testing/coverage.ts').Covered | null
  }>
  /**
   * What the project gives otherwise than with the files of before, run from the beginning in memory on the same input.
   * `sampled`: pipes of whose inbox only the beginning was read.
   */
  effect(
    before: import('./connectors/read.ts').FileContents,
  ): Promise<import('./testing/effect.ts').ProjectEffect & { readonly sampled: readonly string[] }>
  /**
   * What comes out now, as files under `expected/`: of tests by name, or, `missing`, with a new test for each output pipe
   * that has none. Nothing is written; stored data is not touched.
   */
  expected(of: 'missing' | readonly string[]): Promise<{
    readonly files: Readonly<Record<string, string>>
    readonly problems: readonly Problem[]
  }>
  /** The declared functions and kinds, for forms, completion and the reference. */
  catalogue(): Promise<Catalogue>
  /** Evaluates one worked example of a function and compares it with its declared result. */
  example(request: {
    readonly function: string
    readonly example: number
  }): Promise<{ readonly gives: string; readonly passes: boolean; readonly problem?: Problem }>
}

/** Declarations as data (no functions); see dtl/define.ts and pipe/define.ts. */
export interface Catalogue {
  readonly functions: readonly CataloguedFunction[]
  readonly kinds: readonly import('./connectors/define.ts').KindDeclaration[]
}

/** A declared function without its meaning, which cannot be cloned. */
export type CataloguedFunction = Omit<import('./dtl/define.ts').FunctionDeclaration, 'run' | 'compile'>
