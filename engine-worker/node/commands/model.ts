/** `model …`: checks the model of a project, generates its pipes, runs its tests; imports mapping files. */
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { printJson } from '../../entity/json.ts'
import type { Model } from '../../model/model.ts'
import { writeOsi } from '../../model/osi/write.ts'
import { importOsi, type ModelReadResult, readModel } from '../../model/read.ts'
import { modelOfProject } from '../../model/read-project.ts'
import { regenerate, withFiles } from '../../model/regenerate.ts'
import { dryRun } from '../../model/test/changes.ts'
import { expectedOutputs } from '../../model/test/expected.ts'
import { changeReasons } from '../../model/test/explain.ts'
import { type ModelTestResult, testModel } from '../../model/test/test.ts'
import { modelProblems } from '../../model/validate.ts'
import { locate, type Problem } from '../../problem.ts'
import { formatPart } from '../../text/format.ts'
import { modelFile } from '../../text/project-files.ts'
import { readBytes } from '../files.ts'
import { problemText } from '../problem-text.ts'
import { command, type ExitCode, type Io, jsonOption } from './define.ts'
import { readProject } from './folder.ts'
import { machine } from './machine.ts'
import { UsageError } from './usage-error.ts'
import { writeFiles, writeProject } from './write-folder.ts'

export const modelCommand = command({
  name: 'model',
  says: 'Checks the model of a project, generates its pipes or runs its tests. "model read" makes a model of the pipes of a project, "model import" of an OSI-mapping file, "model export" prints an OSI-mapping file, "model test" runs the tests.',
  actions: ['import', 'export', 'read', 'test'],
  actionOptional: true,
  argument: 'DIR|FILE',
  options: {
    check: { says: 'Lists what is wrong with the model, and which pipes differ from what it generates.' },
    generate: { says: 'Writes the pipes, systems and node metadata of the model.' },
    'dry-run': { says: 'Shows what would be sent to each system for the records of each test, and why.' },
    test: { says: 'Runs the tests of the model through its generated pipes.' },
    out: {
      value: 'DIR',
      says: 'Writes to this folder instead of beside the model; import and read write model.json there.',
    },
    json: jsonOption,
  },
  run: async (given, io) => {
    const path = given.argument
    if (given.action === 'read') return readFromProject(path, given.one('out'), given.has('json'), io)
    const file = (await stat(path)).isDirectory() ? join(path, modelFile) : path
    const { model: read, problems: unread, place } = await readAny(file)
    const found = read === null ? [] : modelProblems(read, file)
    const problems = [...unread, ...found.map((each) => locate(each, place?.(each.where.path ?? []) ?? {}))]
    const isJson = given.has('json')
    if (read === null || problems.some(({ severity }) => severity === 'error')) return refuse(problems, isJson, io)
    if (given.action === 'test' || given.has('test')) return runTests(read, problems, isJson, io)
    if (given.action === 'export') return exportFile(read, isJson, io)
    if (given.action === 'import') return importFile(read, problems, given.one('out'), io)
    const from = file === path ? dirname(path) : path
    if (given.has('generate')) return writePipes(read, { from, to: given.one('out') ?? from }, isJson, io)
    if (given.has('dry-run')) return showChanges(read, isJson, io)
    if (!given.has('check')) throw new UsageError('One of --check, --generate, --test and --dry-run is needed.')
    return check(read, problems, from, isJson, io)
  },
})

/** The model that the pipes of a project say, and what they say besides. */
async function readFromProject(path: string, out: string | undefined, isJson: boolean, io: Io): Promise<ExitCode> {
  const { project } = await readProject(path)
  const { model: json, problems: left } = modelOfProject(project)
  const content = `${formatPart(json)}\n`
  const { model: read, problems: unread } = readModel(content, modelFile)
  const problems = [...left, ...unread, ...(read === null ? [] : modelProblems(read, modelFile))]
  if (isJson) io.out(`${printJson({ model: json, problems: JSON.parse(JSON.stringify(problems)) })}\n`)
  else {
    for (const found of problems) io.say(`${found.severity}: ${problemText(found)}`)
    if (out === undefined) io.out(content)
    else await writeFiles(out, [{ path: modelFile, content }])
  }
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

async function readAny(file: string): Promise<ModelReadResult> {
  const text = new TextDecoder().decode(await readBytes(file))
  return /\.ya?ml$/i.test(file) ? importOsi(text, file) : readModel(text, file)
}

/** Where a project is read and written. */
interface ModelPaths {
  readonly from: string
  readonly to: string
}

/** What is wrong with the model, and which pipes are not as it makes them. */
async function check(
  read: Model,
  problems: readonly Problem[],
  folder: string,
  isJson: boolean,
  io: Io,
): Promise<ExitCode> {
  const { project } = await readProject(folder)
  const components = regenerate(project, read).components.filter(({ is }) => is !== 'same')
  if (isJson) io.out(`${JSON.stringify({ problems, components }, null, 2)}\n`)
  else {
    report(problems, false, io)
    for (const { id, is } of components) io.out(`${is} ${id}\n`)
  }
  return problems.some(({ severity }) => severity !== 'hint') ? 1 : 0
}

function refuse(problems: readonly Problem[], isJson: boolean, io: Io): ExitCode {
  report(problems, isJson, io)
  return 1
}

function report(problems: readonly Problem[], isJson: boolean, io: Io): ExitCode {
  if (isJson) io.out(`${JSON.stringify({ problems }, null, 2)}\n`)
  else for (const found of problems) io.say(`${found.severity}: ${problemText(found)}`)
  return problems.some(({ severity }) => severity !== 'hint') ? 1 : 0
}

async function runTests(read: Model, problems: readonly Problem[], isJson: boolean, io: Io): Promise<ExitCode> {
  const tests = await testModel(read, machine)
  const passed = tests.filter((each) => each.passed).length
  const failed = tests.length - passed
  if (isJson) io.out(`${JSON.stringify({ tests, passed, failed }, null, 2)}\n`)
  else {
    for (const found of problems) io.say(`${found.severity}: ${problemText(found)}`)
    for (const each of tests) io.out(testText(each))
    io.out(`${passed} passed, ${failed} failed\n`)
  }
  return failed > 0 ? 1 : 0
}

function testText({ name, passed, differences }: ModelTestResult): string {
  return [`${passed ? 'passed' : 'failed'} ${name}`, ...differences.map((each) => `  ${each}`), ''].join('\n')
}

/** Writes the model, or prints it where no folder is named. */
async function importFile(
  read: Model,
  problems: readonly Problem[],
  out: string | undefined,
  io: Io,
): Promise<ExitCode> {
  for (const found of problems) io.say(`${found.severity}: ${problemText(found)}`)
  // Reading makes plain JSON of a file, so that printing it again is all that is needed.
  const content = `${formatPart(JSON.parse(JSON.stringify(read)))}\n`
  if (out === undefined) io.out(content)
  else await writeFiles(out, [{ path: modelFile, content }])
  return 0
}

/** Prints the model as a mapping file, and says what it cannot say. */
function exportFile(read: Model, isJson: boolean, io: Io): ExitCode {
  const { text, problems } = writeOsi(read)
  if (isJson) io.out(`${JSON.stringify({ text, problems }, null, 2)}\n`)
  else {
    for (const found of problems) io.say(`${found.severity}: ${found.where.path?.join('.') ?? ''} ${found.message}`)
    io.out(text)
  }
  return 0
}

/** Writes the pipes into the project beside the model. What was edited by hand stays and is listed. */
async function writePipes(read: Model, { from, to }: ModelPaths, isJson: boolean, io: Io): Promise<ExitCode> {
  const { project: before } = await readProject(from)
  const { project, components } = regenerate(before, read)
  const tests = await expectedOutputs(read, machine)
  await writeProject(before, from, to, withFiles(project, tests))
  const told = components.filter(({ is }) => is !== 'same')
  if (isJson) io.out(`${JSON.stringify({ components }, null, 2)}\n`)
  else
    for (const { id, is, places } of told) io.out(`${[is, id, ...places.map((place) => place.join('.'))].join(' ')}\n`)
  io.say(`${components.length} components, ${components.length - told.length} of them unchanged`)
  return 0
}

/** What would be sent to each system for the records of each test, and why. */
async function showChanges(read: Model, isJson: boolean, io: Io): Promise<ExitCode> {
  const all = []
  for (const { description, input } of read.tests ?? []) {
    const { changes } = await dryRun(read, input, machine)
    const sent = changes.filter(({ operation }) => operation !== 'none').map((change) => changeReasons(read, change))
    all.push({ name: description?.trim() ?? '', changes: sent })
  }
  if (isJson) io.out(`${JSON.stringify({ tests: all }, null, 2)}\n`)
  else
    for (const { name, changes } of all) {
      io.out(`${name}\n`)
      for (const { mapping, operation, record, why } of changes) {
        io.out(`  ${operation} ${mapping} ${printJson(record)}\n`)
        for (const { property, before, after, from } of why)
          io.out(
            `    ${property}: ${printJson(before)} → ${printJson(after)}${from.length > 0 ? ` from ${from.join(', ')}` : ''}\n`,
          )
      }
    }
  return 0
}
