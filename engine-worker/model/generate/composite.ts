/**
 * Pipes of the documented layers that are better as one composite pipe: a pipe that is only a step of the next one (its
 * dataset is there because a single pipe of Sesam could not do both) and whose dataset nothing else reads. `expand` gives
 * the plain pipes, under their documented names.
 *
 * What is no step: a raw copy, which is looked at and waited for; what a global pipe merges; and what a share pipe reads,
 * whose dataset says what has changed, so that nothing is sent twice.
 */
import '../../connectors/kinds.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { declaredParts, PARTS } from '../../text/declared-parts.ts'
import { COMPOSITE, partsOf } from '../../text/expand.ts'
import { sameJson } from '../../text/json-equality.ts'
import { transformsOf } from '../../text/split-points.ts'

/** One generated component and its file. */
export interface GeneratedComponent {
  readonly id: string
  readonly file: string
  readonly config: JsonObject
}

/** Puts each step into the pipe that reads it, where only one does. `steps` are the names of pipes that may be one. */
export function composed(components: readonly GeneratedComponent[], steps: ReadonlySet<string>): GeneratedComponent[] {
  const uses = countNames(components.map(({ config }) => config))
  const byId = new Map(components.map((each) => [each.id, each.config]))
  const gone = new Set<string>()
  const merged = components.map((each) => {
    const id = sourceDataset(each.config)
    const step = id === null || !steps.has(id) || uses.get(id) !== 1 ? undefined : byId.get(id)
    const config = step === undefined ? null : compositeOf([step, each.config])
    if (id === null || config === null) return each
    gone.add(id)
    return { ...each, config }
  })
  return merged.filter(({ id }) => !gone.has(id))
}

/** Plain pipes, each of which reads the one before, as one; null where that would lose something that they say. */
export function compositeOf(pipes: readonly JsonObject[]): JsonObject | null {
  const [first] = pipes
  const last = pipes.at(-1)
  const source = first && get(first, 'source')
  if (last === undefined || source === undefined) return null
  const names = pipes.map((pipe) => String(get(pipe, '_id')))
  const slices = pipes.map(transformsOf)
  const parts = pipes.slice(0, -1).map((_, at) => ({ name: names[at] ?? '', transforms: slices[at]?.length ?? 0 }))
  const transforms = slices.flat()
  const { metadata } = last
  const whole: JsonObject = {
    ...last,
    source,
    ...(transforms.length === 0 ? {} : { transform: transforms }),
    metadata: { ...(isObject(metadata) ? metadata : {}), [PARTS]: parts },
  }
  const again = plainPipesOf(whole, names)
  return pipes.every((pipe, at) => sameJson(withTransformList(pipe), withTransformList(again[at] ?? {}))) ? whole : null
}

/** The plain pipes of a composite one, as they are generated. */
export function plainPipes(whole: JsonObject, names: readonly string[]): JsonObject[] {
  return plainPipesOf(whole, names).map((pipe) => {
    const transforms = transformsOf(pipe)
    const [only] = transforms
    return transforms.length === 1 && only !== undefined ? { ...pipe, transform: only } : pipe
  })
}

function plainPipesOf(whole: JsonObject, names: readonly string[]): JsonObject[] {
  const id = String(get(whole, '_id'))
  const all = transformsOf(whole)
  const ends = declaredParts(whole, Number.POSITIVE_INFINITY).map(({ before }) => before)
  const slices = names.map((_, at) => all.slice(ends[at - 1] ?? 0, ends[at]))
  return partsOf(whole, id, names, slices).map((part, at) => {
    const { namespaces, metadata, ...rest } = part
    const own = Object.entries(isObject(metadata) ? metadata : {}).filter(([key]) => key !== COMPOSITE && key !== PARTS)
    // Namespaces are pinned for parts of other names; where there are none, there is nothing to pin.
    const pinned = at < names.length - 1 && get(whole, 'namespaces') === undefined
    const kept: JsonObject = namespaces === undefined || pinned ? {} : { namespaces }
    return { ...rest, ...kept, ...(own.length === 0 ? {} : { metadata: Object.fromEntries(own) }) }
  })
}

/** The pipe with its transforms as a list. */
function withTransformList(pipe: JsonObject): JsonObject {
  const transforms = transformsOf(pipe)
  const { transform: _, ...rest } = pipe
  return transforms.length === 0 ? rest : { ...rest, transform: transforms }
}

function sourceDataset(config: JsonObject): string | null {
  const source = get(config, 'source')
  const dataset = isObject(source) && Object.keys(source).length === 2 ? get(source, 'dataset') : undefined
  return typeof dataset === 'string' ? dataset : null
}

/** How often each dataset is named: in sources, in joins (`name alias`), wherever a text is or begins with its name. */
function countNames(all: readonly Json[]): Map<string, number> {
  const counts = new Map<string, number>()
  const countNamesIn = (json: Json, key: string): void => {
    if (typeof json === 'string' && key !== '_id') {
      const [name = ''] = json.split(' ')
      counts.set(name, (counts.get(name) ?? 0) + 1)
    } else if (Array.isArray(json)) for (const each of json) countNamesIn(each, '')
    else if (isObject(json)) for (const [name, each] of Object.entries(json)) countNamesIn(each, name)
  }
  for (const config of all) countNamesIn(config, '')
  return counts
}
