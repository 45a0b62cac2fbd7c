/**
 * Section `transform`: one realistic DTL transform over customers of 12 fields, against JavaScript written by hand for
 * the same work (copying generically), JSONata, and an interpreter that walks the DTL for each entity. Sixty other
 * transforms run in the same process first, as in a worker that has been in use.
 */
import { type CompiledRules, compileRules } from '../../../dtl/compile/compile.ts'
import { makeContext } from '../../../dtl/context.ts'
import type { Entity, Json } from '../../../entity/value.ts'
import { customers } from './customers.ts'
import { interpret } from './interpreter.ts'
import { type Contender, ratio, rounds } from './measure.ts'
import { otherTransforms } from './others.ts'
import { byHand, rules } from './work.ts'

const ENTITY_COUNT = 2_000
/** JSONata gets a smaller part of the work, and its time is scaled. */
const JSONATA_SHARE = 40

const jsonataText = `$[active = true].$merge([$sift($, function($v, $k) { $k != "password" and $k != "phone" }), {
  "name": $uppercase(last) & ", " & first,
  "group": age >= 18 ? "adult" : "minor",
  "total": $sum(lines.(price * quantity)),
  "city": $uppercase(address.city),
  "telephone": phone,
  "since": $fromMillis($toMillis(registered, "[D01].[M01].[Y0001] [H01]:[m01]"), "[Y0001]-[M01]-[D01]")
}])`

function compileOrThrow(json: Json): CompiledRules {
  const { dtl, problems } = compileRules({ type: 'dtl', rules: json })
  const [problem] = problems
  if (problem !== undefined) throw new Error(`${problem.message} at ${problem.where.path?.join('/')}`)
  return dtl
}

/** Median ratios of speed, higher is better. */
export async function benchTransform(count = 21): Promise<Record<string, number>> {
  const entities = customers(ENTITY_COUNT)
  const dtl = compileOrThrow(rules)
  const ctx = makeContext({
    environment: { now: () => 0n, random: () => 0, randomBytes: (length) => new Uint8Array(length) },
    budget: Number.POSITIVE_INFINITY,
  })
  for (const other of otherTransforms(60)) {
    const warm = compileOrThrow(other)
    for (let round = 0; round < 3; round++) for (const entity of entities.slice(0, 200)) warm.run(entity, ctx)
  }
  const run = runAll(entities, (entity) => {
    const { target, stopped } = dtl.run(entity, ctx)
    return stopped === null && target !== null ? target : null
  })
  const times = await rounds({ dtl: run, hand: runAll(entities, byHand) }, count, 8)
  const walked = entities.slice(0, ENTITY_COUNT / 4)
  const slow = await rounds(
    {
      dtl: runAll(walked, (entity) => dtl.run(entity, ctx).target),
      interpreter: runAll(walked, (entity) => interpret(rules.default ?? null, entity)),
    },
    count,
  )
  const part = entities.slice(0, JSONATA_SHARE)
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
  // Only for measuring: the package of the command line comes without it.
  const { default: jsonata } = await import('jsonata')
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
