/** Cron expressions; cron-expressions.rst. */
// croner: cron expressions, evaluated in UTC, without timers of its own here.
import { Cron } from 'croner'
import { Fault, problem, reasonOf } from '../problem.ts'

const brokenCron = problem<{ expression: string; reason: string }>({
  code: 'broken-cron',
  severity: 'error',
  says: ({ expression, reason }) => `"${expression}" is not a cron expression: ${reason}.`,
  fix: () => 'Write minute, hour, day of month, month and day of week, for example "0 12 * * ?".',
})

/** The first moment after another one that an expression names; a sixth field is the year. */
export function nextCron(expression: string, since: number): number | null {
  const fields = expression.trim().split(/\s+/)
  if (fields.length < 5 || fields.length > 6) {
    throw new Fault(brokenCron({ expression, reason: `it has ${fields.length} fields, not five or six` }))
  }
  if (/[W#]/i.test(`${fields[2]} ${fields[4]}`.replace(/WED/gi, ''))) {
    throw new Fault(brokenCron({ expression, reason: 'W and # are not supported' }))
  }
  const pattern = ['0', ...fields.map(stepsFrom)].join(' ')
  try {
    return new Cron(pattern, { timezone: 'UTC' }).nextRun(new Date(since))?.getTime() ?? null
  } catch (error) {
    throw new Fault(brokenCron({ expression, reason: reasonOf(error) }))
  }
}

/** The highest value of each field. */
const highestValues = [59, 23, 31, 12, 6, 2099]

/** `5/10` means every tenth from five on, which the library only knows as a range. */
function stepsFrom(field: string, index: number): string {
  const steps = (part: string) =>
    part.replace(/^(\d+)\/(\d+)$/, (_, from, step) => `${from}-${highestValues[index]}/${step}`)
  return field.split(',').map(steps).join(',')
}
