/** Which format of metrics an Accept header asks for. */
import { expect, it } from 'vitest'
import { prefersOpenMetrics } from '../../../../engine-worker/node/metrics/format.ts'

const prometheus =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,' +
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1'

it.each([
  ['', false],
  ['*/*', false],
  ['text/plain; version=0.0.4', false],
  ['application/json,*/*', false],
  ['application/openmetrics-text; version=1.0.0', true],
  ['Application/OpenMetrics-Text; version=1.0.0; charset=utf-8', true],
  ['application/openmetrics-text, text/plain', true],
  ['text/plain;q=1, application/openmetrics-text;q=0.1', false],
  ['application/openmetrics-text;q=0, text/plain', false],
  ['application/openmetrics-text;q=0', false],
  [prometheus, true],
])('%s', (accept, open) => {
  expect(prefersOpenMetrics(accept)).toBe(open)
})
