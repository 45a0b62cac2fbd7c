/** Errors of the operating system (no such file, no permission, disk full) as one sentence, with the exit code. */
import type { ExitCode } from './commands/define.ts'

/** What is wrong with the path, by the code of the error; exit code 2 where another path would do. */
const sentences: Readonly<Record<string, readonly [(path: string) => string, ExitCode]>> = {
  ENOENT: [(path) => `There is no ${path}.`, 2],
  ENOTDIR: [(path) => `${path} is not a folder, or a part of it is a file.`, 2],
  EISDIR: [(path) => `${path} is a folder, but a file is needed.`, 2],
  EEXIST: [(path) => `${path} already exists, and it is not a folder.`, 2],
  ENOTEMPTY: [(path) => `${path} is a folder with files in it, where a file is to be written.`, 2],
  EACCES: [(path) => `There is no permission for ${path}.`, 2],
  EPERM: [(path) => `There is no permission for ${path}.`, 2],
  EROFS: [(path) => `${path} is on a disk that cannot be written to.`, 2],
  ELOOP: [(path) => `${path} leads through symbolic links in a circle.`, 2],
  ENAMETOOLONG: [(path) => `${path} is too long for a file name.`, 2],
  ERR_INVALID_ARG_VALUE: [(path) => `${path} cannot be the name of a file.`, 2],
  ENOSPC: [(path) => `The disk is full: ${path} was not written.`, 1],
  EDQUOT: [(path) => `The disk quota is used up: ${path} was not written.`, 1],
  EFBIG: [(path) => `${path} was not written: it is larger than the disk takes.`, 1],
  EMFILE: [(path) => `Too many files are open; ${path} could not be opened.`, 1],
  EADDRINUSE: [() => 'The port is in use by another program. Choose another one with --port.', 2],
  EIO: [(path) => `The disk failed at ${path}.`, 1],
}

/** One sentence and an exit code for an error of the operating system; null for any other error, which is a bug. */
export function systemError(error: unknown): { readonly sentence: string; readonly exit: ExitCode } | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  const path = pathOf(error)
  const known = Object.hasOwn(sentences, error.code) ? sentences[error.code] : undefined
  if (known) return { sentence: known[0](path), exit: known[1] }
  if (!('syscall' in error)) return null
  return { sentence: `The operating system refused ${path} (${error.code}).`, exit: 1 }
}

/** An error in one sentence, for a log. */
export function errorWords(error: unknown): string {
  return systemError(error)?.sentence ?? (error instanceof Error ? error.message : String(error))
}

/** The path that a person gave or would know: of a rename the place where the file was to go. */
function pathOf(error: Error): string {
  if ('dest' in error && typeof error.dest === 'string') return error.dest
  return 'path' in error && typeof error.path === 'string' ? shown(error.path) : 'the file'
}

function shown(path: string): string {
  return /\p{Cc}/u.test(path) ? JSON.stringify(path) : path
}
