/** The fake source; configuration-sources.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { testsSuppliedEntities } from './supplied.ts'

testsSuppliedEntities({ type: 'fake', entities: 10, template: {} })

test('a number that is none is a located problem', () => {
  expect(problemsOf({ source: { type: 'fake', entities: 'ten', template: {} } })).toContain(
    'wrong-type source entities',
  )
})
