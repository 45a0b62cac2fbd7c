/** `test DIR`: runs a project and compares what comes out with `expected/`, as Sesam's client does. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { duplicateId } from '../../config/project/project.ts'
import { printJson } from '../../entity/json.ts'
import { Float } from '../../entity/value.ts'
import type { Problem } from '../../problem.ts'
import { entityWithoutId } from '../../storage/write.ts'
import type { Difference } from '../../testing/compare.ts'
import { CoverageOfPipes, type CoverageReport } from '../../testing/coverage.ts'
import { failingProblemCodes, type TestRow, testProject } from '../../testing/project.ts'
import { withPositions } from '../../text/positions.ts'
import { readBytes } from '../files.ts'
import { printable, problemText } from '../problem-text.ts'
import { command, jsonOption, profileOption } from './define.ts'
import { openProject } from './project-run.ts'

export const testCommand = command({
  name: 'test',
  says: 'Runs a project and compares what comes out with its expected outputs.',
  argument: 'DIR',
  options: {
    whitelist: { value: 'FILE', says: 'Uses only the configuration files that this file lists.' },
    coverage: { says: 'Lists the steps of rules that no entity reaches.' },
    profile: profileOption,
    json: jsonOption,
  },
  run: async (given, io) => {
    const folder = given.argument
    const list = given.one('whitelist')
    const keep = list === undefined ? undefined : await whitelist(folder, list)
    const coverageOfPipes = given.has('coverage') ? new CoverageOfPipes() : undefined
    const open = await openProject(folder, { keep, coverage: coverageOfPipes, profile: given.one('profile') })
    const result = await testProject(open)
    const { rows, coverage } = result
    const problems = withPositions(result.problems, open.project, open.files)
    const failed = rows.filter(({ status }) => status === 'failed').length
    const passed = rows.filter(({ status }) => status === 'passed').length
    const wrong = failed > 0 || problems.some(isFatal)
    if (given.has('json')) {
      const printed = JSON.stringify(
        { tests: rows, problems, ...(coverage ? { coverage } : {}), passed, failed },
        (_key, value) => plainValue(value),
        2,
      )
      io.out(`${printed}\n`)
    } else {
      for (const found of problems) io.say(`${found.severity}: ${problemText(found)}`)
      for (const row of rows) io.out(rowText(row))
      if (coverage) io.out(coverageText(coverage))
      io.out(`${passed} passed, ${failed} failed\n`)
    }
    return wrong ? 1 : 0
  },
})

/** Large integers and floats as JSON numbers. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Float ? value.value : value
}

/** Components of the same name stop the client's upload, and Sesam's dataset sinks fail on entities without an `_id`. */
const fatalCodes: ReadonlySet<string> = new Set([...failingProblemCodes, duplicateId.code, entityWithoutId.code])

/** Whether a problem fails the test whatever the rows say: files that cannot be read stop the client's upload. */
function isFatal({ code, severity, where }: Problem): boolean {
  return fatalCodes.has(code) || (severity === 'error' && where.pipe === undefined)
}

/** The configuration files that a whitelist names; it is looked for in the project first. */
async function whitelist(folder: string, file: string): Promise<(path: string) => boolean> {
  const path = existsSync(join(folder, file)) ? join(folder, file) : file
  const lines = new TextDecoder().decode(await readBytes(path)).split(/\r?\n/)
  const listed = new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))
  return (config) => listed.has(config)
}

function coverageText({ steps, reached, missed }: CoverageReport): string {
  return `${missed.map((each) => `    ${problemText(each)}\n`).join('')}${reached} of ${steps} steps reached\n`
}

function rowText({ name, status, differences: found }: TestRow): string {
  const lines = found.slice(0, 20).map((difference) => `    ${differenceText(difference)}\n`)
  const more = found.length > 20 ? `    and ${found.length - 20} more\n` : ''
  return `${status === 'passed' ? 'ok' : status} ${printable(name)}\n${lines.join('')}${more}`
}

function differenceText({ _id, says, expected, actual }: Difference): string {
  const id = _id === undefined ? '' : `${typeof _id === 'string' ? _id : printJson(_id)}: `
  const values = [
    ...(expected === undefined ? [] : [`expected ${shortened(printJson(expected))}`]),
    ...(actual === undefined ? [] : [`got ${shortened(printJson(actual))}`]),
  ]
  return printable(`${id}${says}${values.length > 0 ? ` (${values.join(', ')})` : ''}`)
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
