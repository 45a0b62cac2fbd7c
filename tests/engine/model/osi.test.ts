/** ModelMapping files of others: every test of every file runs through generated pipes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { generate } from '../../../engine-worker/model/generate/pipes.ts'
import { importOsi } from '../../../engine-worker/model/read.ts'
import { testModel } from '../../../engine-worker/model/test/test.ts'
import { modelProblems } from '../../../engine-worker/model/validate.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'

const folder = join(import.meta.dirname, '../../../../shared/osi-mapping/examples')

/** Files whose tests need what the generated pipes do not say, each with the reason; none today. */
const EXCEPTIONS: Readonly<Record<string, string>> = {}

const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.yaml')) : []

function read(file: string) {
  const { model, problems } = importOsi(readFileSync(join(folder, file), 'utf8'), file)
  if (model === null) throw new Error(problems.map(({ message }) => message).join('\n'))
  return model
}

describe.skipIf(files.length === 0)('mapping files', () => {
  test.each(files.filter((file) => !Object.hasOwn(EXCEPTIONS, file)))('%s', async (file) => {
    const model = read(file)
    expect(modelProblems(model, file).filter(({ severity }) => severity === 'error')).toEqual([])
    const failed = (await testModel(model, machine)).filter(({ passed }) => !passed)
    expect(failed).toEqual([])
  })

  test.each(files)('%s gives the same pipes each time, without problems', (file) => {
    const [once, again] = [generate(read(file)), generate(read(file))]
    expect(again).toEqual(once)
    const project = loadProject(Object.fromEntries(once.map(({ file: path, config }) => [path, printJson(config)])))
    expect(project.problems).toEqual([])
  })
})
