/** Work that is done the first time it is asked for, and whose outcome is kept. */

/** What came of work that is done the first time it is asked for. */
export type OneTimeWork<T> = () => { readonly value: T } | { readonly error: unknown }

/** Puts work off until it is asked for. */
export function once<T>(work: () => T): OneTimeWork<T> {
  let result: ReturnType<OneTimeWork<T>> | null = null
  return () => {
    if (result) return result
    try {
      result = { value: work() }
    } catch (error) {
      result = { error }
    }
    return result
  }
}

/** The value; throws what the work threw. */
export function outcomeOf<T>(of: OneTimeWork<T>): T {
  const result = of()
  if ('error' in result) throw result.error
  return result.value
}
