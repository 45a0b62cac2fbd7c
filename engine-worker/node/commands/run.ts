/** `run DIR`: runs a project until nothing is left to do and writes its datasets and outputs. */

import type { OpenPipe } from '../../connectors/open.ts'
import type { Captured } from '../../connectors/runtime.ts'
import { charsetIn, encodeText } from '../../entity/charset.ts'
import { printEntity } from '../../entity/transit.ts'
import type { PipeProgress } from '../../protocol.ts'
import { isInternal, type OpenProject, outputOf, published } from '../../testing/outputs.ts'
import type { FileEntry } from '../../text/project-files.ts'
import { readArguments } from './arguments.ts'
import { command, UsageError } from './define.ts'
import { writeFiles } from './folder.ts'
import { openProject } from './project-run.ts'
import { inWords } from './test.ts'

export const run = command({
  name: 'run',
  says: 'Runs a project until nothing is left to do; writes each dataset and each output with --out.',
  usage: 'run DIR [--out DIR] [--pipe ID…] [--json]',
  run: async (args, io) => {
    const given = readArguments(args, { out: 'one', pipe: 'many', json: 'flag' }, 1)
    const open = await openProject(given.positional[0] ?? '')
    const wanted = chosen(open, given.many('pipe'))
    const { pipes, outputs } = await runAll(open, wanted)
    const out = given.one('out')
    if (out !== undefined) await writeFiles(out, [...(await datasetFiles(open)), ...outputs])
    const failed = pipes.filter(({ state }) => state === 'failed')
    const broken = open.problems.filter(({ severity }) => severity === 'error')
    if (given.has('json')) io.out(`${JSON.stringify({ pipes, problems: open.problems }, null, 2)}\n`)
    else {
      for (const found of open.problems) io.say(`${found.severity}: ${inWords(found)}`)
      for (const pipe of pipes) io.out(pipeText(pipe))
    }
    return failed.length > 0 || broken.length > 0 ? 1 : 0
  },
})

function chosen(open: OpenProject, ids: readonly string[]): readonly OpenPipe[] {
  for (const id of ids) if (!open.project.pipes.has(id)) throw new UsageError(`there is no pipe ${id}`)
  return ids.length === 0 ? open.pipes : open.pipes.filter(({ effective }) => ids.includes(effective.id))
}

async function runAll(open: OpenProject, wanted: readonly OpenPipe[]) {
  const internal = wanted.filter(isInternal).map(({ runnable }) => runnable)
  const result = await open.runner.run(internal, { run: 'project' })
  const pipes: PipeProgress[] = [...result.pipes]
  const outputs: FileEntry[] = []
  for (const pipe of wanted.filter((each) => !isInternal(each))) {
    const { entities, captured, progress } = await outputOf(open, pipe)
    pipes.push(progress)
    if (progress.state === 'not-runnable') continue
    const whole = await published(pipe, entities)
    outputs.push(...outputFiles(pipe.effective.id, whole ? [whole] : captured))
  }
  return { pipes, outputs }
}

/** `outputs/<pipe>.…`: a published file as it is, everything else as a list of what would be sent. */
function outputFiles(pipe: string, captured: readonly Captured[]): FileEntry[] {
  const [only] = captured
  const name = pipe.replaceAll(/[/\\]/g, '_')
  if (only?.kind === 'file' && captured.length === 1) {
    const ending = /\.\w+$/.exec(only.file ?? '')?.[0] ?? '.txt'
    return [{ path: `outputs/${name}${ending}`, content: encodeText(only.text, charsetIn(only.contentType)) }]
  }
  return [{ path: `outputs/${name}.json`, content: `${JSON.stringify(captured, null, 2)}\n` }]
}

/** `datasets/<name>.json`: the latest version of each entity, deleted ones too. */
async function datasetFiles({ runner }: OpenProject): Promise<{ path: string; content: string }[]> {
  const { store } = runner.store
  const files: { path: string; content: string }[] = []
  for (const { name } of await store.list()) {
    if (name.startsWith('system:')) continue
    const lines: string[] = []
    for await (const batch of store.scan(name)) for (const entity of batch) lines.push(printEntity(entity))
    const content = lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`
    files.push({ path: `datasets/${name.replaceAll(/[/\\]/g, '_')}.json`, content })
  }
  return files
}

function pipeText({ pipe, state, read, written, deleted, problems }: PipeProgress): string {
  const counts = state === 'not-runnable' ? '' : ` read ${read}, written ${written}, deleted ${deleted}`
  return `${state} ${pipe}${counts}\n${problems.map((found) => `    ${inWords(found)}\n`).join('')}`
}
