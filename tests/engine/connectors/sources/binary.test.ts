/** The binary source; configuration-sources-binary.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { testsSuppliedEntities } from './supplied.ts'

testsSuppliedEntities({ type: 'binary', system: 'web', url: 'x' })

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'binary' } })).toContain('missing-property source url')
})
