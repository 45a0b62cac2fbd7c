/**
 * What is thrown where nobody catches it, as in a listener: it would end the process, and with it every configuration that
 * is served. It is told instead. The server goes on as one that is not well, so that who watches it starts it anew.
 */
import process from 'node:process'

/** Tells such errors, with their place, until what is given is called. */
export function guardProcess(broken: (words: string) => void): () => void {
  const caught = (error: unknown) => broken(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.on('uncaughtException', caught)
  process.on('unhandledRejection', caught)
  return () => {
    process.off('uncaughtException', caught)
    process.off('unhandledRejection', caught)
  }
}
