/**
 * Whole steps that the entity at hand suggests: conversions of its texts, sums over its lists, children of them, each with
 * what it makes of this entity. What texts are comes from the declarations (`reads`); nothing is guessed from names alone.
 */
import { evaluateBatch } from '../dtl/batch.ts'
import { compileAlone } from '../dtl/compile/compile.ts'
import { makeContext } from '../dtl/context.ts'
import type { ColumnShape } from '../dtl/signature.ts'
import { addStep, childrenStep, fillConversion, sumCall } from '../dtl/syntax.ts'
import { segmentText } from '../dtl/tree/path.ts'
import { printJson } from '../entity/json.ts'
import { printValue, readEntity, readValue } from '../entity/transit.ts'
import { type Dict, isDict, type Json, kindOf, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { conversion, recognise } from '../ingest/recognise.ts'
import { capability } from './capability.ts'

/** What a suggested step does. */
type RecipeKind = ColumnShape | 'sum' | 'children'

/** A step that the entity suggests. */
interface SuggestedStep {
  readonly does: RecipeKind
  /** How a date or time is written. */
  readonly format?: string
  readonly property: string
  /** The step as JSON text. */
  readonly step: string
  /** What there is, and what the step makes of it, as transit texts; of children their number. */
  readonly from: string
  readonly gives: string
}

/** The entity before the step, and what has been made of it so far, as transit texts. */
interface SuggestedStepsRequest {
  readonly source: string
  readonly target: string | null
}

/** Properties that are looked at. */
const mostProperties = 80

/** Steps for an entity, conversions first. */
export const suggestedSteps = capability(
  'suggestedSteps',
  async ({ source, target }: SuggestedStepsRequest, { host }): Promise<readonly SuggestedStep[]> => {
    const { environment } = host.platform
    const read = readEntity(source)
    const made = target === null ? null : readValue(target)
    const found: SuggestedStep[] = []
    for (const [name, value] of propertiesOf(read)) {
      // What a step has made of the property already needs no other.
      if (isDict(made) && made[name] !== undefined && kindOf(made[name] ?? null) !== kindOf(value)) continue
      if (typeof value === 'string') found.push(...(await conversionsOf(name, value, environment)))
    }
    const [variable, whole] = isDict(made) ? ['_T', made] : ['_S', read]
    for (const [name, value] of propertiesOf(whole)) {
      if (!Array.isArray(value) || value.length === 0 || !value.every((item) => isDict(item))) continue
      const path = `${variable}.${segmentText(name)}`
      found.push({
        does: 'children',
        property: name,
        step: printJson(childrenStep(path)),
        from: printValue(value),
        gives: String(value.length),
      })
      found.push(
        ...(await sumsOf(
          name,
          path,
          value.filter((item) => isDict(item)),
          { read, whole },
          environment,
        )),
      )
    }
    return found
  },
)

function propertiesOf(entity: Dict): readonly (readonly [string, Value])[] {
  return Object.entries(entity)
    .filter(([name]) => !name.startsWith('_') && !name.startsWith('$'))
    .slice(0, mostProperties)
}

async function conversionsOf(name: string, value: string, environment: Environment): Promise<readonly SuggestedStep[]> {
  const found = await recognise(name, [value], environment)
  const becomes = found?.results.get(value) ?? null
  if (!found || becomes === null) return []
  const { shape, format, dtl } = found.reading
  return [
    {
      does: shape,
      ...(format === undefined ? {} : { format }),
      property: name,
      step: printJson(addStep(name, conversion(dtl, `_S.${segmentText(name)}`, false))),
      from: printValue(value),
      gives: printValue(becomes),
    },
  ]
}

/** Sums of numbers in a list of objects; of amounts that are still texts once they are read. */
async function sumsOf(
  list: string,
  path: string,
  items: readonly Dict[],
  { read, whole }: { readonly read: Dict; readonly whole: Dict },
  environment: Environment,
): Promise<readonly SuggestedStep[]> {
  const sums: SuggestedStep[] = []
  for (const name of new Set(items.flatMap((item) => propertiesOf(item).map(([key]) => key)))) {
    const values = items.map((item) => item[name] ?? null).filter((value) => value !== null)
    const isNumeric = values.every((value) => ['integer', 'float', 'decimal'].includes(kindOf(value)))
    const reading = isNumeric ? null : ((await recognise(name, values, environment))?.reading ?? null)
    if (!isNumeric && reading?.shape !== 'decimal-comma' && reading?.shape !== 'decimal-point') continue
    const each = `${path}.${segmentText(name)}`
    const sum = sumCall(reading ? fillConversion(reading.dtl, each) : each)
    const gives = await resultOf(sum, read, whole, environment)
    if (gives === null) continue
    const property = `sum-${name}`
    sums.push({
      does: 'sum',
      property: `${list}.${name}`,
      step: printJson(addStep(property, sum)),
      from: printValue([...values]),
      gives: printValue(gives),
    })
  }
  return sums
}

async function resultOf(dtl: Json, source: Dict, target: Dict, environment: Environment): Promise<Value> {
  const { expression } = compileAlone(dtl)
  const context = makeContext({ environment })
  const [found] = await evaluateBatch([source], (entity, ctx) => expression.evaluate(entity, ctx, target), context)
  return found && 'result' in found ? found.result : null
}
