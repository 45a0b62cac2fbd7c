/** The tests of generated pipes: what the share pipes send for the records of the model's first test. */
import { printJson } from '../../entity/json.ts'
import type { Environment } from '../../environment.ts'
import { actualForm } from '../../testing/compare.ts'
import { outputOf, runInternal } from '../../testing/outputs.ts'
import { testablePipes } from '../../testing/project.ts'
import { formatPart } from '../../text/format.ts'
import type { FileEntry } from '../../text/project-files.ts'
import { generate } from '../generate/pipes.ts'
import type { Model } from '../model.ts'
import { openGenerated } from './changes.ts'

/** `expected/<pipe>.test.json` and `expected/<pipe>.json` for each pipe that sends something. */
export async function expectedOutputs(model: Model, environment: Environment): Promise<FileEntry[]> {
  const { open } = openGenerated(generate(model), environment)
  await runInternal(open)
  const files: FileEntry[] = []
  for (const [id, pipe] of testablePipes(open)) {
    const { entities } = await outputOf(open, pipe)
    const form = actualForm(entities, [], { blacklist: [], ignoreDeletes: true, sortBy: ['_id'] })
    files.push({ path: `expected/${id}.test.json`, content: `${printJson({ pipe: id, file: `${id}.json` })}\n` })
    files.push({ path: `expected/${id}.json`, content: `${formatPart(form)}\n` })
  }
  return files
}
