/** Constant arguments that cannot be meant: found while compiling, before any entity comes by. */
import type { Value } from '../../entity/value.ts'
import { type Problem, problem } from '../../problem.ts'
import type { Argument } from '../argument.ts'
import { unknownZone, zoneOf } from '../timezone.ts'

const notAChoice = problem<{ argument: string; value: string; choices: string }>({
  code: 'dtl-not-a-choice',
  severity: 'error',
  says: (f) => `“${f.value}” cannot be used as ${f.argument}.`,
  fix: (f) => `Use one of ${f.choices}.`,
})

/** What is wrong with a constant argument, or null. */
export function constantFault(argument: Argument, value: Value): Problem | null {
  if (typeof value !== 'string') return null
  const { choices, names, name } = argument
  if (choices !== undefined && !choices.includes(value))
    return notAChoice({ argument: name, value, choices: choices.join(', ') })
  return names === 'timezone' && zoneOf(value) === null ? unknownZone({ zone: value }) : null
}
