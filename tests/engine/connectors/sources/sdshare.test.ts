/** The sdshare source; configuration-sources-sdshare.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { testsSuppliedEntities } from './supplied.ts'

testsSuppliedEntities({ type: 'sdshare', system: 'web', url: 'x' })

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'sdshare' } })).toContain('missing-property source url')
})
