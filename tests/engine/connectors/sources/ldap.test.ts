/** The ldap source; configuration-sources-ldap.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { testsSuppliedEntities } from './supplied.ts'

testsSuppliedEntities({ type: 'ldap', system: 'l' })

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'ldap' } })).toContain('missing-property source system')
})
