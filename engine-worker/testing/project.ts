/** Runs the tests of an open project: its outputs against `expected/`, as Sesam's client compares them. */

import { datasetWritten } from '../config/project/facts.ts'
import { contentText, type FileContent, type FileContents } from '../config/project/read.ts'
import type { OpenPipe } from '../connectors/open.ts'
import { charsetIn } from '../entity/charset.ts'
import { Fault, locate, type Problem, problem } from '../problem.ts'
import { type Check, checkName, checksFile, readChecks, runChecks } from './checks.ts'
import { actualForm, type Difference, outputDifferences, readExpected, sameXml, sortedByFields } from './compare.ts'
import type { CoverageReport } from './coverage.ts'
import { type OpenProject, outputOf, publishedStage, roleOf, runInternal } from './outputs.ts'
import { readTestSpec, specFiles, type TestSpec } from './spec.ts'

const noSpec = problem<{ pipe: string }>({
  code: 'pipe-without-test',
  severity: 'error',
  says: ({ pipe }) => `No test refers to the output pipe ${pipe}.`,
  fix: ({ pipe }) => `Add expected/${pipe}.test.json and expected/${pipe}.json, or leave the pipe out by a whitelist.`,
})
const notTestable = problem<{ test: string; pipe: string }>({
  code: 'test-of-unknown-pipe',
  severity: 'error',
  says: ({ test, pipe }) => `The test ${test} refers to ${pipe}, which is not a valid output pipe of the project.`,
})
const noExpected = problem<{ test: string; file: string }>({
  code: 'expected-missing',
  severity: 'error',
  says: ({ test, file }) => `The test ${test} compares with ${file}, which does not exist.`,
})
const ignoredExpected = problem<{ test: string; file: string }>({
  code: 'expected-of-ignored-test',
  severity: 'warning',
  says: ({ test, file }) => `The test ${test} is ignored, although ${file} exists.`,
})
const cannotPublish = problem<{ pipe: string; endpoint: string }>({
  code: 'endpoint-not-published',
  severity: 'error',
  says: ({ pipe, endpoint }) => `The pipe ${pipe} does not publish ${endpoint}.`,
})
const pipeFailed = problem<{ pipe: string }>({
  code: 'tested-pipe-failed',
  severity: 'error',
  says: ({ pipe }) => `The pipe ${pipe} failed, so the tests ran on what it had written until then.`,
})
const noTests = problem<Record<string, never>>({
  code: 'no-tests',
  severity: 'warning',
  says: () => 'The project has no tests.',
})

/** One row of the result. */
export interface TestRow {
  readonly name: string
  readonly pipe: string
  readonly status: 'passed' | 'failed' | 'ignored'
  readonly differences: readonly Difference[]
}

/** Problems that make the test fail even when every row passes. */
export const failingProblemCodes = new Set([noSpec.code, notTestable.code, noExpected.code, pipeFailed.code])

/** What a test of a project gives. */
interface TestResult {
  readonly rows: readonly TestRow[]
  readonly problems: readonly Problem[]
  readonly coverage: CoverageReport | null
}

/** Runs all tests of an open project. */
export async function testProject(open: OpenProject): Promise<TestResult> {
  const problems: Problem[] = [...open.problems]
  const specs = readSpecs(open, problems)
  const rows: TestRow[] = []
  const result = await runInternal(open)
  for (const { pipe, state, problems: found } of result.pipes) {
    problems.push(...found)
    if (state === 'failed') problems.push(pipeFailed({ pipe }, { pipe }))
  }
  const testable = testablePipes(open)
  const checks = readProjectChecks(open, problems)
  if (specs.length === 0 && checks.length === 0) problems.push(noTests({}))
  else if (specs.length > 0) {
    const named = new Set(specs.map(({ pipe }) => pipe))
    for (const pipe of testable.keys()) if (!named.has(pipe)) problems.push(noSpec({ pipe }, { pipe }))
  }
  for (const spec of specs) rows.push(await rowOf(spec, testable.get(spec.pipe), open, problems))
  rows.push(...(await checkRows(open, checks)))
  const coverage = open.coverage?.covered(open.pipes) ?? null
  return { rows, problems: withoutRepetitions(problems), coverage }
}

/** The pipes whose output is compared: those to the outside that are valid, by `_id`. */
export function testablePipes({ pipes }: OpenProject): ReadonlyMap<string, OpenPipe> {
  const testable = new Map<string, OpenPipe>()
  for (const pipe of pipes) {
    const role = roleOf(pipe)
    const invalid = pipe.runnable.needs?.severity === 'error'
    if ((role === 'output' || role === 'endpoint') && !invalid) testable.set(pipe.effective.id, pipe)
  }
  return testable
}

/** The tests of the project; what keeps one from being read becomes a problem. */
export function readSpecs({ files }: Pick<OpenProject, 'files'>, problems: Problem[]): TestSpec[] {
  return specFiles(files).flatMap((path) => {
    return withoutFault(path, problems, () => [readTestSpec(path, contentText(files[path] ?? '', path))]) ?? []
  })
}

/**
 * What keeps the tests of a project, the outputs that they expect and its checks from being read. Files that are not UTF-8
 * are a problem of the project already.
 */
export function testFileProblems(all: FileContents): Problem[] {
  const problems: Problem[] = []
  const files = Object.fromEntries(Object.entries(all).filter(([, content]) => typeof content === 'string'))
  for (const { file, endpoint } of readSpecs({ files }, problems)) {
    const content = files[file]
    if (content === undefined || (endpoint !== 'json' && endpoint !== 'excel')) continue
    withoutFault(file, problems, () => readExpected(contentText(content, file), file))
  }
  withoutFault(checksFile, problems, () => readProjectChecks({ files }, problems))
  return withoutRepetitions(problems)
}

/** What a file is read as; a Fault becomes a problem of that file. */
function withoutFault<T>(file: string, problems: Problem[], read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    problems.push(locate(error.problem, { file }))
    return null
  }
}

/** The checks of data (checks.ts). */
function readProjectChecks({ files }: Pick<OpenProject, 'files'>, problems: Problem[]): readonly Check[] {
  const content = files[checksFile]
  if (content === undefined) return []
  const read = readChecks(contentText(content, checksFile), checksFile)
  problems.push(...read.problems)
  return read.checks
}

/** A row for each check, dataset by dataset. */
async function checkRows(open: OpenProject, checks: readonly Check[]): Promise<readonly TestRow[]> {
  const rows: TestRow[] = []
  for (const dataset of new Set(checks.map((check) => check.dataset))) {
    const here = checks.filter((check) => check.dataset === dataset)
    const found = await runChecks(open.runner.store.store, dataset, here)
    const producer = open.pipes.find(({ effective }) => datasetWritten(effective.sink) === dataset)
    for (const [at, check] of here.entries()) {
      const differences = found[at] ?? []
      const status = differences.length === 0 ? 'passed' : 'failed'
      rows.push({ name: checkName(check), pipe: producer?.effective.id ?? dataset, status, differences })
    }
  }
  return rows
}

async function rowOf(
  spec: TestSpec,
  pipe: OpenPipe | undefined,
  open: OpenProject,
  problems: Problem[],
): Promise<TestRow> {
  const { name, file } = spec
  const rowWithStatus = (status: TestRow['status'], found: readonly Difference[] = []): TestRow => ({
    name,
    pipe: spec.pipe,
    status,
    differences: found,
  })
  const expected = open.files[file]
  if (!pipe) {
    const found = notTestable({ test: name, pipe: spec.pipe }, { file: spec.path, pipe: spec.pipe })
    problems.push(found)
    return rowWithStatus('failed', [{ says: found.message }])
  }
  if (spec.ignore) {
    if (expected !== undefined) problems.push(ignoredExpected({ test: name, file }, { file: spec.path }))
    return rowWithStatus('ignored')
  }
  if (expected === undefined) {
    const found = noExpected({ test: name, file }, { file: spec.path })
    problems.push(found)
    return rowWithStatus('failed', [{ says: found.message }])
  }
  try {
    const found = await comparedRow(spec, pipe, expected, open, problems)
    return rowWithStatus(found.length === 0 ? 'passed' : 'failed', found)
  } catch (error) {
    if (error instanceof Fault) problems.push(locate(error.problem, { file: spec.path, pipe: spec.pipe }))
    else if (!(error instanceof TypeError)) throw error
    return rowWithStatus('failed', [{ says: error.message }])
  }
}

async function comparedRow(
  spec: TestSpec,
  pipe: OpenPipe,
  content: FileContent,
  open: OpenProject,
  problems: Problem[],
): Promise<readonly Difference[]> {
  const { entities, progress } = await outputOf(open, pipe, spec.stage, spec.parameters)
  problems.push(...progress.problems)
  if (progress.state === 'failed') return progress.problems.map(({ message }) => ({ says: message }))
  if (spec.endpoint === 'json' || spec.endpoint === 'excel') {
    const wanted = readExpected(contentText(content, spec.file), spec.file)
    const actual = actualForm(entities, wanted, spec.comparison)
    return outputDifferences(actual, sortedByFields(wanted, spec.comparison.sortBy))
  }
  const capture = await publishedStage(pipe, entities, spec.parameters)
  if (!capture) throw new Fault(cannotPublish({ pipe: spec.pipe, endpoint: spec.endpoint }))
  // The file holds what is published, in the character set in which it is published.
  const expected = contentText(content, spec.file, { name: charsetIn(capture.contentType), strict: true })
  const same = spec.endpoint === 'xml' ? sameXml(capture.text, expected) : capture.text === expected
  return same ? [] : textDifferences(capture.text, expected)
}

/** The first lines that differ. */
function textDifferences(actual: string, expected: string): Difference[] {
  const [is, should] = [actual.split('\n'), expected.split('\n')]
  const at = is.findIndex((line, index) => line !== should[index])
  const line = at < 0 ? is.length : at
  return [{ says: `line ${line + 1} differs`, actual: is[line] ?? null, expected: should[line] ?? null }]
}

function withoutRepetitions(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter((found) => {
    const key = `${found.code} ${JSON.stringify(found.where)} ${found.message}`
    return seen.has(key) ? false : seen.add(key) && true
  })
}
