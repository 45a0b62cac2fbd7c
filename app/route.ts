/**
 * Where the app is: every view has an address after the `#`, so that it can be linked, reloaded and gone back to from any
 * static host. `#/` is the list of projects, `#/dtl/join` the reference, `#/shared/…` a project in a link,
 * `#/p/<project>/<view>/…` everything else.
 */
import { useSyncExternalStore } from 'react'

/** The views of a project, in the order of the rail. */
export const views = ['flow', 'data', 'runs', 'lineage', 'tests', 'deploy', 'dtl'] as const
export type View = (typeof views)[number]

export type Route =
  | { readonly at: 'projects' }
  /** The reference, opened without a project. */
  | { readonly at: 'reference'; readonly name: string | null }
  /** A project that somebody sent, packed. */
  | { readonly at: 'shared'; readonly link: string }
  | { readonly at: 'flow'; readonly project: string }
  | { readonly at: 'pipe'; readonly project: string; readonly pipe: string }
  | {
      readonly at: 'data'
      readonly project: string
      readonly dataset: string | null
      readonly entity: string | null
    }
  | { readonly at: 'runs' | 'tests' | 'deploy'; readonly project: string }
  | {
      readonly at: 'lineage'
      readonly project: string
      readonly dataset: string | null
      readonly property: string | null
    }
  | { readonly at: 'dtl'; readonly project: string; readonly name: string | null }
  | { readonly at: 'unknown'; readonly hash: string }

/** Reads an address. What it does not know becomes `unknown`, which the app says. */
export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, '').split('/')
  const names = parts.map(decode)
  const [first = '', second = '', view = 'flow', name, more] = names
  if (names.includes(null)) return { at: 'unknown', hash }
  if (first === '') return { at: 'projects' }
  if (first === 'dtl') return { at: 'reference', name: second || null }
  if (first === 'shared') return { at: 'shared', link: second ?? '' }
  if (first !== 'p' || !second) return { at: 'unknown', hash }
  const project = second
  switch (view) {
    case '':
    case 'flow':
      return { at: 'flow', project }
    case 'pipe':
      return name ? { at: 'pipe', project, pipe: name } : { at: 'flow', project }
    case 'data':
      return { at: 'data', project, dataset: name || null, entity: more || null }
    case 'lineage':
      return { at: 'lineage', project, dataset: name || null, property: more || null }
    case 'runs':
    case 'tests':
    case 'deploy':
      return { at: view, project }
    case 'dtl':
      return { at: 'dtl', project, name: name || null }
    default:
      return { at: 'unknown', hash }
  }
}

/** The address of a view. */
export function href(route: Route): string {
  return `#/${segments(route)
    .filter((segment): segment is string => segment !== null)
    .map(encodeURIComponent)
    .join('/')}`
}

function segments(route: Route): (string | null)[] {
  switch (route.at) {
    case 'projects':
    case 'unknown':
      return []
    case 'reference':
      return ['dtl', route.name]
    case 'shared':
      return ['shared', route.link]
    case 'pipe':
      return ['p', route.project, 'pipe', route.pipe]
    case 'data':
      return ['p', route.project, 'data', route.dataset, route.dataset === null ? null : route.entity]
    case 'lineage':
      return ['p', route.project, 'lineage', route.dataset, route.dataset === null ? null : route.property]
    case 'dtl':
      return ['p', route.project, 'dtl', route.name]
    default:
      return ['p', route.project, route.at]
  }
}

/** Goes to a view; `replace` leaves no step back. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = href(route)
  else location.replace(href(route))
}

/** The view that the address names now. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash))
}

/** The project that an address is about, or null. */
export function projectOf(route: Route): string | null {
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
