/**
 * Section `transform`: one realistic DTL transform over customers of 12 fields, against JavaScript written by hand for
 * the same work (copying generically), JSONata, and an interpreter that walks the DTL for each entity. Sixty other
 * transforms run in the same process first, as in a worker that has been in use.
 */
import jsonata from 'jsonata'
import { compileRules, type Dtl } from '../../dtl/compile.ts'
import { makeContext } from '../../dtl/context.ts'
import type { Entity, Json, JsonObject } from '../../entity/value.ts'
import { customers } from './customers.ts'
import { interpret } from './interpreter.ts'
import { type Contender, ratio, rounds } from './measure.ts'
import { otherTransforms } from './others.ts'

const COUNT = 2_000
/** JSONata gets a smaller part of the work, and its time is scaled. */
const JSONATA_PART = 40

/** The rules that are measured. */
export const rules: JsonObject = {
  default: [
    ['filter', ['eq', '_S.active', true]],
    ['copy', '*', ['list', 'password', 'phone']],
    ['add', 'name', ['concat', ['upper', '_S.last'], ', ', '_S.first']],
    ['if', ['gte', '_S.age', 18], ['add', 'group', 'adult'], ['add', 'group', 'minor']],
    ['add', 'total', ['sum', ['map', ['*', '_.price', '_.quantity'], '_S.lines']]],
    ['add', 'city', ['upper', '_S.address.city']],
    ['rename', 'phone', 'telephone'],
    ['add', 'since', ['datetime-format', '%Y-%m-%d', ['datetime-parse', '%d.%m.%Y %H:%M', '_S.registered']]],
  ],
}

const jsonataText = `$[active = true].$merge([$sift($, function($v, $k) { $k != "password" and $k != "phone" }), {
  "name": $uppercase(last) & ", " & first,
  "group": age >= 18 ? "adult" : "minor",
  "total": $sum(lines.(price * quantity)),
  "city": $uppercase(address.city),
  "telephone": phone,
  "since": $fromMillis($toMillis(registered, "[D01].[M01].[Y0001] [H01]:[m01]"), "[Y0001]-[M01]-[D01]")
}])`

/** The same by hand: any properties, the known ones by name. */
export function byHand(source: Record<string, unknown>): Record<string, unknown> | null {
  if (source.active !== true) return null
  const target: Record<string, unknown> = {}
  for (const key in source) if (key !== 'password' && key !== 'phone') target[key] = source[key]
  target.name = `${String(source.last).toUpperCase()}, ${source.first}`
  target.group = Number(source.age) >= 18 ? 'adult' : 'minor'
  let total = 0
  for (const line of source.lines as { price: number; quantity: number }[]) total += line.price * line.quantity
  target.total = total
  target.city = String((source.address as { city: string }).city).toUpperCase()
  target.telephone = source.phone
  target.since = isoDay(String(source.registered))
  return target
}

/** `24.12.2021 08:15` as a day, by way of a moment in time, as a careful programmer does it. */
function isoDay(text: string): string {
  const day = Number(text.slice(0, 2))
  const month = Number(text.slice(3, 5))
  const year = Number(text.slice(6, 10))
  const time = Date.UTC(year, month - 1, day, Number(text.slice(11, 13)), Number(text.slice(14, 16)))
  const date = new Date(time)
  return `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

function compiled(json: Json): Dtl {
  const { dtl, problems } = compileRules({ type: 'dtl', rules: json })
  const [problem] = problems
  if (problem !== undefined) throw new Error(`${problem.message} at ${problem.where.path?.join('/')}`)
  return dtl
}

/** Median ratios of speed, higher is better. */
export async function transform(count = 21): Promise<Record<string, number>> {
  const entities = customers(COUNT)
  const dtl = compiled(rules)
  const ctx = makeContext({
    surroundings: { now: () => 0n, random: () => 0, randomBytes: (length) => new Uint8Array(length) },
    budget: Number.POSITIVE_INFINITY,
  })
  for (const other of otherTransforms(60)) {
    const warm = compiled(other)
    for (let round = 0; round < 3; round++) for (const entity of entities.slice(0, 200)) warm.run(entity, ctx)
  }
  const run = runAll(entities, (entity) => {
    const { target, stopped } = dtl.run(entity, ctx)
    return stopped === null && target !== null ? target : null
  })
  const times = await rounds({ dtl: run, hand: runAll(entities, byHand) }, count, 8)
  const walked = entities.slice(0, COUNT / 4)
  const slow = await rounds(
    {
      dtl: runAll(walked, (entity) => dtl.run(entity, ctx).target),
      interpreter: runAll(walked, (entity) => interpret(rules.default ?? null, entity)),
    },
    count,
  )
  const part = entities.slice(0, JSONATA_PART)
  const vsJsonata = await againstJsonata(part, (entity) => dtl.run(entity, ctx).target, Math.min(count, 9))
  return {
    vs_handwritten: ratio(times.dtl, times.hand),
    vs_jsonata: vsJsonata,
    vs_interpreter: ratio(slow.dtl, slow.interpreter),
  }
}

function runAll(entities: readonly Entity[], one: (entity: Entity) => object | null): Contender {
  return () => {
    let kept = 0
    for (const entity of entities) if (one(entity) !== null) kept++
    return kept
  }
}

/** JSONata evaluates asynchronously, so it is timed apart, in alternating rounds too. */
async function againstJsonata(
  entities: readonly Entity[],
  one: (entity: Entity) => object | null,
  count: number,
): Promise<number> {
  const expression = jsonata(jsonataText)
  const repeats = 50
  const run = runAll(entities, one)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < count + 2; round++) {
    const start = performance.now()
    for (let again = 0; again < repeats; again++) run()
    const between = performance.now()
    for (const entity of entities) await expression.evaluate([entity])
    const end = performance.now()
    if (round < 2) continue
    ours.push((between - start) / repeats)
    theirs.push(end - between)
  }
  return ratio(ours, theirs)
}
