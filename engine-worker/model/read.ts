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

const notUtf8 = problem({
  code: 'model-not-utf8',
  severity: 'error',
  says: () => 'The file is not UTF-8 text: the bytes in this place are not a character.',
  fix: () => 'Save it again with the encoding UTF-8.',
})

/** Says where a text was made of bytes that are not UTF-8: the reader of files has put U+FFFD in their place. */
function encodingProblem(text: string, file: string): Problem | null {
  const at = text.indexOf('\uFFFD')
  if (at < 0) return null
  const before = text.slice(0, at).split('\n')
  return notUtf8({}, { file, line: before.length, column: (before.at(-1) ?? '').length + 1 })
}

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
  const unreadable = encodingProblem(text, file)
  if (unreadable !== null) return { model: null, problems: [unreadable] }
  const notices: Problem[] = []
  try {
    const json = readJson(text, { file, notice: (found) => notices.push(locate(found, { file })) })
    const { model, problems } = modelFromJson(json, file)
    return { model, problems: [...notices, ...problems] }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { model: null, problems: [locate(error.problem, { file })] }
  }
}

/** Imports an OSI-mapping file. */
export function importOsi(text: string, file: string): ModelReadResult {
  const unreadable = encodingProblem(text, file)
  if (unreadable !== null) return { model: null, problems: [unreadable] }
  const { model: json, problems, place } = readOsi(text, file)
  if (json === null) return { model: null, problems }
  const { model, problems: more } = modelFromJson(json, file)
  const located = more.map((found) => locate(found, place(found.where.path ?? [])))
  return { model, problems: [...problems, ...located], place }
}
