/** An expanded project gives the same datasets as its composite pipes, for any history. */

import '../../../engine-worker/connectors/kinds.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { isObject, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { expandPipe } from '../../../engine-worker/text/expand.ts'
import { asScenario, histories, play, type Step, shown } from '../run/histories.ts'

const LAWS = Number(process.env.LAWS ?? 200)

/** Stages in which several source entities make the same output: the last one counts, which depends on each log. */
const CONTESTED_PARTS = [
  '["create",',
  '"shared-"',
  '["add","_id",["concat","g"',
  '"identity":"first"',
  '"prefix_ids":false',
]

function isContested(pipes: readonly JsonObject[]): boolean {
  const text = printJson([...pipes])
  return CONTESTED_PARTS.some((part) => text.includes(part))
}

/** Children of one parent with the same `_id` are such a case too: only the last of them is in the dataset between parts. */
function withoutTwins(step: Step): Step {
  if (!('put' in step)) return step
  const put = Object.entries(step.put).map(([dataset, entities]) => [dataset, entities.map(distinctLines)] as const)
  return { put: Object.fromEntries(put) }
}

function distinctLines(entity: JsonObject): JsonObject {
  const lines = Array.isArray(entity.lines) ? entity.lines.filter(isObject) : []
  const first = lines.filter((line, index) => lines.findIndex((other) => other.no === line.no) === index)
  return { ...entity, lines: first }
}

describe('an expanded project', () => {
  test('gives the same datasets', { timeout: 3_600_000 }, async () => {
    let cut = 0
    await fc.assert(
      fc.asyncProperty(histories, async (given) => {
        const history = { ...given, steps: given.steps.map(withoutTwins) }
        fc.pre(!isContested(history.pipes))
        const names = new Set(history.pipes.map(({ _id }) => String(_id)))
        const pipes = history.pipes.flatMap((pipe) => expandPipe(pipe, functionTable, names).parts)
        if (pipes.length > history.pipes.length) cut++
        const [whole, parts] = [await play(history, false), await play({ ...history, pipes }, false)]
        const own = new Map([...parts.live].filter(([name]) => names.has(name)))
        const wide = asScenario({ ...history, pipes })
        expect(parts.problems, wide).toEqual([])
        expect(shown(own), `${asScenario(history)}\n${wide}`).toEqual(shown(whole.live))
      }),
      { numRuns: LAWS },
    )
    expect(cut).toBeGreaterThan(LAWS / 10)
  })
})
