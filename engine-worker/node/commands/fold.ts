/** `fold DIR --out DIR`: puts the parts of expanded pipes together again. */
import '../../connectors/kinds.ts'
import { foldProject } from '../../text/expand-project.ts'
import { problemText } from '../problem-text.ts'
import { command, jsonOption } from './define.ts'
import { readProject } from './folder.ts'
import { writeProject } from './write-folder.ts'

export const foldCommand = command({
  name: 'fold',
  says: 'Joins the parts of expanded pipes into composite pipes again.',
  argument: 'DIR',
  options: {
    out: { value: 'DIR', times: 'needed', says: 'Where the project is written; the same folder is fine.' },
    json: jsonOption,
  },
  run: async (given, io) => {
    const [folder, out] = [given.argument, given.one('out') ?? '']
    const read = await readProject(folder)
    const { project, folded, problems } = foldProject(read.project)
    await writeProject(read.project, folder, out, project)
    const all = [...read.problems, ...problems]
    if (given.has('json')) io.out(`${JSON.stringify({ folded, problems: all }, null, 2)}\n`)
    else for (const pipe of folded) io.out(`${pipe}\n`)
    for (const found of all) io.say(problemText(found))
    io.say(`${folded.length} pipes folded`)
    return all.some(({ severity }) => severity === 'error') ? 1 : 0
  },
})
