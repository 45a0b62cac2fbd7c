/** `format DIR [--check]`: gives every configuration file its canonical text. */
import { formatFile } from '../text/format-file.ts'
import { filesOf } from '../text/project.ts'
import { isConfiguration } from '../text/read-file.ts'
import { readArguments } from './arguments.ts'
import { command } from './define.ts'
import { readProject, writeFiles } from './folder.ts'

export const format = command({
  name: 'format',
  says: 'Gives every configuration file its canonical text.',
  usage: 'format DIR [--check] [--json]',
  run: async (args, io) => {
    const given = readArguments(args, { check: 'flag', json: 'flag' }, 1)
    const folder = given.positional[0] ?? ''
    const check = given.has('check')
    const { project, problems } = await readProject(folder)
    const changed: { path: string; content: string }[] = []
    for (const { path, content } of filesOf(project)) {
      if (typeof content !== 'string' || !isConfiguration(path, project.root)) continue
      const text = formatFile(content)
      if (text !== null && text !== content) changed.push({ path, content: text })
    }
    if (!check) await writeFiles(folder, changed)
    const broken = problems.filter(({ severity }) => severity === 'error')
    const paths = changed.map(({ path }) => path)
    if (given.has('json')) io.out(`${JSON.stringify({ changed: paths, problems }, null, 2)}\n`)
    else for (const path of paths) io.out(`${path}\n`)
    for (const { message } of broken) io.say(message)
    io.say(`${paths.length} ${paths.length === 1 ? 'file' : 'files'} ${check ? 'would change' : 'changed'}`)
    return broken.length > 0 || (check && paths.length > 0) ? 1 : 0
  },
})
