/**
 * Example answers of a connector (`testdata/<datatype>.answers.json` in its folder, as the studio makes them) as test data
 * of the pipe that asks for the datatype: `testdata/<system>-<datatype>-all.answers.json` of the project. What was changed
 * or removed in the project stays so.
 */
import { putFile } from '../text/project.ts'
import type { Project } from '../text/project-files.ts'
import type { ConnectorFiles } from './manifest.ts'

/** Where a connector keeps the example answers to the list of a datatype, in the form of recorded answers. */
export function answersFile(datatype: string): string {
  return `testdata/${datatype}.answers.json`
}

interface ExampleSource {
  readonly files: ConnectorFiles
  readonly system: string
  readonly datatypes: readonly string[]
}

/** The examples of the datatypes that are in the project, by the path of the test data. */
function examplesOf(connector: ExampleSource | null, hasPipe: (id: string) => boolean): ConnectorFiles {
  if (connector === null) return {}
  const { files, system, datatypes } = connector
  return Object.fromEntries(
    datatypes.flatMap((name) => {
      const own = answersFile(name)
      const pipe = `${system}-${name}-all`
      const text = Object.hasOwn(files, own) && hasPipe(pipe) ? files[own] : undefined
      return text === undefined || /[/\\\0]/.test(pipe) ? [] : [[answersFile(pipe), text] as const]
    }),
  )
}

/** The examples of all datatypes as test data of what the connector was expanded to, by path. */
export function expandedExamples(files: ConnectorFiles, system: string, expanded: ConnectorFiles): ConnectorFiles {
  const names = Object.keys(files).flatMap((path) => /^testdata\/([^/]+)\.answers\.json$/.exec(path)?.[1] ?? [])
  return examplesOf({ files, system, datatypes: names }, (id) => Object.hasOwn(expanded, `pipes/${id}.conf.json`))
}

/** The project with the examples of a connector in the place of those that it had; `datatypes` with their parents, `hasPipe`: made by it. */
export function withExamples(
  project: Project,
  before: ExampleSource | null,
  after: ExampleSource | null,
  hasPipe: (id: string) => boolean,
): Project {
  const [old, fresh] = [examplesOf(before, hasPipe), examplesOf(after, hasPipe)]
  let changed = project
  for (const file of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
    const path = `${project.root}${file}`
    if (fresh[file] !== old[file] && changed.files[path] === old[file])
      changed = putFile(changed, path, fresh[file] ?? null).value
  }
  return changed
}
