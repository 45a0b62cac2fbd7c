/** Files and datasets become datatypes of systems, with the pipes that collect them, as one step; then they are read. */
import { fileSystem, isObject, type Json, type JsonObject, type Model } from '../../../engine-worker/index.ts'
import { ask, refreshProject } from '../../store/engine/open-project.ts'
import { supplyFile, supplySource, trackIngest } from '../../store/project/ingest.ts'
import { applyModel } from '../../store/project/model-file.ts'
import { runPipes } from '../../store/project/runs.ts'
import { addSystem, putDatatype } from './edits.ts'
import type { QuestionedFile } from './file-question.ts'
import { collectPipe, systemId } from './records.ts'

/** Adds the files to the model, supplies their data and collects it. */
export async function addFiles(label: string, files: readonly QuestionedFile[]): Promise<void> {
  const known = files.filter(({ report }) => report !== null)
  const added = await Promise.all(known.map(async (file) => ({ file, source: await sourceOf(file) })))
  await applyModel(
    label,
    (model) => added.reduce((before, { file, source }) => withFile(before, file, source), model),
    { only: 'systems' },
  )
  await trackIngest(supplyAll(known))
  await refreshProject()
  await runPipes({ pipes: known.map(({ system, datatype }) => collectPipe(system, datatype)) })
}

function withFile(model: Model, { system, datatype, key }: QuestionedFile, source: JsonObject): Model {
  const config = model.systems[system] === undefined ? fileSystem : undefined
  const columns = Array.isArray(source.primary_key)
    ? source.primary_key.map(String)
    : [String(source.primary_key ?? '')]
  const named = 'columns' in key ? key.columns : columns
  return putDatatype(addSystem(model, system, config), system, datatype, { key: named, source })
}

/** The source of the pipe of a file, in its system. */
async function sourceOf({ id, system, datatype, key }: QuestionedFile): Promise<JsonObject> {
  const pipe = collectPipe(system, datatype)
  const file = { id, pipe, url: null, key, converted: [], keepEmpty: false }
  const components = await ask(
    'planFiles',
    { files: [file], relations: [], namespaced: false, taken: [] },
    { early: true },
  )
  const source: Json | undefined = components.find(({ _id }) => _id === pipe)?.source
  return isObject(source) ? { ...source, system: systemId(system) } : {}
}

async function supplyAll(files: readonly QuestionedFile[]): Promise<void> {
  for (const { id, key, file, system, datatype } of files) {
    const pipe = collectPipe(system, datatype)
    const data = await ask('fileData', { id, key })
    if (data) await supplySource({ pipe, name: `${pipe}.${data.ending}`, text: data.text })
    else await supplyFile(pipe, file, () => undefined)
  }
}

/** A dataset of the project that becomes a datatype. */
interface ChosenDataset {
  readonly dataset: string
  readonly system: string
  readonly datatype: string
}

/** Adds datasets of the project to the model, and collects them. */
export async function addDatasets(label: string, chosen: readonly ChosenDataset[]): Promise<void> {
  const keyed = await Promise.all(chosen.map(async (each) => ({ ...each, key: await keyOf(each.dataset) })))
  await applyModel(
    label,
    (model) =>
      keyed.reduce(
        (before, { dataset, system, datatype, key }) =>
          putDatatype(addSystem(before, system), system, datatype, {
            key: [key],
            source: { type: 'dataset', dataset },
          }),
        model,
      ),
    { only: 'systems' },
  )
  await runPipes({ pipes: chosen.map(({ system, datatype }) => collectPipe(system, datatype)) })
}

/** The property that says the `_id` of each entity, without its namespace; `_id` where none does. */
async function keyOf(dataset: string): Promise<string> {
  const { rows, columns } = await ask('rows', { dataset, from: 0, count: 200 })
  const entities = rows.map((row): unknown => JSON.parse(row)).filter(isRecord)
  const isKey = (column: string) =>
    entities.length > 0 &&
    entities.every((entity) => {
      const id = String(entity._id)
      const text = String(entity[column] ?? '')
      return text !== '' && (id === text || id.endsWith(`:${text}`))
    })
  return columns.find((column) => !column.startsWith('_') && isKey(column)) ?? '_id'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
