/**
 * What a source, transform or sink gets to see when it is made ready: its configuration, the systems and files of the
 * project, and what the user supplied in the place of data from outside.
 */

import { type EffectivePipe, type EffectiveSystem, effectiveSystem, type Part } from '../config/project/effective.ts'
import type { Configuration } from '../config/project/project.ts'
import type { FileContent, FileContents } from '../config/project/read.ts'
import type { CoverageRecorder } from '../dtl/compile/coverage.ts'
import type { Entity } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import type { Scratch } from '../storage/index/repeated-keys.ts'
import type { TokenStore } from './auth/tokens.ts'
import type { ResponseCache } from './response-cache.ts'
import type { OutsideSource, SinkRuntime, TransformRuntime } from './runtime.ts'
import type { Sandbox } from './sandbox/messages.ts'

/** Entities or a file given for a pipe whose real source is not reachable. */
export interface SuppliedText extends SuppliedFile {
  readonly text: string
}

/** The same as a file of the project, which need not be UTF-8. */
export interface SuppliedFile {
  /** The file's name; its ending says how to read it. */
  readonly name: string
  readonly text: FileContent
}

/** A file of any size, read piece by piece. */
export interface DataFile {
  /** Its name or path; its ending says how to read it, and problems name it. */
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** Reads it from its beginning; may be called again. Throws a Fault when it cannot be read. */
  readonly bytes: () => AsyncIterable<Uint8Array>
  /** Reads it as UTF-8 in pieces of whole lines, where that is faster than from its bytes. `strict`: a TypeError for other bytes. */
  readonly texts?: (strict: boolean) => AsyncIterable<string>
  /** A place for what does not fit into memory while it is read. */
  readonly scratch?: () => Promise<Scratch>
}

/** What the makers of parts need. */
export interface OpenContext {
  readonly pipe: EffectivePipe
  readonly project: Configuration
  /** What was supplied for a pipe, or null. */
  readonly supplied: (pipe: string) => SuppliedFile | DataFile | null
  /** Entities kept for a pipe as a dataset of their own, where they are too many for one text. */
  readonly inbox?: (pipe: string) => AsyncIterable<readonly Entity[]> | null
  /** Files of the project by path: data beside the configuration. */
  readonly files: FileContents
  /** Data files of the project, by path, that are too large for one text. */
  readonly dataFiles?: ReadonlyMap<string, DataFile>
  /** Whether requests to the outside are possible at all. */
  readonly network: boolean
  readonly secret: (name: string) => string | null
  /** The value of a secret that belongs to one system, or null; pipes that name the system see it before others. */
  readonly systemSecret?: (system: string, name: string) => string | null
  /** Runs programs of transforms; absent where none can be run. */
  readonly sandbox?: Sandbox
  /** Keeps the access tokens of systems; without it each run gets its own. */
  readonly tokens?: TokenStore
  /** Whether sinks send their requests; otherwise they are kept as outputs. */
  readonly delivers?: boolean
  /** What services have answered so far, for previews. */
  readonly responses?: ResponseCache
  /** Records which steps of a pipe's rules are reached. */
  readonly coverage?: (pipe: string) => CoverageRecorder
}

/** The system that a part names, or null. */
export function systemOf(part: Part, context: OpenContext): EffectiveSystem | null {
  const name = part.config.system
  return typeof name === 'string' ? effectiveSystem(context.project, name) : null
}

/** A part that is ready, and why it cannot run here, if it cannot. */
export interface OpenResult<T> {
  readonly runtime: T
  readonly needs: Problem | null
}

/** Makes a source ready to be read. */
export type OpenSource = (part: Part, context: OpenContext) => OpenResult<OutsideSource>

/** Makes a sink ready to be written to. */
export type OpenSink = (part: Part, context: OpenContext) => OpenResult<SinkRuntime>

/** Makes a transform ready; `stage` names it in traces and problems. */
export type OpenTransform = (part: Part, context: OpenContext, stage: string) => OpenResult<TransformRuntime>

/** A part that can always run here. */
export function here<T>(runtime: T): OpenResult<T> {
  return { runtime, needs: null }
}
