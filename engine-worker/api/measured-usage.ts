/** The metrics of an environment that runs elsewhere, which count for it instead of what is stored here. */
import { utcDay } from '../subscription/calendar.ts'
import { type MeasuredDay, readMetrics, withMeasured } from '../subscription/measured.ts'
import { capability } from './capability.ts'
import { measuredDays, measuredState } from './used-datasets.ts'

interface KeepMeasuredRequest {
  readonly environment: string
  /** What `GET /api/metrics` of its node answers. */
  readonly text: string
  /** The day of the metrics, `yyyy-mm-dd`; today when absent. */
  readonly day?: string
}

/** Keeps the metrics of a day. A Fault refuses a text that has none. */
export const keepMeasured = capability(
  'keepMeasured',
  'draft',
  async ({ environment, text, day }: KeepMeasuredRequest, { host }): Promise<{ readonly pipes: number }> => {
    const opened = host.current()
    const today = utcDay(host.platform.environment.now())
    const added: MeasuredDay = { day: day ?? today, pipes: readMetrics(text) }
    const days = withMeasured(await measuredDays(opened, environment), added)
    await opened.store.commit({
      states: [{ key: measuredState(environment), value: JSON.parse(JSON.stringify(days)) }],
    })
    return { pipes: Object.keys(added.pipes).length }
  },
)
