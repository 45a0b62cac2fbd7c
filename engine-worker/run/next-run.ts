/** When a pump runs after a given moment: by its interval or its cron expression. */
import { numberSetting } from '../config/model/setting.ts'
import { nextCron } from '../connectors/cron.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { get } from '../entity/dict.ts'
import type { JsonObject } from '../entity/value.ts'

/** The first scheduled moment after another one. */
export function following(pipe: RunnablePipe, config: JsonObject, since: number): number | null {
  const expression = get(config, 'cron_expression')
  return typeof expression === 'string' && expression.trim() !== ''
    ? nextCron(expression, since)
    : since + 1000 * intervalOf(pipe, config)
}

/** Seconds between runs: 30 from dataset to dataset, otherwise 900, unless the pump says. */
function intervalOf(pipe: RunnablePipe, config: JsonObject): number {
  const interval = numberSetting(config, 'schedule_interval', 0)
  if (interval > 0) return interval
  return isBetweenDatasets(pipe) ? 30 : 900
}

/** Whether a pipe reads datasets and writes one. */
export function isBetweenDatasets(pipe: RunnablePipe): boolean {
  return pipe.source.reads === 'datasets' && pipe.sink.writes === 'dataset'
}

/** The next time of a cron expression, or null where it has none. */
export function cronAfter(expression: unknown, since: number): number | null {
  return typeof expression === 'string' ? nextCron(expression, since) : null
}

/** The earlier of two times; null is never. */
export function earliestTime(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b)
}
