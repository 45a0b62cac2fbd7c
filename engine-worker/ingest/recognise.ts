/**
 * What the texts of a column are, and the conversion that reads them. All that is tried is declared with the functions
 * (`reads` of their declarations); a value counts as readable when the conversion itself gives something for it.
 */
import { evaluateBatch } from '../dtl/batch.ts'
import { compiledConversion } from '../dtl/compile/conversion.ts'
import { makeContext } from '../dtl/context.ts'
import { functions } from '../dtl/registry.ts'
import type { ColumnReading } from '../dtl/signature.ts'
import { fillConversion, firstOfCall } from '../dtl/syntax.ts'
import type { Json, Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { passesMod11 } from './check-digit.ts'

/** A reading of a column: what its values become, and how many can be read. */
export interface RecognisedColumn {
  readonly reading: ColumnReading
  /** What each different text becomes; null for those that cannot be read. */
  readonly results: ReadonlyMap<string, Value>
  /** Rows whose value is read, of those that have one. */
  readonly read: number
  readonly of: number
}

/** Half of the values must look so, for a reading to be worth offering. */
const MIN_SHARE = 0.5
/** Different values that are tried; what is said of more is said of these. */
const MAX_TRIED = 20_000

const readingPatterns = functions
  .flatMap(({ reads = [] }) => reads)
  .map((reading) => ({
    reading,
    pattern: new RegExp(reading.pattern, 'i'),
    // Capitals matter to what counts as evidence of capitals.
    evidence: reading.evidence === undefined ? null : new RegExp(reading.evidence),
    unless: reading.unless === undefined ? null : new RegExp(reading.unless, 'i'),
    named: reading.named === undefined ? null : new RegExp(reading.named, 'i'),
  }))
  .sort((a, b) => a.reading.rank - b.reading.rank)

/** The reading that fits a column of texts best; null where they are best left as they are. */
export async function recognise(
  column: string,
  values: readonly Value[],
  environment: Environment,
): Promise<RecognisedColumn | null> {
  const counts = new Map<string, number>()
  let of = 0
  for (const value of values) {
    if (value === null || value === '') continue
    of++
    if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const texts = [...counts.keys()].slice(0, MAX_TRIED)
  let best: RecognisedColumn | null = null
  for (const { reading, pattern, evidence, named, unless } of readingPatterns) {
    if (unless && texts.some((text) => unless.test(text.trim()))) continue
    const fitting = texts.filter((text) => pattern.test(text.trim()) && passesCheck(reading, text))
    const rows = fitting.reduce((sum, text) => sum + (counts.get(text) ?? 0), 0)
    if (rows === 0 || rows < of * MIN_SHARE || (best && rows <= best.read)) continue
    const isEvident = (!evidence && !named) || named?.test(column) || fitting.some((text) => evidence?.test(text))
    if (!isEvident) continue
    const results = await convertTexts(reading.dtl, fitting, environment)
    const read = [...results].reduce((sum, [text, value]) => (value === null ? sum : sum + (counts.get(text) ?? 0)), 0)
    if (read < of * MIN_SHARE || (best && read <= best.read)) continue
    const whole = new Map(texts.map((text) => [text, results.get(text) ?? null]))
    best = { reading, results: whole, read, of }
  }
  return best
}

function passesCheck({ check }: ColumnReading, text: string): boolean {
  return check === undefined || passesMod11(text.replace(/\D/g, ''))
}

/** What a conversion makes of texts; null where it cannot read one. */
async function convertTexts(
  dtl: Json,
  texts: readonly string[],
  environment: Environment,
): Promise<ReadonlyMap<string, Value>> {
  const expression = compiledConversion(dtl)
  const context = makeContext({ environment })
  const results = await evaluateBatch(texts, (value, ctx) => expression.evaluate({ value }, ctx), context)
  return new Map(
    texts.map((text, at) => {
      const found = results[at]
      return [text, found && 'result' in found ? found.result : null]
    }),
  )
}

/**
 * The expression that converts a property. Where not all values can be read the others stay as they are: by the default
 * of the function, if it has one, or as the first value that is there.
 */
export function conversion(template: Json, property: string, readsAll: boolean): Json {
  const call = fillConversion(template, property)
  if (readsAll || !Array.isArray(call)) return call
  const [name, ...given] = call
  const declared = functions.find((each) => each.kind === 'expression' && each.name === name)
  const [first] = declared?.takes ?? []
  const hasDefault = first?.mode === 'fn' && first.quantifier === 'optional' && given.length === 1
  return hasDefault ? [name ?? null, property, ...given] : firstOfCall([call, property])
}
