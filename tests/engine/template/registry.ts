/** An empty registry of filters and tests, for parts of a template. */
import type { Registry } from '../../../engine-worker/template/state.ts'

export const registry: Registry = {
  filter: () => null,
  test: () => false,
  read: () => null,
  hasFilter: () => false,
  hasTest: () => false,
}
