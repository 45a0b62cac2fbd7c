/** Test specifications: `expected/<name>.test.json`, with the defaults that Sesam's client derives from the name. */

import { flagSetting, textListSetting, textSetting } from '../config/model/setting.ts'
import { type FileContents, withoutMark } from '../config/project/read.ts'
import { get } from '../entity/dict.ts'
import { readJson } from '../entity/json.ts'
import { type Dict, isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import type { Comparison } from './compare.ts'
import type { TestStage } from './outputs.ts'

const notAnObject = problem<{ file: string }>({
  code: 'test-spec-not-an-object',
  severity: 'error',
  says: ({ file }) => `The test ${file} must be a JSON object.`,
  fix: () => 'Write {} to test with the defaults.',
})

/** One test. */
export interface TestSpec {
  /** File name without `.test.json`. */
  readonly name: string
  readonly path: string
  readonly pipe: string
  /** Path of the expected output. */
  readonly file: string
  readonly endpoint: string
  readonly stage: TestStage
  readonly parameters: Dict
  readonly ignore: boolean
  readonly comparison: Comparison
}

/** The tests among a project's files, in the order of their names. Broken ones are thrown as Faults by `readSpec`. */
export function specFiles(files: FileContents): string[] {
  return Object.keys(files)
    .filter((path) => /^expected\/[^/]+\.test\.json$/.test(path))
    .sort()
}

/** Reads one test. */
export function readTestSpec(path: string, source: string): TestSpec {
  const json: Json = readJson(withoutMark(source), { file: path })
  if (!isObject(json)) throw new Fault(notAnObject({ file: path }, { file: path }))
  const name = path.slice('expected/'.length, -'.test.json'.length)
  return {
    name,
    path,
    pipe: textSetting(json, 'pipe', name),
    file: `expected/${textSetting(json, 'file', `${name}.json`)}`,
    endpoint: textSetting(json, 'endpoint', 'json'),
    stage: stageOf(textSetting(json, 'stage')),
    parameters: parametersOf(json),
    ignore: get(json, 'ignore') === true,
    comparison: {
      blacklist: textListSetting(json, 'blacklist') ?? [],
      ignoreDeletes: flagSetting(json, 'ignore_deletes', true),
      sortBy: textListSetting(json, 'fields_to_sort_by') ?? ['_id'],
    },
  }
}

function stageOf(stage: string | undefined): TestStage {
  return stage === 'source' || stage === 'before-transforms' || stage === 'after-transforms' ? stage : 'sink'
}

function parametersOf(spec: JsonObject): Dict {
  const parameters = get(spec, 'parameters')
  return isObject(parameters) ? parameters : {}
}
