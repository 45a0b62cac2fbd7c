/**
 * Whole steps that the entity at hand suggests: conversions of its texts, and the recipes that functions declare for what
 * it has (lists, objects, gaps), each with what it makes of this entity. What texts are comes from the declarations
 * (`reads`); nothing is guessed from names alone.
 */
import { functions } from '../dtl/registry.ts'
import type { ColumnShape, RecipeName } from '../dtl/signature.ts'
import { addStep, fillRecipe } from '../dtl/syntax.ts'
import { segmentText } from '../dtl/tree/path.ts'
import { printJson } from '../entity/json.ts'
import { printValue, readEntity, readValue } from '../entity/transit.ts'
import { type Dict, isDict, kindOf, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { conversion, recognise } from '../ingest/recognise.ts'
import { capability } from './capability.ts'
import { type RecipeMatch, recipeMatchesOf } from './recipe-fits.ts'
import { resultOf } from './step-result.ts'

/** A step that the entity suggests. */
interface SuggestedStep {
  readonly does: ColumnShape | RecipeName
  /** How a date or time is written. */
  readonly format?: string
  readonly property: string
  /** The property of the objects in a list that it is about. */
  readonly key?: string
  /** The step as JSON text. */
  readonly step: string
  /** What there is, and what the step makes of it, as transit texts; of children their number. */
  readonly from: string
  readonly gives: string
  /** Of the further entities that have a value so many can be read. */
  readonly reads?: { readonly read: number; readonly of: number }
}

/** The entity before the step, and what has been made of it so far, as transit texts. */
interface SuggestedStepsRequest {
  readonly source: string
  readonly target: string | null
  /** Further entities, as transit texts: conversions are counted on them. */
  readonly others?: readonly string[]
}

/** Properties that are looked at. */
const MAX_PROPERTIES = 80
/** Recipes of one kind: with more the list says nothing. */
const MAX_OF_KIND = 3

const recipes = functions.flatMap((declared) =>
  (declared.recipes ?? []).map((recipe) => ({ ...recipe, isStep: declared.kind === 'transform' })),
)

/** Steps for an entity, conversions first. */
export const suggestedSteps = capability(
  'suggestedSteps',
  'draft',
  async ({ source, target, others = [] }: SuggestedStepsRequest, { host }): Promise<readonly SuggestedStep[]> => {
    const { environment } = host.platform
    const read = readEntity(source)
    const targetValue = target === null ? null : readValue(target)
    const samples = others.map((text) => readEntity(text))
    const found: SuggestedStep[] = []
    for (const [name, value] of propertiesOf(read)) {
      // What a step has made of the property already needs no other.
      if (isDict(targetValue) && targetValue[name] !== undefined && kindOf(targetValue[name] ?? null) !== kindOf(value))
        continue
      if (typeof value === 'string') found.push(...(await conversionsOf(name, value, samples, environment)))
    }
    const [variable, whole] = isDict(targetValue) ? (['_T', targetValue] as const) : (['_S', read] as const)
    const counts = new Map<string, number>()
    const absent = [...new Set(samples.flatMap(Object.keys))].filter((name) => whole[name] === undefined)
    const empty = absent.map((name) => [name, null] as const).filter(([name]) => !/^[_$]/.test(name))
    for (const [name, value] of [...propertiesOf(whole), ...empty.slice(0, MAX_PROPERTIES)]) {
      const path = `${whole[name] === undefined ? '_S' : variable}.${segmentText(name)}`
      const fittings = await recipeMatchesOf({ name, path, value, samples, environment })
      for (const recipe of recipes) {
        for (const fitting of fittings.filter(({ fits }) => fits === recipe.fits)) {
          const seen = counts.get(recipe.does) ?? 0
          if (seen >= MAX_OF_KIND) continue
          const step = await stepOf(recipe, fitting, { name, source: read, target: whole, value }, environment)
          if (step === null) continue
          counts.set(recipe.does, seen + 1)
          found.push(step)
        }
      }
    }
    return found
  },
)

interface RecipePlace {
  readonly name: string
  readonly source: Dict
  readonly target: Dict
  readonly value: Value
}

/** A recipe for one property; null where it makes nothing of it. */
async function stepOf(
  { does, dtl, isStep }: (typeof recipes)[number],
  { key, filled, from }: RecipeMatch,
  { name, source, target, value }: RecipePlace,
  environment: Environment,
): Promise<SuggestedStep | null> {
  const call = fillRecipe(dtl, filled)
  const about = {
    does,
    property: name,
    ...(key === undefined ? {} : { key }),
    from: printValue(from),
  }
  if (isStep)
    return { ...about, step: printJson(call), gives: Array.isArray(value) ? String(value.length) : printValue(value) }
  const gives = await resultOf(call, source, target, environment)
  if (gives === null) return null
  return { ...about, step: printJson(addStep(propertyOf(does, name, key), call)), gives: printValue(gives) }
}

/** The property that a recipe writes: what replaces a value stands in its place, what is made of it has a name of its own. */
function propertyOf(does: RecipeName, name: string, key: string | undefined): string {
  switch (does) {
    case 'sum':
      return `sum-${key}`
    case 'newest':
      return `newest-${name}`
    case 'pivot':
      return `${name}-by-${key}`
    default:
      return name
  }
}

function propertiesOf(entity: Dict): readonly (readonly [string, Value])[] {
  return Object.entries(entity)
    .filter(([name]) => !name.startsWith('_') && !name.startsWith('$'))
    .slice(0, MAX_PROPERTIES)
}

/** The conversion of a text; counted on the same property of further entities. */
async function conversionsOf(
  name: string,
  value: string,
  samples: readonly Dict[],
  environment: Environment,
): Promise<readonly SuggestedStep[]> {
  const texts = samples.map((sample) => sample[name] ?? null)
  const found = (await recognise(name, [value, ...texts], environment)) ?? (await recognise(name, [value], environment))
  const converted = found?.results.get(value) ?? null
  if (!found || converted === null) return []
  const { shape, format, dtl } = found.reading
  const filledTexts = texts.filter((text) => text !== null && text !== '')
  const read = filledTexts.filter((text) => typeof text === 'string' && (found.results.get(text) ?? null) !== null)
  return [
    {
      does: shape,
      ...(format === undefined ? {} : { format }),
      property: name,
      step: printJson(addStep(name, conversion(dtl, `_S.${segmentText(name)}`, false))),
      from: printValue(value),
      gives: printValue(converted),
      ...(filledTexts.length > 1 ? { reads: { read: read.length, of: filledTexts.length } } : {}),
    },
  ]
}
