/** `run DIR`: runs a project until nothing is left to do and writes its datasets and outputs. */

import type { OpenPipe } from '../../connectors/open.ts'
import type { Captured } from '../../connectors/runtime.ts'
import { charsetIn, encodeText } from '../../entity/charset.ts'
import { printEntity } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, locate, type Problem } from '../../problem.ts'
import type { PipeProgress } from '../../run/progress.ts'
import { isInternal, type OpenProject, outputOf, published } from '../../testing/outputs.ts'
import { withPositions } from '../../text/positions.ts'
import { type OutputFolder, openOutput } from '../output-folder.ts'
import { outputNames } from '../output-names.ts'
import { printable, problemText } from '../problem-text.ts'
import { command, json, profile } from './define.ts'
import { openProject } from './project-run.ts'
import { UsageError } from './usage-error.ts'

export const run = command({
  name: 'run',
  says: 'Runs a project until nothing is left to do; writes each dataset and each output with --out.',
  argument: 'DIR',
  options: {
    out: { value: 'DIR', says: 'Writes each dataset and each output to a file in this folder.' },
    pipe: { value: 'ID', times: 'many', says: 'Runs these pipes only.' },
    profile,
    json,
  },
  run: async (given, io) => {
    const open = await openProject(given.argument, { profile: given.one('profile') })
    const wanted = chosen(open, given.many('pipe'))
    const out = given.one('out')
    const folder = out === undefined ? null : await openOutput(out)
    const located = (found: readonly Problem[]) => withPositions(found, open.project, open.files)
    const { pipes: ran, outputs } = await runAll(open, wanted)
    const pipes = ran.map((progress) => ({ ...progress, problems: located(progress.problems) }))
    const unwritten = folder ? await writeOutputs(folder, open, outputs) : []
    await folder?.finish({ removeStale: wanted.length === open.pipes.length })
    const problems = located([...open.problems, ...unwritten])
    const failed = pipes.filter(({ state, problems }) => state === 'failed' || problems.some(isError))
    const broken = problems.filter(isError)
    if (given.has('json')) io.out(`${JSON.stringify({ pipes, problems }, null, 2)}\n`)
    else {
      for (const found of problems) io.say(`${found.severity}: ${problemText(found)}`)
      for (const pipe of pipes) io.out(pipeText(pipe))
    }
    return failed.length > 0 || broken.length > 0 ? 1 : 0
  },
})

function chosen(open: OpenProject, ids: readonly string[]): readonly OpenPipe[] {
  for (const id of ids) if (!open.project.pipes.has(id)) throw new UsageError(`There is no pipe ${id}.`)
  return ids.length === 0 ? open.pipes : open.pipes.filter(({ effective }) => ids.includes(effective.id))
}

async function runAll(open: OpenProject, wanted: readonly OpenPipe[]) {
  const internal = wanted.filter(isInternal).map(({ runnable }) => runnable)
  const result = await open.runner.run(internal, { run: 'project' })
  const pipes: PipeProgress[] = [...result.pipes]
  const outputs: OutputFile[] = []
  for (const pipe of wanted.filter((each) => !isInternal(each))) {
    const { entities, captured, progress } = await outputOf(open, pipe)
    try {
      if (progress.state !== 'not-runnable') {
        const whole = await published(pipe, entities)
        outputs.push(outputFile(pipe.effective.id, whole ? [whole] : captured))
      }
      pipes.push(progress)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const problem = locate(error.problem, { pipe: pipe.effective.id, file: pipe.effective.file })
      pipes.push({ ...progress, state: 'failed', problems: [...progress.problems, problem] })
    }
  }
  return { pipes, outputs }
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
}

/** What one pipe sent: its file below `outputs/` without the folder and the name, and what stands in it. */
interface OutputFile {
  readonly pipe: string
  readonly ending: string
  readonly content: string | Uint8Array
}

/** A published file as it is, everything else as a list of what would be sent. */
function outputFile(pipe: string, captured: readonly Captured[]): OutputFile {
  const [only] = captured
  if (only?.kind === 'file' && captured.length === 1) {
    const ending = /\.\w+$/.exec(only.file ?? '')?.[0] ?? '.txt'
    return { pipe, ending, content: encodeText(only.text, charsetIn(only.contentType)) }
  }
  return { pipe, ending: '.json', content: `${JSON.stringify(captured, null, 2)}\n` }
}

/** Writes `datasets/<name>.json` and `outputs/<pipe>.…`; what keeps a file from being written is a problem. */
async function writeOutputs(
  folder: OutputFolder,
  { runner }: OpenProject,
  outputs: readonly OutputFile[],
): Promise<Problem[]> {
  const { store } = runner.store
  const names = (await store.list()).map(({ name }) => name).filter((name) => !name.startsWith('system:'))
  const datasets = outputNames('datasets', names)
  const sent = outputNames('outputs', [...new Set(outputs.map(({ pipe }) => pipe))])
  const problems = [...datasets.problems, ...sent.problems]
  const attempt = async (write: () => Promise<void>): Promise<void> => {
    try {
      await write()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      problems.push(error.problem)
    }
  }
  for (const [name, path] of datasets.paths) await attempt(() => writeDataset(folder, `${path}.json`, store.scan(name)))
  for (const { pipe, ending, content } of outputs) {
    const path = sent.paths.get(pipe)
    if (path !== undefined) await attempt(() => folder.write({ path: path + ending, content }))
  }
  return problems
}

/** The latest version of each entity, deleted ones too, one a line. */
async function writeDataset(
  folder: OutputFolder,
  path: string,
  batches: AsyncIterable<readonly Entity[]>,
): Promise<void> {
  const file = await folder.create(path)
  try {
    let count = 0
    for await (const batch of batches)
      for (const entity of batch) await file.write(`${count++ === 0 ? '[\n' : ',\n'}${printEntity(entity)}`)
    await file.write(count === 0 ? '[]\n' : '\n]\n')
  } catch (error) {
    await file.discard()
    throw error
  }
  await file.commit()
}

function pipeText({ pipe, state, read, written, deleted, problems }: PipeProgress): string {
  const counts = state === 'not-runnable' ? '' : ` read ${read}, written ${written}, deleted ${deleted}`
  return `${state} ${printable(pipe)}${counts}\n${problems.map((found) => `    ${problemText(found)}\n`).join('')}`
}
