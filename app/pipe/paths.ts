/** Paths of expressions as texts: what is one, and the property that it ends in. */
import { parsePath } from '../../engine-worker/index.ts'

/** Whether a text is a path: it begins with a variable, or with one of the aliases that hops and merges have given. */
export function isPath(text: string, aliases: readonly string[]): boolean {
  return parsePath(text, (name) => (aliases.includes(name) ? 0 : undefined)) !== null
}

/** The name of the property that a path ends in, without quotes and namespace; empty where it names none. */
export function propertyOf(path: string): string {
  const parsed = parsePath(path, () => 0)
  const name = parsed === null || parsed === 'malformed' ? '' : (parsed.segments.at(-1) ?? '')
  return name.slice(name.lastIndexOf(':') + 1)
}
