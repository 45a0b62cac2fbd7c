/** Why a transform that asks the network cannot run: nothing recorded, nothing reachable. */

import type { Part } from '../../config/project/effective.ts'
import { type Problem, problem } from '../../problem.ts'
import type { OpenContext } from '../open-context.ts'
import { hasRecorded } from '../recorded.ts'

const needsNetwork = problem<{ type: string; pipe: string; system: string }>({
  code: 'transform-needs-answers',
  severity: 'warning',
  says: ({ type, pipe, system }) => `The ${type} transform of ${pipe} calls ${system}, which cannot be reached here.`,
  fix: ({ pipe }) =>
    `Record its answers in testdata/${pipe}.answers.json, supply the pipe's output, or choose another alternative.`,
})

/** The problem, or null when the transform can do its work. */
export function missingAnswers(part: Part, context: OpenContext): Problem | null {
  if (context.network || hasRecorded(context)) return null
  const system = part.config.system
  return needsNetwork(
    {
      type: part.type,
      pipe: context.pipe.id,
      system: typeof system === 'string' ? `the system ${system}` : 'a service',
    },
    { pipe: context.pipe.id, path: part.path, function: part.type },
  )
}
