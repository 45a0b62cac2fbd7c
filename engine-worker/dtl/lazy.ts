/** Heavy libraries, loaded when a rule first uses them. The first entity waits; from then on they are simply there. */
import type { Context } from './evaluation.ts'

/** A library by way of its dynamic import. */
export function lazily<T>(name: string, load: () => Promise<T>): (ctx: Context) => T {
  let loaded: T | undefined
  return (ctx) => {
    if (loaded !== undefined) return loaded
    return ctx.wait(`load ${name}`, async () => {
      loaded = await load()
      return loaded
    })
  }
}
