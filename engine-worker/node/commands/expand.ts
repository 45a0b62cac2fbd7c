/** `expand DIR --out DIR`: cuts composite pipes into the plain pipes that Sesam runs with the same result. */
import '../../connectors/kinds.ts'
import { functionTable } from '../../dtl/registry.ts'
import { expandProject } from '../../text/expand-project.ts'
import { microservicesOf } from '../../text/microservices.ts'
import { problemText } from '../problem-text.ts'
import { command, jsonOption } from './define.ts'
import { readProject } from './folder.ts'
import { writeProject } from './write-folder.ts'

export const expandCommand = command({
  name: 'expand',
  says: 'Splits composite pipes into plain pipes connected by datasets; JavaScript transforms become microservices.',
  argument: 'DIR',
  options: {
    out: { value: 'DIR', times: 'needed', says: 'Where the project is written; the same folder is fine.' },
    json: jsonOption,
  },
  run: async (given, io) => {
    const [folder, out] = [given.argument, given.one('out') ?? '']
    const { project, problems } = await readProject(folder)
    const result = expandProject(project, functionTable)
    const { project: whole, systems } = microservicesOf(result.project)
    await writeProject(project, folder, out, whole)
    if (given.has('json'))
      io.out(`${JSON.stringify({ expanded: result.expanded, microservices: systems, problems }, null, 2)}\n`)
    for (const { pipe, parts, cuts } of given.has('json') ? [] : result.expanded) {
      io.out(`${pipe}: ${parts.join(' → ')}\n`)
      for (const { before, words } of cuts) io.out(`  before transform ${before + 1}: ${words}\n`)
    }
    for (const system of given.has('json') ? [] : systems)
      io.out(`microservices/${system}: build it with docker, and set the image of the system ${system}\n`)
    for (const found of problems) io.say(problemText(found))
    io.say(`${result.expanded.length} composite pipes expanded`)
    return problems.some(({ severity }) => severity === 'error') ? 1 : 0
  },
})
