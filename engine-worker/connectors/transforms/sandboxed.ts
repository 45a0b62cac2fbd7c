/** What transforms that run programs in a sandbox have in common: their fields, their problems and how they are opened. */

import type { Field } from '../../config/model/define.ts'
import { positiveInteger, textField } from '../../config/model/field.ts'
import { numberSetting, textSetting } from '../../config/model/setting.ts'
import { comment, triggerOn } from '../../config/model/shared-fields.ts'
import { printEntity, readEntities } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, problem, type Where } from '../../problem.ts'
import type { OpenTransform } from '../open-context.ts'
import type { RunContext, StageOutcome } from '../runtime.ts'
import type { SandboxFailure, SandboxOutcome, SandboxRequest } from '../sandbox/messages.ts'
import { plainStage, trigger } from './each-entity.ts'

const sandboxFailed = problem<{ why: string; reason: string; line: number; limit: number }>({
  code: 'javascript-failed',
  severity: 'error',
  says: ({ why, reason, line, limit }) =>
    `The program ${line > 0 ? `in line ${line} ` : ''}${failureReasons[why]?.(reason, limit) ?? reason}.`,
  fix: ({ why }) => failureFixes[why] ?? 'Correct the code of the transform.',
})

const failureReasons: Readonly<Record<string, (reason: string, limit: number) => string>> = {
  code: (reason) => `cannot be run: ${reason}`,
  error: (reason) => `fails: ${reason}`,
  time: (_, limit) => `takes more than ${limit} ms for one entity, and was stopped`,
  memory: (_, limit) => `needs more than ${limit} MB of memory, and was stopped`,
  stack: () => 'calls itself too deeply, and was stopped',
  output: (reason) => `gives no entity: ${reason}`,
}

const failureFixes: Readonly<Record<string, string>> = {
  time: 'Look for a loop that does not end; milliseconds gives more time.',
  memory: 'Look for a list that only grows; memory gives more.',
  stack: 'Look for a function that calls itself without an end.',
  output: 'Return an object, a list of objects, or null for none.',
}

const noSandbox = problem<Record<string, never>>({
  code: 'javascript-no-sandbox',
  severity: 'warning',
  says: () => 'Programs of transforms cannot be run here.',
})

const MEGABYTE = 1_000_000

/** The properties besides the program. */
export const sandboxFields: readonly Field[] = [
  textField('system', 'The _id of the microservice that it becomes for Sesam.'),
  textField('image', 'The Docker image of that microservice.'),
  positiveInteger('milliseconds', 'The time limit for one entity.', { default: 1000, advanced: true }),
  positiveInteger('memory', 'The memory limit in megabytes.', { default: 32, advanced: true }),
  triggerOn,
  comment,
]

/** Opens a transform whose property `program` holds a program in a language. */
export function openSandboxed(language: SandboxRequest['language'], program: string): OpenTransform {
  return (part, context, stage) => {
    const applies = trigger(part)
    const where: Where = { path: [...part.path, program], function: part.type }
    const limits = {
      time: numberSetting(part.config, 'milliseconds', 1000),
      memory: numberSetting(part.config, 'memory', 32),
    }
    const transform = async (batch: readonly Entity[], running: RunContext): Promise<readonly StageOutcome[]> => {
      const results: StageOutcome[] = batch.map((main) => ({ main }))
      const chosen = batch.flatMap((entity, index) => (applies(entity) ? [index] : []))
      if (chosen.length === 0 || !context.sandbox) return results
      const outcomes = await context.sandbox.run({
        language,
        code: textSetting(part.config, program, ''),
        inputs: chosen.map((index) => printEntity(batch[index] as Entity)),
        milliseconds: limits.time,
        bytes: limits.memory * MEGABYTE,
      })
      for (const [at, index] of chosen.entries()) {
        running.at(index)
        results[index] = outcomeOf(outcomes[at], batch[index]?._id, limits, where)
      }
      await running.pause()
      return results
    }
    const runtime = plainStage(part, stage, transform, { ids: 'any', creates: true })
    return { runtime, needs: context.sandbox ? null : noSandbox({}, where) }
  }
}

type Limits = Readonly<Record<'time' | 'memory', number>>

/** What goes on in the place of an entity: the result with its `_id` or else the first one, and the others. */
function outcomeOf(
  outcome: SandboxOutcome | undefined,
  id: Entity[string] | undefined,
  limits: Limits,
  where: Where,
): StageOutcome {
  if (!outcome) return { main: null }
  if ('failure' in outcome) return { main: null, problem: problemOf(outcome.failure, limits, where) }
  const { text: json } = outcome
  const wrongOutput = (reason: string): StageOutcome => ({
    main: null,
    problem: sandboxFailed({ why: 'output', reason, line: 0, limit: 0 }, where),
  })
  if (json === 'null') return { main: null }
  if (!/^[[{]/.test(json)) return wrongOutput(`it is ${json.slice(0, 40)}`)
  let entities: readonly Entity[]
  try {
    entities = readEntities(json.startsWith('[') ? json : `[${json}]`)
  } catch (error) {
    if (error instanceof Fault) return wrongOutput(error.problem.message)
    throw error
  }
  const named = entities.length === 1 ? entities.map((entity) => ({ _id: id ?? null, ...entity })) : entities
  if (named.some((entity) => typeof entity._id !== 'string')) return wrongOutput('it has no _id that is a text')
  const main = named.find((entity) => entity._id === id) ?? null
  const created = named.filter((entity) => entity !== main)
  return { main, ...(created.length > 0 ? { created } : {}) }
}

function problemOf({ why, message, line = 0 }: SandboxFailure, limits: Limits, where: Where) {
  const limit = why === 'time' || why === 'memory' ? limits[why] : 0
  return sandboxFailed({ why, reason: message, line, limit }, where)
}
