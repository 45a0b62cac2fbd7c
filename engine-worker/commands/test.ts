/** `test DIR`: runs a project and compares what comes out with `expected/`, as Sesam's client does. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { printJson } from '../entity/json.ts'
import type { OpenPipe } from '../pipe/open.ts'
import { withoutMark } from '../pipe/read.ts'
import { Fault, locate, type Problem, problem } from '../problem.ts'
import { readArguments } from './arguments.ts'
import { actualForm, type Difference, differences, readExpected, sameXml, sorted } from './compare.ts'
import { command, UsageError } from './define.ts'
import { type OpenProject, openProject, outputOf, published, roleOf, runInternal } from './project-run.ts'
import { readSpec, type Spec, specFiles } from './spec.ts'

const noSpec = problem<{ pipe: string }>({
  code: 'pipe-without-test',
  severity: 'error',
  says: ({ pipe }) => `No test refers to the output pipe ${pipe}.`,
  fix: ({ pipe }) => `Add expected/${pipe}.test.json and expected/${pipe}.json, or leave the pipe out by a whitelist.`,
})
const notTestable = problem<{ test: string; pipe: string }>({
  code: 'test-of-unknown-pipe',
  severity: 'error',
  says: ({ test, pipe }) => `The test ${test} refers to ${pipe}, which is no valid output pipe of the project.`,
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
const noTests = problem<Record<string, never>>({
  code: 'no-tests',
  severity: 'warning',
  says: () => 'The project has no tests.',
})

/** One row of the result. */
interface TestRow {
  readonly name: string
  readonly pipe: string
  readonly status: 'passed' | 'failed' | 'ignored'
  readonly differences: readonly Difference[]
}

export const test = command({
  name: 'test',
  says: 'Runs a project and compares what comes out with its expected outputs.',
  usage: 'test DIR [--whitelist FILE] [--json]',
  run: async (args, io) => {
    const given = readArguments(args, { whitelist: 'one', json: 'flag' }, 1)
    const folder = given.positional[0] ?? ''
    const list = given.one('whitelist')
    const open = await openProject(folder, list === undefined ? undefined : whitelist(folder, list))
    const { rows, problems } = await testProject(open)
    const failed = rows.filter(({ status }) => status === 'failed').length
    const passed = rows.filter(({ status }) => status === 'passed').length
    const wrong = failed > 0 || problems.some(({ code }) => fatal.has(code))
    if (given.has('json')) {
      const printed = JSON.stringify({ tests: rows, problems, passed, failed }, (_key, value) => plain(value), 2)
      io.out(`${printed}\n`)
    } else {
      for (const found of problems) io.say(`${found.severity}: ${inWords(found)}`)
      for (const row of rows) io.out(rowText(row))
      io.out(`${passed} passed, ${failed} failed\n`)
    }
    return wrong ? 1 : 0
  },
})

/** Problems that make the test fail even when every row passes. */
const fatal = new Set([noSpec.code, notTestable.code, noExpected.code])

/** Large integers and floats as JSON numbers. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    Object.keys(value).length === 1 &&
    typeof value.value === 'number'
    ? value.value
    : value
}

/** Runs all tests of an open project. */
export async function testProject(open: OpenProject): Promise<{ rows: TestRow[]; problems: Problem[] }> {
  const problems: Problem[] = [...open.problems]
  const specs = readSpecs(open, problems)
  const rows: TestRow[] = []
  const result = await runInternal(open)
  for (const progress of result.pipes) problems.push(...progress.problems)
  const testable = new Map<string, OpenPipe>()
  for (const pipe of open.pipes) {
    const role = roleOf(pipe)
    const invalid = pipe.runnable.needs?.severity === 'error'
    if ((role === 'output' || role === 'endpoint') && !invalid) testable.set(pipe.effective.id, pipe)
  }
  if (specs.length === 0) problems.push(noTests({}))
  else {
    const named = new Set(specs.map(({ pipe }) => pipe))
    for (const pipe of testable.keys()) if (!named.has(pipe)) problems.push(noSpec({ pipe }, { pipe }))
  }
  for (const spec of specs) rows.push(await rowOf(spec, testable.get(spec.pipe), open, problems))
  return { rows, problems: withoutRepetitions(problems) }
}

function readSpecs(open: OpenProject, problems: Problem[]): Spec[] {
  return specFiles(open.files).flatMap((path) => {
    try {
      return [readSpec(path, open.files[path] ?? '')]
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      problems.push(locate(error.problem, { file: path }))
      return []
    }
  })
}

async function rowOf(spec: Spec, pipe: OpenPipe | undefined, open: OpenProject, problems: Problem[]): Promise<TestRow> {
  const { name, file } = spec
  const row = (status: TestRow['status'], found: readonly Difference[] = []): TestRow => ({
    name,
    pipe: spec.pipe,
    status,
    differences: found,
  })
  const expected = open.files[file]
  if (!pipe) {
    const found = notTestable({ test: name, pipe: spec.pipe }, { file: spec.path, pipe: spec.pipe })
    problems.push(found)
    return row('failed', [{ says: found.message }])
  }
  if (spec.ignore) {
    if (expected !== undefined) problems.push(ignoredExpected({ test: name, file }, { file: spec.path }))
    return row('ignored')
  }
  if (expected === undefined) {
    const found = noExpected({ test: name, file }, { file: spec.path })
    problems.push(found)
    return row('failed', [{ says: found.message }])
  }
  try {
    const found = await compared(spec, pipe, expected, open, problems)
    return row(found.length === 0 ? 'passed' : 'failed', found)
  } catch (error) {
    if (error instanceof Fault) problems.push(locate(error.problem, { file: spec.path, pipe: spec.pipe }))
    else if (!(error instanceof TypeError)) throw error
    return row('failed', [{ says: error.message }])
  }
}

async function compared(
  spec: Spec,
  pipe: OpenPipe,
  expected: string,
  open: OpenProject,
  problems: Problem[],
): Promise<readonly Difference[]> {
  const { entities, progress } = await outputOf(open, pipe, spec.stage, spec.parameters)
  problems.push(...progress.problems)
  if (progress.state === 'failed') return progress.problems.map(({ message }) => ({ says: message }))
  if (spec.endpoint === 'json' || spec.endpoint === 'excel') {
    const wanted = readExpected(expected, spec.file)
    const actual = actualForm(entities, wanted, spec.comparison)
    return differences(actual, sorted(wanted, spec.comparison.sortBy))
  }
  const capture = await published(pipe, entities, spec.parameters)
  if (!capture) throw new Fault(cannotPublish({ pipe: spec.pipe, endpoint: spec.endpoint }))
  const same = spec.endpoint === 'xml' ? sameXml(capture.text, withoutMark(expected)) : capture.text === expected
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

/** The configuration files that a whitelist names; it is looked for in the project first. */
function whitelist(folder: string, file: string): (path: string) => boolean {
  const path = existsSync(join(folder, file)) ? join(folder, file) : file
  if (!existsSync(path)) throw new UsageError(`there is no ${file}`)
  const lines = withoutMark(readFileSync(path, 'utf8')).split(/\r?\n/)
  const listed = new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))
  return (config) => listed.has(config)
}

/** A problem on one line, with its place. */
export function inWords({ message, fix, where }: Problem): string {
  const place = [where.file ?? where.pipe ?? where.system, where.path?.join('/'), where.entity].filter((part) => part)
  return `${place.length > 0 ? `${place.join(' ')}: ` : ''}${message}${fix ? ` ${fix}` : ''}`
}

function rowText({ name, status, differences: found }: TestRow): string {
  const lines = found.slice(0, 20).map((difference) => `    ${differenceText(difference)}\n`)
  const more = found.length > 20 ? `    and ${found.length - 20} more\n` : ''
  return `${status === 'passed' ? 'ok' : status} ${name}\n${lines.join('')}${more}`
}

function differenceText({ _id, says, expected, actual }: Difference): string {
  const id = _id === undefined ? '' : `${typeof _id === 'string' ? _id : printJson(_id)}: `
  const values = [
    ...(expected === undefined ? [] : [`expected ${cut(printJson(expected))}`]),
    ...(actual === undefined ? [] : [`got ${cut(printJson(actual))}`]),
  ]
  return `${id}${says}${values.length > 0 ? ` (${values.join(', ')})` : ''}`
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
