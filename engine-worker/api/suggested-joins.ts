/** Joins that the data suggests: datasets that hold what belongs to the entity at hand, and sums over what they hold. */
import { functions } from '../dtl/registry.ts'
import { addStep, equalityCall, fillConversion, fillRecipe, joinCall } from '../dtl/syntax.ts'
import { segmentText } from '../dtl/tree/path.ts'
import { printJson } from '../entity/json.ts'
import { printValue, readEntity } from '../entity/transit.ts'
import type { Json } from '../entity/value.ts'
import { capability } from './capability.ts'
import { entitiesOf, keyMatches, matchesOf } from './key-matches.ts'
import { recipeMatchesOf } from './recipe-fits.ts'
import { resultOf } from './step-result.ts'

interface SuggestedJoinsRequest {
  readonly pipe: string
  /** The entity at hand and further ones, as transit texts. */
  readonly source: string
  readonly others: readonly string[]
  /** Datasets that the pipe reads already. */
  readonly except: readonly string[]
}

/** A step that joins a dataset. */
interface SuggestedJoin {
  readonly does: 'join' | 'join-sum'
  readonly dataset: string
  /** The property that is summed. */
  readonly key?: string
  /** The properties that meet, as they read: of the entity and of the dataset. */
  readonly on: readonly [string, string]
  readonly property: string
  /** The step as JSON text. */
  readonly step: string
  /** Values of the entity's matches as transit text, and their sum; of a plain join the number of matches. */
  readonly from: string
  readonly gives: string
  /** Entities with a match, of so many that were looked at. */
  readonly matched: number
  readonly of: number
}

/** Datasets that are looked at, and joins worth reading. */
const MAX_DATASETS = 12
const MAX_JOINS = 4

const sumRecipe = functions.flatMap(({ recipes = [] }) => recipes).find(({ does }) => does === 'sum')

/** Joins for an entity, those that find something for most entities first. */
export const suggestedJoins = capability(
  'suggestedJoins',
  'draft',
  async ({ pipe, source, others, except }: SuggestedJoinsRequest, { host }): Promise<readonly SuggestedJoin[]> => {
    const { store } = host.current()
    const { environment } = host.platform
    const namespaces = host.namespacesOf(pipe)
    const entity = readEntity(source)
    const listed = await store.list()
    const names = listed
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('system:') && name !== pipe && !except.includes(name))
    const found: SuggestedJoin[] = []
    for (const dataset of names.slice(0, MAX_DATASETS)) {
      const [best] = await keyMatches(store, namespaces, { pipe, left: { entities: others }, right: { dataset } })
      if (!best || best.matched === 0) continue
      const { pair, fold, matched, of } = best
      const { entities } = await entitiesOf(store, { dataset })
      const keys = [fillConversion(fold, pair[0]), fillConversion(fold, pair[1])] as const
      const matches = matchesOf(entity, entities, keys, namespaces)
      const alias = dataset
        .charAt(0)
        .toLowerCase()
        .replace(/[^a-z]/, 'd')
      const otherPath = String(pair[1]).replace(/^_S/, alias)
      const where = equalityCall(keys[0], fillConversion(fold, otherPath))
      const on = [nameOf(pair[0]), nameOf(pair[1])] as const
      const about = { dataset, on, matched, of }
      const join = addStep(dataset, joinCall([`${dataset} ${alias}`], [where]))
      const count = { from: 'null', gives: String(matches.length) }
      found.push({ ...about, does: 'join', property: dataset, step: printJson(join), ...count })
      const fittings = await recipeMatchesOf({
        name: dataset,
        path: '_S.all',
        value: entities.slice(0, 200),
        samples: [],
        environment,
      })
      for (const { fits, key, filled } of fittings) {
        if (fits !== 'numbers' || key === undefined || !sumRecipe) continue
        const returned = `${alias}.${segmentText(key)}`
        const values = fillPath(
          filled.value ?? null,
          `_S.all.${segmentText(key)}`,
          joinCall([`${dataset} ${alias}`], [where], returned),
        )
        const step = addStep(`sum-${key}`, fillRecipe(sumRecipe.dtl, { value: values }))
        const gives = await resultOf(fillRecipe(sumRecipe.dtl, filled), { all: [...matches] }, {}, environment)
        found.push({
          ...about,
          does: 'join-sum',
          key,
          property: `sum-${key}`,
          step: printJson(step),
          from: printValue(matches.map((match) => match[key] ?? null)),
          gives: printValue(gives),
        })
      }
    }
    return found.sort((a, b) => b.matched - a.matched).slice(0, MAX_JOINS)
  },
)

/** A reading of a path over something else. */
function fillPath(template: Json, path: string, value: Json): Json {
  if (template === path) return value
  return Array.isArray(template) ? template.map((part) => fillPath(part, path, value)) : template
}

function nameOf(path: Json): string {
  return typeof path === 'string' ? path.replace(/^_S\./, '') : printJson(path)
}
