/**
 * What crosses the wall between page and worker: cloneable data only. Entities cross as transit text or as windows of
 * plain rows, never as whole datasets. One progress port per run, no other callbacks.
 */

import type { Lineage } from './analysis/lineage.ts'
import type { Overlap, OverlapRequest } from './api/key-matches.ts'
import type { Preview, PreviewRequest } from './api/preview.ts'
import type { Provenance } from './api/provenance.ts'
import type { TestResult } from './api/tests.ts'
import type { Rows, RowsRequest } from './api/windows.ts'
import type { Catalogue } from './connectors/catalogue.ts'
import type { PipeFacts } from './connectors/facts.ts'
import type { KeyColumn, TableKeys } from './connectors/table-key.ts'
import type { Problem } from './problem.ts'
import type { RunEvent, RunRequest, RunResult } from './run/progress.ts'
import type { PipeQueue } from './run/queues.ts'
import type { EntityPlace } from './run/sources/item.ts'

/** The files of a project that the engine needs: configuration text by path, as on disk. */
interface ProjectFiles {
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

/** The engine as the page sees it. Every call is data in, data out. */
export interface Engine {
  /** `interrupted` names the files whose taking-in was cut short by the end of a tab; nothing of them was kept. */
  open(
    request: OpenRequest,
  ): Promise<{ readonly problems: readonly Problem[]; readonly interrupted: readonly Problem[] }>
  update(request: UpdateRequest): Promise<{ readonly problems: readonly Problem[] }>
  facts(): Promise<readonly PipeFacts[]>
  /** A sign of life: answered as soon as the engine gets to it. */
  ping(): Promise<void>
  /** The servers that the project's configuration names; templates, data and secrets may lead to others. */
  hosts(): Promise<readonly import('./connectors/hosts.ts').HostUse[]>
  /** From now on `decide` is asked before each request to a server; before that, none is sent. */
  permit(decide: import('./connectors/network-permission.ts').HostPermission): Promise<void>
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
