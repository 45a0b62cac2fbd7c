/**
 * How often a source is read again after an error, and when: as the pump says, or else as the `retry_strategy` of the
 * system says for the status of the answer (configuration-systems-url.rst).
 */

import { numberSetting } from '../../config/model/setting.ts'
import { badAnswer } from '../../connectors/request.ts'
import { statusIn } from '../../connectors/response.ts'
import type { RunnablePipe } from '../../connectors/runtime.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import type { Problem } from '../../problem.ts'

/** Further attempts, and seconds before each. Sources over datasets are not read again: nothing would be different. */
export function readRetries({ source, effective }: RunnablePipe, problem: Problem): { times: number; delay: number } {
  if (source.reads !== 'outside') return { times: 0, delay: 0 }
  const pump = effective.pump.config
  const status = problem.code === badAnswer.code ? Number(problem.facts.status) : null
  const strategy = strategyFor(source.retryStrategy ?? {}, status)
  const retrySetting = (name: string) => numberSetting(pump, name) ?? numberSetting(strategy, name, 0)
  return { times: retrySetting('max_read_retries'), delay: retrySetting('read_retry_delay') }
}

function strategyFor(strategies: JsonObject, status: number | null): JsonObject {
  const fitting = Object.keys(strategies).find((codes) => status !== null && statusIn(codes, status))
  const chosen = get(strategies, fitting ?? 'default')
  return isObject(chosen) ? chosen : {}
}
