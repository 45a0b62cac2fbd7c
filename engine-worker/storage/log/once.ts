/** Work that is done the first time it is asked for, and whose outcome is kept. */

/** What came of work that is done the first time it is asked for. */
export type Once<T> = () => { readonly value: T } | { readonly error: unknown }

/** Puts work off until it is asked for. */
export function once<T>(work: () => T): Once<T> {
  let result: ReturnType<Once<T>> | null = null
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
export function outcome<T>(of: Once<T>): T {
  const result = of()
  if ('error' in result) throw result.error
  return result.value
}
