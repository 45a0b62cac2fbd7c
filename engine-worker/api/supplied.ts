/** What was supplied for sources. */
import { capability } from './capability.ts'
import { suppliedTexts } from './supplied-texts.ts'

/** What was supplied for sources of the open project, as it was given. */
export const supplied = capability('supplied', async (_: null, { host }) => {
  const given = await suppliedTexts(host.current().store)
  return [...given].map(([pipe, { name, text }]) => ({ pipe, name, text }))
})
