/** `validate DIR`: every problem of a configuration, with file, place, code and words. */

import { checkProject } from '../../connectors/check.ts'
import { testFileProblems } from '../../testing/project.ts'
import { withPositions } from '../../text/positions.ts'
import { problemText } from '../problem-text.ts'
import { command, jsonOption, profileOption } from './define.ts'
import { openFiles } from './project-run.ts'

export const validateCommand = command({
  name: 'validate',
  says: 'Lists every problem of a configuration with its file, place, code and message; model --check lists those of a model.',
  argument: 'DIR',
  options: { profile: profileOption, json: jsonOption },
  run: async (given, io) => {
    const { project, problems: found, files } = await openFiles(given.argument, { profile: given.one('profile') })
    const problems = withPositions([...found, ...checkProject(project), ...testFileProblems(files)], project, files)
    const errors = problems.filter(({ severity }) => severity === 'error').length
    if (given.has('json')) io.out(`${JSON.stringify({ problems, errors }, null, 2)}\n`)
    else for (const found of problems) io.out(`${found.severity} ${found.code} ${problemText(found)}\n`)
    io.say(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}, ${errors} of them errors`)
    return errors > 0 ? 1 : 0
  },
})
