import { flagField } from '../../config/model/field.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { compiledPart } from '../../config/project/compiled.ts'
import { type EvaluationResult, evaluateBatch } from '../../dtl/batch.ts'
import type { CompiledRules, RuleResult } from '../../dtl/compile/compile.ts'
import type { Namespaces } from '../../dtl/evaluation.ts'
import type { DtlFacts, RuleFacts } from '../../dtl/facts.ts'
import { matchesRemovable } from '../../dtl/pattern.ts'
import { addStep, CONCATENATION, copyStep } from '../../dtl/syntax.ts'
import { locate } from '../../problem.ts'
import { kind } from '../kind.ts'
import type { StageOutcome, TransformRuntime } from '../runtime.ts'

/** configuration-transforms-dtl.rst */
export const dtlTransform = kind({
  role: 'transform',
  type: 'dtl',
  label: 'DTL',
  icon: 'list-tree',
  says: 'Reshapes entities with rules in the Data Transformation Language.',
  group: 'shape',
  runs: 'here',
  partName: 'transform',
  fields: [
    {
      name: 'rules',
      type: { is: 'rules' },
      required: true,
      says: 'The rules by name; default is applied to each entity, the others through apply and apply-hops.',
    },
    flagField('id_required', 'Fail when a result has no _id; otherwise such results are left out.', true, {
      advanced: true,
    }),
    {
      name: 'trigger_on',
      type: {
        is: 'object',
        fields: [
          { name: 'key', type: { is: 'property' }, default: '_trigger', says: 'The property to look at.' },
          { name: 'value', type: { is: 'json' }, required: true, says: 'What it must hold; * stands for anything.' },
        ],
      },
      aim: 'schedule',
      says: 'Transform only entities with this property and value; others pass unchanged. Experimental in Sesam.',
      advanced: true,
    },
    {
      name: 'dataset',
      type: { is: 'text' },
      says: 'Named the source dataset in old configurations; has no effect.',
      advanced: true,
      deprecated: 'The source says what is read.',
    },
    comment,
  ],
  template: { type: 'dtl', rules: { default: [copyStep()] } },
  example: {
    config: {
      type: 'dtl',
      rules: {
        default: [copyStep('first', 'last'), addStep('name', [CONCATENATION, '_S.first', ' ', '_S.last'])],
      },
    },
    takes: [{ _id: '7', first: 'Ada', last: 'Lovelace' }],
    gives: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-dtl.rst',
  /** Compiles the rules once; an error in them makes the pipe unable to run. */
  open: (part, context, stage) => {
    const compiled = compiledPart(part, context.pipe.namespaces, context.coverage?.(context.pipe.id))
    const error = compiled.problems.find(({ severity }) => severity === 'error')
    const where = { pipe: context.pipe.id, file: context.pipe.file }
    return {
      runtime: dtlStage(compiled.dtl, context.pipe.namespaces, stage, part.path),
      needs: error ? locate(error, where) : null,
    }
  },
})

/** Entities evaluated between two chances for other work to happen: fewer where each of them is much work. */
function sliceSize(steps: number): number {
  return Math.min(SLICE, Math.max(1, Math.floor(SLICE_STEPS / (steps + 1))))
}

const SLICE = 128
const SLICE_STEPS = 100_000

/** A compiled transform as a stage. */
function dtlStage(
  compiled: CompiledRules,
  namespaces: Namespaces,
  stage: string,
  path: TransformRuntime['path'],
): TransformRuntime {
  return {
    stage,
    type: 'dtl',
    path,
    ...incrementalFacts(compiled.facts, namespaces),
    indexes: compiled.indexes,
    async transform(batch, running) {
      const results: StageOutcome[] = []
      for (let from = 0; from < batch.length; ) {
        const size = sliceSize(running.context.budget.average)
        const slice = batch.length <= size ? batch : batch.slice(from, from + size)
        const start = from
        const evaluated = await evaluateBatch(slice, compiled.run, running.context, (index) =>
          running.at(start + index),
        )
        for (const each of evaluated) results.push(derivedOf(each))
        await running.pause()
        from += size
      }
      return results
    },
  }
}

function derivedOf(evaluated: EvaluationResult<RuleResult>): StageOutcome {
  if ('problem' in evaluated) return { main: null, problem: evaluated.problem }
  const { target, created, stopped } = evaluated.result
  // Most results are this one.
  if (stopped === null && created.length === 0) return { main: target }
  const more = created.length > 0 ? { created } : {}
  if (stopped === 'discarded') return { main: null, discarded: true, ...more }
  if (stopped === 'filtered') return { main: target, filtered: true, ...more }
  return { main: target, ...more }
}

/** What increments need to know of the rules. */
function incrementalFacts(
  { rules, functions }: DtlFacts,
  namespaces: Namespaces,
): Pick<TransformRuntime, 'ids' | 'creates' | 'createsChildren' | 'hops' | 'usesPrevious' | 'trips'> {
  const called = [...functions]
  const creates = (children: boolean) =>
    called.some(({ writes }) => writes?.is === 'creates' && writes.children === children)
  return {
    ids: rules.every((rule) => rule.rule !== 'default' || keepsId(rule, namespaces)) ? 'kept' : 'any',
    creates: creates(false),
    createsChildren: creates(true),
    hops: rules.flatMap(({ joins, lookups }) =>
      [...joins, ...lookups].map(({ dataset, tracked }) => ({ dataset, tracked })),
    ),
    usesPrevious: called.some(({ previous }) => previous === true),
    trips: called.some(({ trips }) => trips === true),
  }
}

/** Whether what a rule puts out surely has the `_id` of its source. */
function keepsId({ writes, removes }: RuleFacts, namespaces: Namespaces): boolean {
  return (
    writes.every(({ property, effect }) => (property === null ? effect.is === 'merges' : property !== '_id')) &&
    removes.every(({ property }) => property !== null && !matchesRemovable([property], namespaces)('_id'))
  )
}
