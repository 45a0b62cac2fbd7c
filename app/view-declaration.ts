/**
 * How a view is declared: one `view.ts` in its folder below `views/`. Its address, its place in the rail, its shortcut,
 * its command and its loading are derived from the declaration (views.ts, route.ts); a view is added by adding a folder
 * and its words. A declaration imports nothing that is heavy: the component is loaded when the view is first shown.
 */
import type { LucideIcon } from 'lucide-react'
import { type ComponentType, createElement, type ReactNode } from 'react'
import type { Words } from './i18n/types.ts'
import { lazyComponent } from './ui/lazy.tsx'

/**
 * What the address of each view holds beside its name. Each view adds itself, in its declaration:
 * `declare module '../../view-declaration.ts' { interface Routes { flow: { readonly project: string } } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: views add themselves
export interface Routes {}

export type ViewName = keyof Routes

/** An address of one view. */
type RouteTo<K extends ViewName> = { readonly at: K } & Routes[K]

/** Where the app is; `unknown` is an address that no view has. */
export type Route = { [K in ViewName]: RouteTo<K> }[ViewName] | { readonly at: 'unknown'; readonly hash: string }

/** The words of a view in menus and in the rail. */
interface ViewWords {
  readonly label: string
  /** One sentence. */
  readonly says: string
}

interface ViewDeclaration<K extends ViewName> {
  readonly name: K
  /** `project`: below the address of a project; `app`: beside projects; `both`: with or without a project. */
  readonly scope: 'project' | 'app' | 'both'
  /** First part of the address; the name of the view when absent. */
  readonly segment?: string
  /** Parts of the address behind it that must be there, in order. */
  readonly required?: readonly string[]
  /** Further parts, which may be missing from the end; null then. */
  readonly optional?: readonly string[]
  /** A project opens with it: one of the views. */
  readonly isHome?: true
  /** Another value of this part is another view, drawn from scratch. */
  readonly key?: string
  /** Absent: the view is reached from others only. */
  readonly rail?: {
    readonly place: number
    /** The shortcut is Alt and this digit. It stays when the view gets another place: people know it by heart. */
    readonly digit: number
    readonly icon: LucideIcon
    readonly words: (words: Words) => ViewWords
  }
  /** The view whose entry in the rail is marked while this one is shown; itself when absent. */
  readonly within?: ViewName
  readonly load: () => Promise<ComponentType<Routes[K]>>
}

/** A declared view, as everything derived sees it. */
export interface View extends Omit<ViewDeclaration<ViewName>, 'load' | 'key'> {
  /** Fetches the code ahead of the first time that the view is shown. */
  readonly load: () => Promise<void>
  /** Draws the view at an address of its own; nothing at others. */
  readonly draw: (route: Route) => ReactNode
}

/** Declares a view. */
export function declareView<K extends ViewName>(declaration: ViewDeclaration<K>): View {
  const { load, key, ...more } = declaration
  const component = lazyComponent<Routes[K]>(load)
  const isHere = (route: { readonly at: string }): route is RouteTo<K> => route.at === declaration.name
  return {
    ...more,
    load: component.load,
    draw: (route) => {
      if (!isHere(route)) return null
      const { at: _, ...parts } = route
      return createElement<Routes[K]>(component, { ...route, key: key === undefined ? undefined : partOf(parts, key) })
    },
  }
}

function partOf(parts: object, name: string): string {
  return String(Object.entries(parts).find(([key]) => key === name)?.[1] ?? '')
}
