/** Reads models from untrusted JSON and YAML. */
import { get } from '../entity/dict.ts'
import { readJson } from '../entity/json.ts'
import { isObject, type Json } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { Fault, locate, type Problem, problem, type Where } from '../problem.ts'
import { type Model, modelShape } from './model.ts'
import { readOsi } from './osi/read.ts'

const otherVersion = problem<{ version: string }>({
  code: 'model-version',
  severity: 'error',
  says: ({ version }) => `The version of a model is 1, not ${version}.`,
  fix: () => 'Open it with a newer Pipewright, or set version to 1.',
})

/** A model, or null where problems keep it from being read. */
export interface ModelReadResult {
  readonly model: Model | null
  readonly problems: readonly Problem[]
  /** Where in an imported file a part of the model stands. */
  readonly place?: (path: JsonPath) => Where
}

/** Reads a model from JSON. */
function modelFromJson(json: Json, file: string): ModelReadResult {
  const problems: Problem[] = []
  const read = modelShape.read(json, { at: [], report: (found) => problems.push(locate(found, { file })) })
  const version = isObject(json) ? get(json, 'version') : undefined
  if (read !== undefined && version !== 1)
    problems.push(otherVersion({ version: String(version) }, { file, path: ['version'] }))
  return { model: problems.length > 0 ? null : (read ?? null), problems }
}

/** Reads `model.json`. */
export function readModel(text: string, file: string): ModelReadResult {
  try {
    return modelFromJson(readJson(text, { file }), file)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { model: null, problems: [locate(error.problem, { file })] }
  }
}

/** Imports an OSI-mapping file. */
export function importOsi(text: string, file: string): ModelReadResult {
  const { model: json, problems, place } = readOsi(text, file)
  if (json === null) return { model: null, problems }
  const { model, problems: more } = modelFromJson(json, file)
  const located = more.map((found) => locate(found, place(found.where.path ?? [])))
  return { model, problems: [...problems, ...located], place }
}
