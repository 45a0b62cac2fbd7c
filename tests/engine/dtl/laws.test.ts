/** Laws of the compiler over random rules and entities. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules, NO_NAMESPACES } from '../../../engine-worker/dtl/compile/compile.ts'
import { traceRecorder } from '../../../engine-worker/dtl/compile/trace.ts'
import { listDatasets, makeContext } from '../../../engine-worker/dtl/context.ts'
import { printValue } from '../../../engine-worker/entity/transit.ts'
import type { Entity, JsonObject, Value } from '../../../engine-worker/entity/value.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { environment, same } from './corpus.ts'
import { dataset, entity, rules, withEq } from './programs.ts'
import { interpret, type World } from './reference.ts'

const crmNamespaces = { enabled: true, identity: 'crm', property: 'x', expansions: new Map<string, string>() }
const LAWS = Number(process.env.LAWS ?? 600)

const worldArbitrary = fc
  .record({ rules, ps: dataset, qs: dataset, namespaces: fc.constantFrom(NO_NAMESPACES, crmNamespaces) })
  .map(({ rules, ps, qs, namespaces }): World => ({ rules, datasets: { ps, qs }, namespaces }))

/** The output of the compiled rules for an entity, or the code of the problem; null when they do not compile. */
function compiled({ rules, datasets, namespaces }: World, source: Entity, traced = false): Value | null {
  const config = { type: 'dtl', rules: withEq(rules), id_required: false } as JsonObject
  const { dtl, problems } = compileRules(config, { namespaces, ...(traced ? { tracer: traceRecorder() } : {}) })
  if (problems.some(({ severity }) => severity === 'error')) return null
  const ctx = makeContext({ environment: environment(), namespaces, datasets: listDatasets(datasets) })
  return outcome(() => {
    const { target, created, stopped } = dtl.run(source, ctx)
    return [stopped === null ? target : 'stopped', [...created]]
  })
}

function interpreted(world: World, source: Entity): Value {
  return outcome(() => {
    const { target, created, stopped } = interpret(world, source)
    return [stopped ? 'stopped' : typeof target._id === 'string' ? target : null, [...created]]
  })
}

function outcome(run: () => Value): Value {
  try {
    return run()
  } catch (error) {
    if (error instanceof Fault) return error.problem.code
    throw error
  }
}

describe('compiled rules', { timeout: Math.max(60_000, LAWS * 100) }, () => {
  it('come out as the plain interpreter says', () => {
    fc.assert(
      fc.property(worldArbitrary, entity, (around, source) => {
        const ours = compiled(around, source)
        if (ours === null) return
        const theirs = interpreted(around, source)
        expect(same(ours, theirs, 'exact'), `${printValue(ours)}\n${printValue(theirs)}`).toBe(true)
      }),
      { numRuns: LAWS },
    )
  })

  it('come out the same when they are traced', () => {
    fc.assert(
      fc.property(worldArbitrary, entity, (around, source) => {
        const ours = compiled(around, source)
        const traced = compiled(around, source, true)
        expect(ours === traced || same(ours, traced, 'exact')).toBe(true)
      }),
      { numRuns: Math.ceil(LAWS / 3) },
    )
  })

  it('leave the source as it was', () => {
    fc.assert(
      fc.property(worldArbitrary, entity, (around, source) => {
        const before = printValue(source)
        compiled(around, source)
        expect(printValue(source)).toBe(before)
      }),
      { numRuns: Math.ceil(LAWS / 3) },
    )
  })
})
