import { expect, test } from 'vitest'
import { nextCron } from '../../../engine-worker/connectors/cron.ts'

const since = Date.UTC(2020, 0, 1)
const nextAfter = (expression: string) => new Date(nextCron(expression, since) ?? 0).toISOString()

test.each([
  ['0 0 1 1 ?', '2021-01-01T00:00:00.000Z'],
  ['0/10 * * * *', '2020-01-01T00:10:00.000Z'],
  ['0/5 14,18 * * ?', '2020-01-01T14:00:00.000Z'],
  ['30 2 * * MON-FRI', '2020-01-01T02:30:00.000Z'],
  ['0 12 L * ?', '2020-01-31T12:00:00.000Z'],
  [' 15 * * * * ', '2020-01-01T00:15:00.000Z'],
])('%s', (expression, moment) => {
  expect(nextAfter(expression)).toBe(moment)
})

test.each(['', '* * *', '61 * * * *', 'soon', '0 0 1W * ?'])('%s is refused', (expression) => {
  expect(() => nextCron(expression, since)).toThrow()
})
