/** ModelMapping files of others: every test of every file runs through generated pipes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { isObject, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { generate } from '../../../engine-worker/model/generate/pipes.ts'
import { writeOsi } from '../../../engine-worker/model/osi/write.ts'
import { importOsi } from '../../../engine-worker/model/read.ts'
import { testModel } from '../../../engine-worker/model/test/test.ts'
import { modelProblems } from '../../../engine-worker/model/validate.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { expandProject, foldProject } from '../../../engine-worker/text/expand-project.ts'
import { componentValue, projectOf } from '../../../engine-worker/text/project.ts'
import type { Project } from '../../../engine-worker/text/project-files.ts'

const shared = join(import.meta.dirname, '../../../../shared/osi-mapping/examples')
const ownCases = join(import.meta.dirname, 'cases')

/** Files whose tests need something that the generated pipes do not support, each with the reason; none at present. */
const EXCEPTIONS: Readonly<Record<string, string>> = {}

const files = [shared, ownCases].flatMap((folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => join(folder, file))
    : [],
)

function readFile(file: string, text = readFileSync(file, 'utf8')) {
  const { model, problems } = importOsi(text, file)
  if (model === null) throw new Error(problems.map(({ message }) => message).join('\n'))
  return model
}

/** The pipes without the properties that name their form. */
function stepsOf({ components }: Project): Record<string, JsonObject> {
  const pipes = Object.values(components).filter(({ kind }) => kind === 'pipe')
  return Object.fromEntries(
    pipes.map((component) => {
      const { metadata, transform, namespaces, ...rest } = componentValue(component)
      const { $composite, $parts, ...said } = isObject(metadata) ? metadata : {}
      const isStep = namespaces !== undefined && rest.namespaced_identifiers === false
      const transforms = Array.isArray(transform) ? transform : transform === undefined ? [] : [transform]
      return [component.id, { ...rest, ...(isStep ? {} : { namespaces }), transforms, metadata: said }]
    }),
  )
}

const namedFiles = files.map((file) => [basename(file), file] as const)

describe('mapping files', () => {
  test.each(namedFiles.filter(([name]) => !Object.hasOwn(EXCEPTIONS, name)))('%s passes its tests', async (_, file) => {
    const model = readFile(file)
    expect(modelProblems(model, file).filter(({ severity }) => severity === 'error')).toEqual([])
    // Plain pipes give what composite ones give (history.test.ts); a part of the files shows it here too.
    const forms = files.indexOf(file) % 4 === 0 ? (['composite', 'plain'] as const) : (['composite'] as const)
    for (const pipes of forms) {
      const failed = (await testModel({ ...model, pipes }, machine)).filter(({ passed }) => !passed)
      expect(failed, pipes).toEqual([])
    }
  })

  test.each(namedFiles)(
    '%s gives composite pipes that expand into the plain ones of the documented layers',
    (_, file) => {
      const model = readFile(file)
      const projectWith = (pipes: 'composite' | 'plain') => {
        const made = generate({ ...model, pipes })
        return projectOf(made.map((each) => ({ path: each.file, content: printJson(each.config) }))).value
      }
      const plain = projectWith('plain')
      expect(expandProject(plain, functionTable).expanded).toEqual([])
      const { project } = expandProject(projectWith('composite'), functionTable)
      expect(stepsOf(project)).toEqual(stepsOf(plain))
      expect(foldProject(project).project.components).toEqual(projectWith('composite').components)
    },
  )

  test.each(namedFiles)('%s gives the same pipes each time, without problems', (_, file) => {
    const [once, again] = [generate(readFile(file)), generate(readFile(file))]
    expect(again).toEqual(once)
    const project = loadProject({
      ...Object.fromEntries(once.map(({ file: path, config }) => [path, printJson(config)])),
      'test-env.json': '{"node-env": "test"}',
    })
    const found = [...project.problems, ...checkProject(project)]
    expect(found.filter(({ severity }) => severity !== 'hint')).toEqual([])
  })

  test.each(namedFiles)('%s is the same model after it was written and read', (_, file) => {
    const model = readFile(file)
    const { text, problems } = writeOsi(model)
    const isSecond = /^version: "?2\.0/m.test(readFileSync(file, 'utf8'))
    if (isSecond) return
    expect(problems).toEqual([])
    expect(readFile(file, text)).toEqual(model)
  })
})
