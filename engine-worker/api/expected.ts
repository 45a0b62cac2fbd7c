/** Expected outputs made of what comes out now. */
import { expectations } from '../testing/expect.ts'
import { capability } from './capability.ts'
import { suppliedTexts } from './supplied-texts.ts'
import { openInMemory } from './tests.ts'

/**
 * What comes out now, as files under `expected/`: of tests by name, or, `missing`, with a new test for each output pipe
 * that has none. Nothing is written; stored data is not touched.
 */
export const expected = capability('expected', 'draft', async (of: 'missing' | readonly string[], { host }) => {
  const { session, store } = host.current()
  const { environment } = host.platform
  const given = await suppliedTexts(store)
  return expectations(openInMemory(session.project, session.contents, { given, environment }), of)
})
