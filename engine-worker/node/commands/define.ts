/**
 * How a command of the command line is declared; cli.ts finds it by name and derives the help from it. Commands and
 * cli.ts are the only places of the engine that may use Node.
 */

/** Where a command writes: machine output and words apart, so that output can be piped. */
export interface Io {
  /** Standard output, as given: add the newline. */
  readonly out: (text: string) => void
  /** Standard error, one line. */
  readonly say: (words: string) => void
}

/** Exit codes: fine, the project failed, wrong usage. */
export type ExitCode = 0 | 1 | 2

/** One command; the help is made of its words. */
export interface Command {
  readonly name: string
  /** One plain sentence. */
  readonly says: string
  /** Arguments as in `format DIR [--check]`. */
  readonly usage: string
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>
}

/** Declares a command. */
export function command(declaration: Command): Command {
  return declaration
}

/** Thrown by a command when its arguments make no sense: the words and the usage are shown, the exit code is 2. */
export class UsageError extends Error {}
