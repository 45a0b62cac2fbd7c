/** File names for datasets and pipes: different names never share a file, and what no disk can hold is a problem. */
import { type Problem, problem } from '../problem.ts'

const notAFileName = problem<{ name: string; reason: string }>({
  code: 'name-not-a-file',
  severity: 'error',
  says: ({ name, reason }) => `${name} was not written: its name ${reason}.`,
  fix: () => 'Give it a shorter name of letters, digits, hyphens and underscores.',
})
const writtenAs = problem<{ name: string; file: string }>({
  code: 'name-written-otherwise',
  severity: 'warning',
  says: ({ name, file }) =>
    `${name} was written to ${file}: a file name cannot hold a slash, and no two may be the same.`,
})

/** Bytes of a file name that every disk takes, with room for a number and an ending. */
const MAX_NAME_LENGTH = 200

/**
 * A file for each name, as a path `folder/name` without ending. Names that can stand as they are come first, so that they
 * keep their own file; names that differ only in case get different files, because some disks take them for the same.
 */
export function outputNames(
  folder: string,
  names: readonly string[],
): { readonly paths: ReadonlyMap<string, string>; readonly problems: readonly Problem[] } {
  const paths = new Map<string, string>()
  const problems: Problem[] = []
  const taken = new Set<string>()
  const isWithoutSlash = (name: string) => !/[/\\]/.test(name)
  for (const name of [...names.filter(isWithoutSlash), ...names.filter((name) => !isWithoutSlash(name))]) {
    const reason = refusalReason(name)
    if (reason !== null) {
      problems.push(notAFileName({ name: shownName(name), reason }))
      continue
    }
    const path = unusedName(`${folder}/${name.replaceAll(/[/\\]/g, '_')}`, taken)
    paths.set(name, path)
    if (path !== `${folder}/${name}` || !isWithoutSlash(name)) problems.push(writtenAs({ name, file: path }))
  }
  return { paths, problems }
}

function unusedName(path: string, taken: Set<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : `${path}-${n}`
    const folded = candidate.normalize('NFC').toLowerCase()
    if (taken.has(folded)) continue
    taken.add(folded)
    return candidate
  }
}

function refusalReason(name: string): string | null {
  if (name === '') return 'is empty'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what no file name may hold
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'has a control character'
  if (/\p{Surrogate}/u.test(name)) return 'is no Unicode text'
  const bytes = new TextEncoder().encode(name).length
  return bytes > MAX_NAME_LENGTH ? `has ${bytes} bytes, and ${MAX_NAME_LENGTH} is the limit` : null
}

/** The name as it can be printed: short, with control characters escaped. */
function shownName(name: string): string {
  const text = JSON.stringify(name)
  return text.length > 100 ? `${text.slice(0, 80)}…"` : text
}
