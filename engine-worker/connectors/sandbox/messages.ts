/** What a sandbox is asked and answers: plain data, which crosses to a thread of its own. */

/** The most bytes that a WebAssembly module may have. */
export const LARGEST_MODULE = 10_000_000

/** A program and the entities to call it with, each as JSON. */
export interface SandboxRequest {
  readonly id: number
  readonly language: 'javascript' | 'wasm'
  /** The program; of WebAssembly, a module in base64. */
  readonly code: string
  readonly inputs: readonly string[]
  /** Milliseconds for one entity, and bytes for everything that the program holds. */
  readonly milliseconds: number
  readonly bytes: number
}

/** Why a program gave nothing: its own error, or a budget that it used up. */
export interface SandboxFailure {
  readonly why: 'code' | 'error' | 'time' | 'memory' | 'stack'
  readonly message: string
  /** In the code, from 1; absent where that is not known. */
  readonly line?: number
}

/** What became of one entity: JSON, or a failure. */
export type SandboxOutcome = { readonly text: string } | { readonly failure: SandboxFailure }

/**
 * The answers of a sandbox to a request come one by one; the first says that the program begins. Id 0 is no request: the
 * thread listens from then on.
 */
export type SandboxReply =
  | { readonly is: 'ready'; readonly id: number }
  | { readonly is: 'outcome'; readonly id: number; readonly outcome: SandboxOutcome }

/** Runs programs where they reach nothing. */
export interface Sandbox {
  /** One outcome for each input, in order. */
  readonly run: (request: Omit<SandboxRequest, 'id'>) => Promise<readonly SandboxOutcome[]>
}

/** A thread that a sandbox runs in. */
export interface SandboxPort {
  readonly post: (request: SandboxRequest) => void
  readonly listen: (reply: (message: SandboxReply) => void, ended: (reason: string) => void) => void
  /** Ends it, whatever it is doing. */
  readonly end: () => void
}
