/** What goes with an instance: made when it is first asked for, gone with the instance. */
import type { Instance } from './instance.ts'

/** A function that gives the same value each time it is asked for an instance. */
export function perInstance<T>(make: (instance: Instance) => T): (instance: Instance) => T {
  const byInstance = new WeakMap<Instance, T>()
  return (instance) => {
    const value = byInstance.get(instance) ?? make(instance)
    byInstance.set(instance, value)
    return value
  }
}
