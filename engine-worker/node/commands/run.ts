/** `run DIR`: runs a project until nothing is left to do and writes its datasets and outputs. */

import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { enginesIn } from '../../api/engines.ts'
import { hostOf } from '../../connectors/hosts.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import type { DataFile } from '../../connectors/open-context.ts'
import { Fault, type Problem } from '../../problem.ts'
import type { PipeProgress } from '../../run/progress.ts'
import type { StateWrite } from '../../storage/store.ts'
import { followOutput, isInternal, type OpenProject } from '../../testing/outputs.ts'
import { withPositions } from '../../text/positions.ts'
import { layoutFile } from '../../text/project-files.ts'
import { openDataFile } from '../data-file.ts'
import { createOutput, isStandardOutput } from '../device-file.ts'
import { threadEngines } from '../engines.ts'
import { replaceFile } from '../files.ts'
import { Counters } from '../metrics/counters.ts'
import { textFormat } from '../metrics/exposition.ts'
import { pipeFamilies } from '../metrics/families.ts'
import { LogCounts } from '../metrics/log-counts.ts'
import { type OutputFolder, openOutput } from '../output-folder.ts'
import { outputNames } from '../output-names.ts'
import {
  capturedWriter,
  entityWriter,
  nowhere,
  type OutputWriter,
  publicationWriter,
  type StartFile,
  writeEntities,
} from '../output-writer.ts'
import { printable, problemText } from '../problem-text.ts'
import { ownGroup } from '../server/configuration.ts'
import type { Arguments } from './arguments.ts'
import { command, jsonOption, profileOption } from './define.ts'
import { openProject, type RunNetwork } from './project-run.ts'
import { secretsOption, secretValues } from './secret-values.ts'
import { UsageError } from './usage-error.ts'

export const runCommand = command({
  name: 'run',
  says: 'Runs a project until nothing is left to do. With --out it writes each dataset and each output to a file.',
  argument: 'DIR',
  options: {
    data: { value: 'PIPE=FILE', times: 'many', says: 'Reads a file of any size as the source of a pipe.' },
    out: { value: 'DIR', says: 'Writes each dataset and each output to a file in this folder.' },
    output: {
      value: 'PIPE=FILE',
      times: 'many',
      says: 'Writes the entities of a pipe to a file, one per line, instead of to its sink.',
    },
    pipe: { value: 'ID', times: 'many', says: 'Runs these pipes only.' },
    store: { value: 'DIR', says: 'Keeps datasets and positions here; the next run continues where this one stopped.' },
    engines: { value: 'N', says: 'How many threads transform at the same time; by default what the project says.' },
    metrics: { value: 'FILE.prom', says: 'Writes what the pumps did as metrics for Prometheus.' },
    allow: {
      value: 'HOST',
      times: 'many',
      says: 'Sends requests to these servers, with the accounts of login. Without it, none are sent.',
    },
    secrets: secretsOption,
    profile: profileOption,
    json: jsonOption,
  },
  run: async (given, io) => {
    const data = new Map<string, DataFile>()
    for (const [pipe, file] of pairsOf('data', given.many('data'))) data.set(pipe, await openDataFile(file))
    const metrics = given.one('metrics')
    if (metrics?.endsWith('.prom') === false) throw new UsageError('--metrics needs a file that ends in .prom.')
    const counters = new Counters()
    const counted = new Map<string, StateWrite>()
    const engines = await threadEngines(await enginesOf(given))
    const open = await openProject(given.argument, {
      data,
      profile: given.one('profile'),
      store: given.one('store'),
      ended: async (run) => {
        for (const state of counters.count(run)) counted.set(state.key, state)
      },
      engines,
      network: await networkOf(given),
    })
    await counters.readFrom(open.runner.store.store)
    const files = pairsOf('output', given.many('output'))
    const chosenPipes = pipesWithIds(open, given.many('pipe'))
    for (const pipe of data.keys()) pipesWithIds(open, [pipe])
    for (const pipe of files.keys()) requireChosen(pipe, chosenPipes)
    const out = given.one('out')
    const folder = out === undefined ? null : await openOutput(out)
    const withLines = (found: readonly Problem[]) => withPositions(found, open.project, open.files)
    const { pipes: ran, unwritten } = await runAll(open, chosenPipes, folder, files)
    const pipes = ran.map((progress) => ({ ...progress, problems: withLines(progress.problems) }))
    await folder?.finish({ removeStale: chosenPipes.length === open.pipes.length })
    await open.runner.store.commit({ states: [...counted.values()] })
    if (metrics !== undefined) await writeMetrics(metrics, open, counters)
    engines?.close()
    if (given.one('store') !== undefined) await open.runner.store.store.close()
    const problems = withLines([...open.problems, ...unwritten])
    const failed = pipes.filter(({ state, problems }) => state === 'failed' || problems.some(isError))
    const broken = problems.filter(isError)
    if (given.has('json')) io.out(`${JSON.stringify({ pipes, problems }, null, 2)}\n`)
    else {
      for (const found of problems) io.say(`${found.severity}: ${problemText(found)}`)
      // Entities on standard output stand there alone.
      const tell = [...files.values()].some(isStandardOutput) ? (text: string) => io.say(text.trimEnd()) : io.out
      for (const pipe of pipes) tell(pipeText(pipe))
    }
    return failed.length > 0 || broken.length > 0 ? 1 : 0
  },
})

/** The servers that were allowed; a whole address names its server. */
async function networkOf(given: Arguments): Promise<RunNetwork | undefined> {
  const hosts = given.many('allow').map((text) => hostOf(text.includes('://') ? text : `https://${text}`) ?? text)
  if (hosts.length === 0 && given.one('secrets') !== undefined) throw new UsageError('--secrets needs --allow HOST.')
  return hosts.length === 0 ? undefined : { hosts: new Set(hosts), secrets: await secretValues(given.one('secrets')) }
}

/** As many as were asked for, or as the project says and the machine has. */
async function enginesOf(given: Arguments): Promise<number> {
  const text = given.one('engines')
  if (text === undefined) {
    const layoutText = await readFile(join(given.argument, layoutFile), 'utf8').catch(() => '{}')
    return enginesIn({ [layoutFile]: layoutText }, availableParallelism())
  }
  if (!/^[1-9]\d?$/.test(text)) throw new UsageError(`--engines needs a whole number from 1 to 99, not ${text}.`)
  return Number(text)
}

/** The metrics of a run as a whole file, for the textfile collector of Prometheus. */
async function writeMetrics(path: string, open: OpenProject, counters: Counters): Promise<void> {
  const { store } = open.runner.store
  const invalid = new Set(open.problems.filter(isError).map(({ where }) => where.pipe))
  const families = await pipeFamilies({
    store,
    pipes: open.pipes,
    counters,
    logCounts: new LogCounts(store),
    now: Date.now() / 1000,
    isDisabled: () => false,
    isValid: (pipe) => !invalid.has(pipe),
    groupOf: ({ effective }) => ownGroup(effective.config),
  })
  await replaceFile(path, textFormat(families))
}

/** The values `PIPE=FILE` of an option. */
function pairsOf(option: string, values: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const value of values) {
    const [, pipe, file] = /^([^=]+)=(.+)$/s.exec(value) ?? []
    if (pipe === undefined || file === undefined) throw new UsageError(`--${option} needs PIPE=FILE, not ${value}.`)
    if (found.has(pipe)) throw new UsageError(`--${option} names ${pipe} twice.`)
    found.set(pipe, file)
  }
  return found
}

function pipesWithIds(open: OpenProject, ids: readonly string[]): readonly OpenPipe[] {
  for (const id of ids) if (!open.project.pipes.has(id)) throw new UsageError(`There is no pipe ${id}.`)
  return ids.length === 0 ? open.pipes : open.pipes.filter(({ effective }) => ids.includes(effective.id))
}

/** A pipe whose entities go to a file does not fill its dataset, so no pipe of the run may need that. */
function requireChosen(id: string, wanted: readonly OpenPipe[]): void {
  const pipe = wanted.find(({ effective }) => effective.id === id)
  if (!pipe) throw new UsageError(`--output names ${id}, which is not a pipe of this run.`)
  const { sink } = pipe.runnable
  if (sink.writes !== 'dataset') return
  const reader = wanted.find(({ runnable: { source, stages } }) => {
    const read = source.reads === 'datasets' ? source.datasets : []
    return [...read, ...stages.flatMap(({ hops }) => hops.map(({ dataset }) => dataset))].includes(sink.dataset)
  })
  if (reader)
    throw new UsageError(
      `--output names ${id}, but ${reader.effective.id} reads the dataset of that pipe, which would stay empty.`,
    )
}

/** Runs the pipes and writes what they give; `unwritten` is what kept files from being written. */
async function runAll(
  open: OpenProject,
  wanted: readonly OpenPipe[],
  folder: OutputFolder | null,
  files: ReadonlyMap<string, string>,
): Promise<{ readonly pipes: readonly PipeProgress[]; readonly unwritten: readonly Problem[] }> {
  const isOutput = (pipe: OpenPipe) => !isInternal(pipe) || files.has(pipe.effective.id)
  const internal = wanted.filter((pipe) => !isOutput(pipe)).map(({ runnable }) => runnable)
  const result = await open.runner.run(internal, { run: 'project' })
  const pipes: PipeProgress[] = [...result.pipes]
  const outputs = wanted.filter(isOutput)
  const inFolder = outputs.filter((pipe) => givesOutput(pipe) && !files.has(pipe.effective.id))
  const names = outputNames('outputs', folder ? inFolder.map(({ effective }) => effective.id) : [])
  const problems: Problem[] = []
  for (const pipe of outputs) {
    const { id } = pipe.effective
    const file = files.get(id)
    const path = names.paths.get(id)
    let writer = sinkWriter(pipe, nowhere)
    if (file !== undefined) writer = entityWriter(() => createOutput(file))
    else if (folder && path !== undefined && (await succeeds(() => folder.prepare(path), problems))) {
      writer = sinkWriter(pipe, (ending) => folder.create(path + ending))
    }
    pipes.push(await writeOutput(open, pipe, writer))
  }
  const datasets = folder ? await writeDatasets(open, folder) : []
  return { pipes, unwritten: [...datasets, ...names.problems, ...problems] }
}

/** Whether the work is done; a Fault becomes a problem. */
async function succeeds(work: () => Promise<void>, problems: Problem[]): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    problems.push(error.problem)
    return false
  }
}

/** Whether a pipe runs here at all, so that it has an output, be it an empty one. */
function givesOutput({ effective, runnable: { needs } }: OpenPipe): boolean {
  return (needs === null || needs.severity === 'error') && effective.pump.config.mode !== 'off'
}

function sinkWriter({ runnable: { sink } }: OpenPipe, start: StartFile): OutputWriter {
  const publication = sink.writes === 'outside' ? sink.publication?.() : undefined
  return publication ? publicationWriter(publication, start) : capturedWriter(start)
}

/** Runs a pipe to its writer. An error of the system, such as a full disk, ends the command. */
async function writeOutput(open: OpenProject, pipe: OpenPipe, writer: OutputWriter): Promise<PipeProgress> {
  let failure: unknown = null
  const guardedWrite =
    <T>(write: ((what: T) => void | Promise<void>) | undefined) =>
    async (what: T) => {
      try {
        await write?.(what)
      } catch (error) {
        failure ??= error
        throw error
      }
    }
  const { entities, captured } = writer
  try {
    const progress = await followOutput(open, pipe, {
      ...(entities ? { entities: guardedWrite(entities) } : {}),
      ...(captured ? { captured: guardedWrite(captured) } : {}),
    })
    if (failure !== null && !(failure instanceof Fault)) throw failure
    // A file that lacks something, because it cannot be written in its format or the pipe failed, would be taken for
    // the whole.
    const isWhole = failure === null && progress.state === 'done'
    await (isWhole ? writer.commit() : writer.discard())
    return progress
  } catch (error) {
    await writer.discard()
    throw error
  }
}

/** Writes `datasets/<name>.json`; what keeps a file from being written is a problem. */
async function writeDatasets({ runner }: OpenProject, folder: OutputFolder): Promise<readonly Problem[]> {
  const { store } = runner.store
  const stored = (await store.list()).map(({ name }) => name).filter((name) => !name.startsWith('system:'))
  const names = outputNames('datasets', stored)
  const problems = [...names.problems]
  for (const [name, path] of names.paths) {
    await succeeds(async () => writeEntities(await folder.create(`${path}.json`), store.scan(name)), problems)
  }
  return problems
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
}

function pipeText({ pipe, state, read, written, deleted, problems }: PipeProgress): string {
  const counts = state === 'not-runnable' ? '' : ` read ${read}, written ${written}, deleted ${deleted}`
  return `${state} ${printable(pipe)}${counts}\n${problems.map((found) => `    ${problemText(found)}\n`).join('')}`
}
