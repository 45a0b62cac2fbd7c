/**
 * Where the app is: every view has an address after the `#`, so that it can be linked, reloaded and gone back to from any
 * static host. `#/p/<project>/<view>/…` is a view of a project, `#/<view>/…` one beside projects; `#/` is the list of
 * projects. Which parts an address has is in the declaration of its view.
 */
import { useSyncExternalStore } from 'react'
import type { Route, View } from './view-declaration.ts'
import { views } from './views.ts'

export type { Route } from './view-declaration.ts'

/** The view that a project opens with. */
const home = views.find(({ isHome }) => isHome)

/** Reads an address. What it does not know becomes `unknown`, which the app says. */
export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, '').split('/')
  const names = parts.map(decode)
  const known = names.filter((name) => name !== null)
  if (known.length < names.length) return { at: 'unknown', hash }
  const [first = '', project = '', segment = '', ...inProject] = known
  if (first !== 'p') return routeTo('app', first, known.slice(1), null) ?? { at: 'unknown', hash }
  if (project === '') return { at: 'unknown', hash }
  if (segment === '') return routeHome(project) ?? { at: 'unknown', hash }
  return routeTo('project', segment, inProject, project) ?? { at: 'unknown', hash }
}

/** The address of the view with which a project opens. */
function routeHome(project: string): Route | null {
  return home ? routeOf(home, [], project) : null
}

function routeTo(
  scope: View['scope'],
  segment: string,
  parts: readonly string[],
  project: string | null,
): Route | null {
  const view = views.find((each) => segmentOf(each) === segment && (each.scope === scope || each.scope === 'both'))
  if (!view) return null
  return routeOf(view, parts, project) ?? (project === null ? null : routeHome(project))
}

/** The route of a view from the parts of its address; null where one that must be there is missing. */
function routeOf(view: View, parts: readonly string[], project: string | null): Route | null {
  const { name, scope, required = [], optional = [] } = view
  if (required.some((_, place) => (parts[place] ?? '') === '')) return null
  const given = (place: number) => parts[place] || null
  const missing = optional.findIndex((_, place) => given(required.length + place) === null)
  const read = [
    ...required.map((part, place) => [part, parts[place]]),
    ...optional.map((part, place) => [part, missing >= 0 && place > missing ? null : given(required.length + place)]),
    ...(scope === 'app' ? [] : [['project', project]]),
  ]
  // The declaration of the view says which parts its route has.
  return { at: name, ...Object.fromEntries(read) } as Route
}

function segmentOf({ name, segment }: View): string {
  return segment ?? name
}

/** The address of a view. */
export function href(route: Route): string {
  const view = views.find(({ name }) => name === route.at)
  if (!view) return '#/'
  const parts = new Map<string, unknown>(Object.entries(route))
  const project = parts.get('project')
  const written: unknown[] = [...(typeof project === 'string' ? ['p', project] : []), segmentOf(view)]
  for (const part of [...(view.required ?? []), ...(view.optional ?? [])]) {
    const value = parts.get(part) ?? null
    if (value === null) break
    written.push(value)
  }
  return `#/${written.map((part) => encodeURIComponent(String(part))).join('/')}`
}

/** The route to a view with nothing chosen in it; null where it needs more than a project. */
export function plainRoute(view: View, project: string | null): Route | null {
  if (project === null && view.scope === 'project') return null
  return routeOf(view, [], view.scope === 'app' ? null : project)
}

/** Goes to a view; `replace` leaves no step back. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = href(route)
  else location.replace(href(route))
}

/** The view that the address names now. */
export function useRoute(): Route {
  return parseRoute(
    useSyncExternalStore(
      subscribe,
      () => location.hash,
      () => '',
    ),
  )
}

/** The project that an address is about, or null. */
export function projectOfRoute(route: Route): string | null {
  return 'project' in route ? route.project : null
}

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
