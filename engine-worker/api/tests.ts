/** The project's tests for the page: everything runs from the beginning in a store of its own. */

import type { Configuration } from '../config/project/project.ts'
import type { FileContents } from '../config/project/read.ts'
import type { SuppliedText } from '../connectors/open-context.ts'
import { printJson } from '../entity/json.ts'
import type { Entity, Json } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'
import { Session } from '../run/session.ts'
import { memoryStore } from '../storage/memory.ts'
import { CoverageOfPipes, type CoverageReport } from '../testing/coverage.ts'
import { type OpenProject, openProjectOf } from '../testing/outputs.ts'
import { testProject } from '../testing/project.ts'
import { formatPart } from '../text/format.ts'
import { capability } from './capability.ts'
import { suppliedTexts } from './supplied-texts.ts'

/** One difference between what came out and what is expected, values as JSON text. */
interface TestDifference {
  readonly id: string | null
  readonly says: string
  readonly expected: string | null
  readonly actual: string | null
}

/** One test of the project (`expected/<name>.test.json`) as it went just now. */
export interface TestResult {
  readonly name: string
  readonly pipe: string
  readonly status: 'passed' | 'failed' | 'ignored'
  readonly differences: readonly TestDifference[]
}

/** All tests of the project as they went. */
interface TestReport {
  readonly tests: readonly TestResult[]
  readonly problems: readonly Problem[]
  /** Which steps of the rules entities reached meanwhile. */
  readonly coverage: CoverageReport | null
}

/** Runs the project from the beginning in memory and compares with its expected outputs; stored data is not touched. */
export const tests = capability('tests', 'draft', async (_: null, { host }): Promise<TestReport> => {
  const { session, store } = host.current()
  const { environment } = host.platform
  const given = await suppliedTexts(store)
  const open = openInMemory(session.project, session.contents, { given, environment, coverage: new CoverageOfPipes() })
  const { rows, problems, coverage } = await testProject(open)
  const results = rows.map(({ name, pipe, status, differences }) => ({
    name,
    pipe,
    status,
    differences: differences.map(({ _id, says, expected, actual }) => ({
      id: _id === undefined ? null : typeof _id === 'string' ? _id : printJson(_id),
      says,
      expected: textOf(expected),
      actual: textOf(actual),
    })),
  }))
  return { tests: results, problems, coverage }
})

/** What a project in memory reads besides its files. */
export interface InMemory {
  readonly given: ReadonlyMap<string, SuppliedText>
  readonly environment: Environment
  /** The clock of the store, where it has one of its own. */
  readonly storeEnvironment?: Environment
  readonly inbox?: (pipe: string) => AsyncIterable<readonly Entity[]> | null
  readonly coverage?: CoverageOfPipes
}

/** A project ready to run from the beginning in a store of its own, without a network. */
export function openInMemory(
  project: Configuration,
  files: FileContents,
  { given, environment, storeEnvironment = environment, inbox, coverage }: InMemory,
): OpenProject {
  const session = new Session({
    store: memoryStore(storeEnvironment),
    environment,
    inputs: {
      supplied: (pipe) => given.get(pipe) ?? null,
      ...(inbox ? { inbox } : {}),
      ...(coverage ? { coverage: coverage.of } : {}),
    },
  })
  session.openLoaded(project, files)
  return openProjectOf(session, { coverage })
}

function textOf(json: Json | undefined): string | null {
  return json === undefined ? null : formatPart(json)
}
