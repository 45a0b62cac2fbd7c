/**
 * Files of a project beside its configuration: variables, expected outputs, test data, recorded answers. They are UTF-8
 * as the configuration is, and test data belongs to a pipe; what is otherwise is a problem, never taken as absent.
 */
import { nearest } from '../../dtl/nearest.ts'
import { type Problem, problem } from '../../problem.ts'
import type { FileContent, FileContents } from './read.ts'

/** The file with the explicit schema models of a project (schema-models.ts). */
export const schemaModelsFile = 'schema-models.json'

/** The file of a manifest in a folder of `microservices/` (config/microservices/manifest.ts). */
export const microserviceFile = 'microservice.json'

/** Whether a file is the manifest of a microservice. */
export function isManifestPath(path: string): boolean {
  return /^microservices\/[^/]+\/[^/]+$/.test(path) && path.endsWith(`/${microserviceFile}`)
}

export const notUtf8 = problem<{ file: string }>({
  code: 'file-not-utf8',
  severity: 'error',
  says: ({ file }) => `${file} is not UTF-8 text.`,
  fix: () => 'Save the file as UTF-8; until then it is kept as it is and is not used in runs.',
})
const unknownPipe = problem<{ pipe: string; suggestion: string }>({
  code: 'testdata-of-unknown-pipe',
  severity: 'warning',
  says: ({ pipe }) => `This test data belongs to no pipe: there is no pipe ${pipe}.`,
  fix: ({ suggestion }) =>
    suggestion === '' ? 'Name the file after the _id of the pipe.' : `Did you mean ${suggestion}?`,
})
const testDataTwice = problem<{ pipe: string; other: string }>({
  code: 'testdata-twice',
  severity: 'warning',
  says: ({ pipe, other }) => `There is other test data for ${pipe}, in ${other}; this file is not read.`,
  fix: () => 'Put the entities into one file.',
})

/** Test data of one pipe, or the answers recorded for it. */
export interface TestData {
  readonly file: string
  readonly content: FileContent
}

/** Names that end so hold recorded answers of services instead of entities. */
const RESPONSE_FILE = /\.(?:answers|har)$/

/**
 * Whether a file is read by the project itself and not by a source: those are UTF-8. Data files, and CSV anywhere, are in
 * the character set that their source or sink declares.
 */
export function isOwnText(path: string): boolean {
  return /^([^/]+-env\.json|\.jinja_vars|expected\/.+\.(json|xml)|testdata\/.+\.(json|ndjson|har))$/.test(path)
}

/** A problem for each file of the project's own, and each of its configuration, that is not UTF-8. */
export function encodingProblems(files: FileContents, isConfiguration: (path: string) => boolean): Problem[] {
  return Object.entries(files).flatMap(([file, content]) =>
    typeof content !== 'string' && (isOwnText(file) || isConfiguration(file)) ? [notUtf8({ file }, { file })] : [],
  )
}

/** `testdata/<pipe id>.json`, at any depth: the last file for each name. */
export function testDataOf(files: FileContents): Map<string, TestData> {
  const found = new Map<string, TestData>()
  for (const [file, content] of Object.entries(files)) {
    const name = nameOf(file)
    if (name !== null) found.set(name, { file, content })
  }
  return found
}

/** Test data that nothing reads: of pipes that are not there, and a second file for the same pipe. */
export function testDataProblems(files: FileContents, pipes: Iterable<string>): Problem[] {
  const known = new Set(pipes)
  const read = testDataOf(files)
  return Object.keys(files).flatMap((file) => {
    const name = nameOf(file)
    if (name === null) return []
    const pipe = pipeOfTestData(file) ?? name
    const other = read.get(name)?.file ?? file
    if (!known.has(pipe)) return [unknownPipe({ pipe, suggestion: nearest(pipe, known) ?? '' }, { file })]
    return other === file ? [] : [testDataTwice({ pipe, other }, { file, pipe })]
  })
}

/** The pipe whose test data or recorded answers a file holds; null for other files. */
export function pipeOfTestData(file: string): string | null {
  const name = nameOf(file)
  return name?.replace(RESPONSE_FILE, '') ?? null
}

function nameOf(file: string): string | null {
  const [, name, ending] = /^testdata\/(?:.*\/)?([^/]+)\.(json|ndjson|csv|har)$/.exec(file) ?? []
  return name === undefined ? null : ending === 'har' ? `${name}.har` : name
}
