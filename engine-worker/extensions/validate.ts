/** The rules that Sesam's client holds connectors to, as problems with the template and the pipe that they are about. */
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, type Problem, problem, type Where } from '../problem.ts'
import { type ExpandedComponent, expandComponents } from './expand.ts'
import { type ConnectorFiles, readManifest } from './manifest.ts'

const sinkDataset = problem<{ pipe: string }>({
  code: 'connector-sink-dataset',
  severity: 'error',
  says: ({ pipe }) => `The pipe ${pipe} names a "dataset" in its sink.`,
  fix: () => 'Remove it: the dataset of a pipe has the name of the pipe.',
})

const warningLeft = problem<{ pipe: string }>({
  code: 'connector-warning-left',
  severity: 'error',
  says: ({ pipe }) => `The description of ${pipe} holds a WARNING.`,
  fix: () => 'Settle what it warns of, and remove it.',
})

const noCollectTemplate = problem<{ pipe: string; share: string }>({
  code: 'connector-collect-template',
  severity: 'error',
  says: ({ pipe, share }) =>
    `The pipe ${pipe} lacks the template "transform-collect-rest", although there is ${share}.`,
  fix: () => 'Add the template, so that what was inserted is known again when it is collected.',
})

const noExclusion = problem<{ pipe: string; dataset: string }>({
  code: 'connector-exclude-completeness',
  severity: 'error',
  says: ({ pipe, dataset }) => `"exclude_completeness" of ${pipe} does not name the share dataset "${dataset}".`,
  fix: ({ dataset }) => `Add "${dataset}" to "exclude_completeness".`,
})

const batchSize = problem<{ pipe: string }>({
  code: 'connector-batch-size',
  severity: 'error',
  says: ({ pipe }) => `The pipe ${pipe} shares, but its "batch_size" is not 1.`,
  fix: () => 'Set "batch_size" to 1, so that an entity sees what the one before it inserted.',
})

/** Every problem of a connector; an empty list means that the client accepts it. */
export function validateConnector(files: ConnectorFiles, system: string): readonly Problem[] {
  try {
    const manifest = readManifest(files)
    const components = expandComponents(files, manifest, system)
    const ids = new Set(components.map(({ config }) => get(config, '_id')))
    return components.filter(({ template }) => template !== null).flatMap((each) => checkComponent(each, ids))
  } catch (error) {
    if (error instanceof Fault) return [error.problem]
    throw error
  }
}

function checkComponent({ config, template }: ExpandedComponent, ids: ReadonlySet<Json | undefined>): Problem[] {
  const pipe = String(get(config, '_id'))
  if (get(config, 'type') !== 'pipe') return []
  const where = (...path: (string | number)[]): Where => ({
    ...(template === null ? {} : { file: template }),
    pipe,
    path,
  })
  const problems: Problem[] = []
  const sink = get(config, 'sink')
  if (isObject(sink) && get(sink, 'dataset') !== undefined)
    problems.push(sinkDataset({ pipe }, where('sink', 'dataset')))
  const description = get(config, 'description')
  if (JSON.stringify(description ?? '').includes('WARNING')) problems.push(warningLeft({ pipe }, where('description')))
  const transforms = templatesOf(config)
  if (pipe.endsWith('-collect')) problems.push(...checkCollect(config, pipe, transforms, ids, where))
  const shares = transforms.some((each) => get(each, 'template') === 'transform-share-rest')
  if (shares && get(config, 'batch_size') !== 1) problems.push(batchSize({ pipe }, where('batch_size')))
  return problems
}

function checkCollect(
  config: JsonObject,
  pipe: string,
  transforms: readonly JsonObject[],
  ids: ReadonlySet<Json | undefined>,
  where: (...path: string[]) => Where,
): Problem[] {
  const share = pipe.replace(/-collect$/, '-share')
  const collect = transforms.find((each) => get(each, 'template') === 'transform-collect-rest')
  if (collect === undefined) return ids.has(share) ? [noCollectTemplate({ pipe, share }, where('transform'))] : []
  const properties = get(collect, 'properties')
  const dataset = isObject(properties) ? get(properties, 'share_dataset') : undefined
  const excluded = get(config, 'exclude_completeness')
  if (typeof dataset === 'string' && Array.isArray(excluded) && excluded.includes(dataset)) return []
  return [noExclusion({ pipe, dataset: typeof dataset === 'string' ? dataset : share }, where('exclude_completeness'))]
}

/** The template transforms of a pipe, whether it has one transform or a list. */
function templatesOf(config: JsonObject): readonly JsonObject[] {
  const transform = get(config, 'transform')
  const list = Array.isArray(transform) ? transform : [transform ?? null]
  return list.filter((each) => isObject(each)).filter((each) => get(each, 'type') === 'template')
}
