/** The kafka source; configuration-sources-kafka.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { testsSuppliedEntities } from './supplied.ts'

testsSuppliedEntities({ type: 'kafka', system: 'k', topic: 't' })

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'kafka' } })).toContain('missing-property source topic')
})
