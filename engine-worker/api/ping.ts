/** Signs of life. */
import { capability } from './capability.ts'

/** Answered as soon as the engine gets to it. */
export const ping = capability('ping', 'page', async (_: null, { host }) => {
  await host.platform.alive?.()
})
