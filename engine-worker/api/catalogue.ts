/** What is declared: functions, sources, transforms, sinks, pumps and systems. */
import type { Catalogue } from '../config/model/catalogue.ts'
import { allKinds } from '../config/model/declared.ts'
import '../connectors/kinds.ts'
import { functions } from '../dtl/registry.ts'
import { capability } from './capability.ts'

/** The declared functions and kinds, for forms, completion and the reference. */
export const catalogue = capability('catalogue', 'page', async (_: null): Promise<Catalogue> => {
  // Only data crosses to the page: what a function does stays here.
  const declared = functions.map(({ run: _run, compile: _compile, ...declaration }) => declaration)
  return { functions: declared, kinds: allKinds() }
})
