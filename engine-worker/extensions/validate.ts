/** The rules that Sesam's client holds connectors to, as problems with the template and the pipe that they are about. */
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import { Fault, type Problem, problem, type Where } from '../problem.ts'
import { type ExpandedComponent, expandComponents, expandConnector } from './expand.ts'
import { variablesIn } from './fill-template.ts'
import { type ConnectorFiles, type ConnectorManifest, manifestFile, readManifest, templateAt } from './manifest.ts'

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
  fix: () => 'Resolve what it warns about, and remove it.',
})

const noCollectTemplate = problem<{ pipe: string; share: string }>({
  code: 'connector-collect-template',
  severity: 'error',
  says: ({ pipe, share }) =>
    `The pipe ${pipe} lacks the template "transform-collect-rest", although there is ${share}.`,
  fix: () => 'Add the template, so that what was inserted is recognised when it is collected.',
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

const parameterStays = problem<{ datatype: string; parameter: string; from: string }>({
  code: 'connector-parameter-stays',
  severity: 'warning',
  says: ({ datatype, parameter, from }) =>
    `The datatype ${datatype} does not set "${parameter}", and gets the value that ${from} sets before it.`,
  fix: ({ parameter }) => `Set "${parameter}" in the parameters of the datatype: what is set once stays visible.`,
})

/** The problems of a connector, warnings too; without an error the client accepts it. */
export function validateConnector(files: ConnectorFiles, system: string): readonly Problem[] {
  try {
    const manifest = readManifest(files)
    const components = expandComponents(files, manifest, system)
    // What keeps the files from being written: components without a usable name, a broken file of variables.
    expandConnector(files, { system, profile: 'test' })
    const ids = components.map(({ config }) => String(get(config, '_id')))
    const shared = new Map(
      ids
        .map((id) => partsOf(id, system))
        .flatMap(({ datatype, rest }, index) =>
          rest.includes('share') ? [[datatype, ids[index] ?? ''] as const] : [],
        ),
    )
    const found = components
      .filter(({ template }) => template !== null)
      .flatMap((each) => checkComponent(each, system, shared))
    return [...found, ...stayingParameters(files, manifest)]
  } catch (error) {
    if (error instanceof Fault) return [error.problem]
    throw error
  }
}

/** The datatype and what follows it in the name of a pipe, as the client takes it apart: up to the next hyphen. */
function partsOf(id: string, system: string): { readonly datatype: string; readonly rest: string } {
  const inner = id.startsWith(`${system}-`) ? id.slice(system.length + 1) : id.slice(id.indexOf('-') + 1)
  const end = inner.indexOf('-')
  return { datatype: end < 0 ? inner : inner.slice(0, end), rest: inner }
}

/** Templates that use a parameter which only an earlier datatype sets. */
function stayingParameters(files: ConnectorFiles, { datatypes, additionalParameters }: ConnectorManifest): Problem[] {
  const setBy = new Map<string, string>()
  const problems: Problem[] = []
  for (const { name, template, parameters } of datatypes) {
    const text = templateAt(files, template) ?? ''
    const used = variablesIn(text)
    for (const [parameter, from] of setBy) {
      if (!used.has(parameter) || Object.hasOwn(parameters, parameter) || additionalParameters.includes(parameter))
        continue
      problems.push(
        parameterStays({ datatype: name, parameter, from }, { file: manifestFile, path: ['datatypes', name] }),
      )
    }
    for (const parameter of Object.keys(parameters)) setBy.set(parameter, name)
  }
  return problems
}

/** `shared`: the pipe that shares a datatype, by the datatype. */
function checkComponent(
  { config, template }: ExpandedComponent,
  system: string,
  shared: ReadonlyMap<string, string>,
): Problem[] {
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
  const { datatype, rest } = partsOf(pipe, system)
  if (rest.includes('collect'))
    problems.push(...checkCollect(config, pipe, transforms, shared.get(datatype) ?? null, where))
  const shares = transforms.some((each) => get(each, 'template') === 'transform-share-rest')
  if (shares && get(config, 'batch_size') !== 1) problems.push(batchSize({ pipe }, where('batch_size')))
  return problems
}

function checkCollect(
  config: JsonObject,
  pipe: string,
  transforms: readonly JsonObject[],
  share: string | null,
  where: (...path: string[]) => Where,
): Problem[] {
  const collect = transforms.find((each) => get(each, 'template') === 'transform-collect-rest')
  if (collect === undefined) return share === null ? [] : [noCollectTemplate({ pipe, share }, where('transform'))]
  const properties = get(collect, 'properties')
  const dataset = isObject(properties) ? get(properties, 'share_dataset') : undefined
  const excluded = get(config, 'exclude_completeness')
  if (typeof dataset === 'string' && Array.isArray(excluded) && excluded.includes(dataset)) return []
  return [
    noExclusion(
      { pipe, dataset: typeof dataset === 'string' ? dataset : (share ?? '') },
      where('exclude_completeness'),
    ),
  ]
}

/** The template transforms of a pipe, whether it has one transform or a list. */
function templatesOf(config: JsonObject): readonly JsonObject[] {
  const transform = get(config, 'transform')
  const list = Array.isArray(transform) ? transform : [transform ?? null]
  return list.filter((each) => isObject(each)).filter((each) => get(each, 'type') === 'template')
}
