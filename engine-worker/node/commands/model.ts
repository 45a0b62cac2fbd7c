/** `model …`: checks the model of a project, generates its pipes, runs its tests; imports mapping files. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { printJson } from '../../entity/json.ts'
import { generate } from '../../model/generate/pipes.ts'
import { type Model, modelFile } from '../../model/model.ts'
import { writeOsi } from '../../model/osi/write.ts'
import { importOsi, type ModelReading, readModel } from '../../model/read.ts'
import { type ModelTestResult, testModel } from '../../model/test/test.ts'
import { modelProblems } from '../../model/validate.ts'
import type { Problem } from '../../problem.ts'
import { formatComponent, formatPart } from '../../text/format.ts'
import { readBytes } from '../files.ts'
import { problemText } from '../problem-text.ts'
import { command, type ExitCode, type Io, jsonOption } from './define.ts'
import { writeFiles } from './folder.ts'
import { machine } from './machine.ts'
import { UsageError } from './usage-error.ts'

export const modelCommand = command({
  name: 'model',
  says: 'Checks the model of a project, generates its pipes or runs its tests; imports OSI-mapping files.',
  actions: ['import', 'export', 'test'],
  actionOptional: true,
  argument: 'DIR|FILE',
  options: {
    check: { says: 'Says what is wrong with the model.' },
    generate: { says: 'Writes the pipes, systems and node metadata of the model.' },
    test: { says: 'Runs the tests of the model through its pipes.' },
    out: { value: 'DIR', says: 'Writes there and not beside the model; with import the model as model.json.' },
    json: jsonOption,
  },
  run: async (given, io) => {
    const path = given.argument
    const file = (await stat(path)).isDirectory() ? join(path, modelFile) : path
    const { model: read, problems: unread } = await readAny(file)
    const problems = read === null ? unread : modelProblems(read, file)
    const isJson = given.has('json')
    if (read === null || problems.some(({ severity }) => severity === 'error')) return refuse(problems, isJson, io)
    if (given.action === 'test' || given.has('test')) return runTests(read, problems, isJson, io)
    if (given.action === 'export') return exportFile(read, isJson, io)
    if (given.action === 'import') return importFile(read, problems, given.one('out'), io)
    if (given.has('generate')) return writePipes(read, given.one('out') ?? path, io)
    if (!given.has('check')) throw new UsageError('Say what is to be done: --check, --generate or --test.')
    return report(problems, isJson, io)
  },
})

async function readAny(file: string): Promise<ModelReading> {
  const text = new TextDecoder().decode(await readBytes(file))
  return /\.ya?ml$/i.test(file) ? importOsi(text, file) : readModel(text, file)
}

function refuse(problems: readonly Problem[], isJson: boolean, io: Io): ExitCode {
  report(problems, isJson, io)
  return 1
}

function report(problems: readonly Problem[], isJson: boolean, io: Io): ExitCode {
  if (isJson) io.out(`${JSON.stringify({ problems }, null, 2)}\n`)
  else
    for (const found of problems)
      io.say(`${found.severity}: ${found.where.path?.join('.') ?? ''} ${problemText(found)}`)
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

async function writePipes(read: Model, folder: string, io: Io): Promise<ExitCode> {
  const made = generate(read)
  await writeFiles(
    folder,
    made.map(({ file, config }) => ({ path: file, content: formatComponent(config) })),
  )
  await writeFiles(folder, [{ path: 'test-env.json', content: `${printJson({ 'node-env': 'test' })}\n` }])
  io.say(`${made.length} components were generated.`)
  return 0
}
