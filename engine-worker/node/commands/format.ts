/** `format DIR [--check] [--portal]`: gives every configuration file its canonical text. */
import { locate } from '../../problem.ts'
import { formatFile } from '../../text/format-file.ts'
import { formatForPortal } from '../../text/portal.ts'
import { filesOf } from '../../text/project.ts'
import { isConfiguration } from '../../text/read-file.ts'
import { problemText } from '../problem-text.ts'
import { command, jsonOption } from './define.ts'
import { readProject } from './folder.ts'
import { writeBack } from './write-folder.ts'

export const formatCommand = command({
  name: 'format',
  says: "Formats every configuration file: in the canonical form, or with --portal as Sesam's own tools write it.",
  argument: 'DIR',
  options: {
    check: { says: 'Changes nothing; fails where something would change.' },
    portal: { says: "Formats as Sesam's own tools do." },
    json: jsonOption,
  },
  run: async (given, io) => {
    const folder = given.argument
    const check = given.has('check')
    const { project, problems } = await readProject(folder)
    // What cannot be formatted is left as it is; a broken file is among the project's problems already.
    const skipped = problems.filter(({ severity }) => severity === 'error')
    const changed: { path: string; content: string }[] = []
    for (const { path, content } of filesOf(project)) {
      if (typeof content !== 'string' || !isConfiguration(path, project.root)) continue
      const formatted = formatFile(content, given.has('portal') ? formatForPortal : undefined)
      if ('problem' in formatted) {
        if (formatted.problem.severity !== 'error') skipped.push(locate(formatted.problem, { file: path }))
      } else if (formatted.text !== content) changed.push({ path, content: formatted.text })
    }
    if (!check) await writeBack(folder, changed)
    const paths = changed.map(({ path }) => path)
    if (given.has('json')) io.out(`${JSON.stringify({ changed: paths, problems }, null, 2)}\n`)
    else for (const path of paths) io.out(`${path}\n`)
    for (const found of skipped) io.say(`left as it is: ${problemText(found)}`)
    io.say(`${paths.length} ${paths.length === 1 ? 'file' : 'files'} ${check ? 'would change' : 'changed'}`)
    return skipped.length > 0 || (check && paths.length > 0) ? 1 : 0
  },
})
