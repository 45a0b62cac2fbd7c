/** Each kind of source, transform and sink has a test file of its name. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kindsOf } from '../../../engine-worker/config/model/declared.ts'
import '../../../engine-worker/connectors/kinds.ts'

test.each(['source', 'transform', 'sink'] as const)('each kind of %s is tested in a file of its name', (role) => {
  const lacking = kindsOf(role)
    .map(({ type }) => `${role}s/${type.replaceAll('_', '-')}.test.ts`)
    .filter((file) => !existsSync(join(import.meta.dirname, file)))
  expect(lacking).toEqual([])
})
