/** Any configuration: compiling and running it ends in a result or in a located problem. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { evaluateBatch } from '../../../engine-worker/dtl/batch.ts'
import { compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import { listDatasets, makeContext } from '../../../engine-worker/dtl/context.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { evaluateCase } from '../../../engine-worker/testing/cases/case.ts'
import { environment } from './corpus.ts'
import { entity } from './programs.ts'

const text = fc.oneof(
  fc.constantFrom(
    '_S.',
    '_S.a',
    '_.',
    '_T.list',
    '_P._S.a',
    '_R.',
    "_S.'",
    'p.a',
    '~:x:1',
    '~b!',
    '*',
    'default',
    'sub',
    '%Y',
    'day',
    '',
  ),
  fc.string({ maxLength: 4 }),
)
const scalar: fc.Arbitrary<Json> = fc.oneof(text, fc.constantFrom<Json>(null, true, false, 0, -1, 3, 1.5, 2n ** 70n))
const hopsKey = fc.constantFrom('datasets', 'where', 'return', 'recurse', 'max_depth', 'subsets', 'exclude_root', 'p')

/** Calls with any number of any arguments, and lists and dicts that are not calls. */
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc
      .tuple(
        fc.constantFrom(...functions.map(({ name }) => name).filter((name) => !/^(en|de)crypt|sleep/.test(name))),
        fc.array(tie('json'), { maxLength: 4 }),
      )
      .map(([name, args]): Json => [name, ...args]),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(hopsKey, text), tie('json'), { maxKeys: 4, noNullPrototype: true }),
    fc.constant<Json>({ datasets: ['ps p'], where: ['eq', '_S.a', 'p.a'] }),
  ),
}))

const steps = fc.oneof({ weight: 4, arbitrary: fc.array(json, { maxLength: 4 }) }, { weight: 1, arbitrary: json })
const config: fc.Arbitrary<JsonObject> = fc.record({
  type: fc.constant('dtl'),
  rules: fc.oneof({ weight: 9, arbitrary: fc.record({ default: steps, sub: steps }) }, { weight: 1, arbitrary: json }),
})

it('compiles or reports, and runs or reports', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(config, entity, async (rules, source) => {
      const { dtl, problems } = compileRules(rules)
      for (const { where, message } of problems) {
        expect(message).not.toBe('')
        expect(where.path?.[0]).toMatch(/rules|trigger_on/)
      }
      const datasets = listDatasets({ ps: [{ _id: 'p1', a: 1 }] })
      const context = makeContext({ environment: environment(), datasets, budget: 100_000 })
      const [evaluated] = await evaluateBatch([source], dtl.run, context)
      if (evaluated !== undefined && 'problem' in evaluated) expect(evaluated.problem.where.entity).toBe(source._id)
    }),
    { numRuns: 1_500 },
  )
})

it('takes anything as a case', { timeout: 60_000 }, async () => {
  const keys = fc.constantFrom(
    'expr',
    'rules',
    'transform',
    'source',
    'target',
    'namespaces',
    'datasets',
    'context',
    'options',
    'previous',
  )
  const anything = fc.oneof(json, fc.dictionary(keys, json, { noNullPrototype: true }))
  await fc.assert(
    fc.asyncProperty(anything, async (each) => {
      const result = await evaluateCase(each, environment())
      expect('value' in result || 'entities' in result || result.problem.message !== '').toBe(true)
    }),
    { numRuns: 500 },
  )
})
