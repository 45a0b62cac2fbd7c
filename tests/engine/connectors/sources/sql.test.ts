/** The sql source; configuration-sources-sql.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { testsSuppliedEntities } from './supplied.ts'

testsSuppliedEntities({ type: 'sql', system: 's', table: 't' })

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'sql' } })).toContain('missing-property source system')
})
