/** `fold DIR --out DIR`: puts the parts of expanded pipes together again. */
import { foldProject } from '../../text/expand-project.ts'
import { command } from './define.ts'
import { folderAndOut, readProject, writeProject } from './folder.ts'

export const fold = command({
  name: 'fold',
  says: 'Puts the parts of expanded pipes together again.',
  usage: 'fold DIR --out DIR [--json]',
  run: async (args, io) => {
    const { folder, out, json } = folderAndOut(args)
    const read = await readProject(folder)
    const { project, folded, problems } = foldProject(read.project)
    await writeProject(read.project, folder, out, project)
    const all = [...read.problems, ...problems]
    if (json) io.out(`${JSON.stringify({ folded, problems: all }, null, 2)}\n`)
    else for (const pipe of folded) io.out(`${pipe}\n`)
    for (const { message } of all) io.say(message)
    io.say(`${folded.length} pipes folded`)
    return all.some(({ severity }) => severity === 'error') ? 1 : 0
  },
})
