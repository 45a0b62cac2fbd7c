/** The views of the app: every `view.ts` below `views/`, in the order of the rail. */
import type { View, ViewName } from './view-declaration.ts'

const declared = import.meta.glob<Readonly<Record<string, View>>>('./views/*/view.ts', { eager: true })

export const views: readonly View[] = Object.values(declared)
  .flatMap((module) => Object.values(module))
  .sort((a, b) => (a.rail?.place ?? 99) - (b.rail?.place ?? 99) || (a.name < b.name ? -1 : 1))

/** The view of a name. */
export function viewNamed(name: ViewName): View | undefined {
  return views.find((view) => view.name === name)
}
