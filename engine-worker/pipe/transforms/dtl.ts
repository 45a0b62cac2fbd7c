import { type CompiledFacts, compileRules, type Dtl } from '../../dtl/compile.ts'
import { type Context, Suspended } from '../../dtl/define.ts'
import { Fault, locate } from '../../problem.ts'
import { kind } from '../define.ts'
import { flagField } from '../field.ts'
import { comment } from '../fields.ts'
import type { OpenTransform } from '../making.ts'
import type { Derived, TransformRuntime } from '../runtime.ts'

/** configuration-transforms-dtl.rst */
export const dtl = kind({
  role: 'transform',
  type: 'dtl',
  label: 'DTL',
  says: 'Reshapes entities with rules in the Data Transformation Language.',
  group: 'shape',
  runs: 'here',
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
  template: { type: 'dtl', rules: { default: [['copy', '*']] } },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-dtl.rst',
})

/** Compiles the rules once; an error in them makes the pipe unable to run. */
export const openDtl: OpenTransform = (part, making, stage) => {
  const compiled = compileRules(part.config, { namespaces: making.pipe.namespaces, at: part.path })
  const error = compiled.problems.find(({ severity }) => severity === 'error')
  const where = { pipe: making.pipe.id, file: making.pipe.file }
  return { runtime: dtlStage(compiled.dtl, stage, part.path), needs: error ? locate(error, where) : null }
}

/** A compiled transform as a stage. */
export function dtlStage(compiled: Dtl, stage: string, path: TransformRuntime['path']): TransformRuntime {
  const known = knownOf(compiled.facts)
  return {
    stage,
    type: 'dtl',
    path,
    ...known,
    async transform(batch, running) {
      const results: Derived[] = []
      for (let index = 0; index < batch.length; index++) {
        const entity = batch[index]
        if (entity === undefined) continue
        running.at(index)
        const result = attempt(compiled, entity, running.context)
        results.push(result instanceof Suspended ? await resumed(result) : result)
        if (index % 64 === 63) await running.pause()

        async function resumed(first: Suspended): Promise<Derived> {
          let waiting: Derived | Suspended = first
          while (waiting instanceof Suspended) {
            await waiting.until
            running.at(index)
            waiting = attempt(compiled, entity as NonNullable<typeof entity>, running.context)
          }
          return waiting
        }
      }
      return results
    },
  }
}

function attempt(compiled: Dtl, entity: Parameters<Dtl['run']>[0], context: Context): Derived | Suspended {
  try {
    const { target, created, stopped } = compiled.run(entity, context)
    const more = created.length > 0 ? { created } : {}
    if (stopped === 'discarded') return { main: null, discarded: true, ...more }
    if (stopped === 'filtered') return { main: target, filtered: true, ...more }
    return { main: target, ...more }
  } catch (error) {
    if (error instanceof Suspended) return error
    if (error instanceof Fault) return { main: null, problem: error.problem }
    throw error
  }
}

/** What increments need to know of the rules, read off the compiler's facts. */
function knownOf(
  facts: CompiledFacts,
): Pick<TransformRuntime, 'ids' | 'creates' | 'createsChildren' | 'hops' | 'indexes' | 'usesPrevious'> {
  const hops: { dataset: string; tracked: boolean }[] = []
  let keepsId = true
  for (const rule of facts.rules) {
    for (const { fact } of rule.facts) {
      if (fact.is === 'joins') hops.push({ dataset: fact.dataset, tracked: fact.tracked })
      else if (fact.is === 'looks-up') hops.push({ dataset: fact.dataset, tracked: false })
      else if (rule.name === 'default' && (fact.is === 'writes' || fact.is === 'removes')) {
        if (fact.property === '_id' || (fact.property === null && !fact.how.startsWith('merge'))) keepsId = false
      }
    }
  }
  const uses = (name: string) => [...facts.functions.keys()].some((used) => used.split(' ').at(-1) === name)
  return {
    ids: keepsId ? 'kept' : 'any',
    creates: uses('create'),
    createsChildren: uses('create-child'),
    hops,
    indexes: [],
    usesPrevious: uses('is-changed'),
  }
}
