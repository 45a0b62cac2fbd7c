/** What is looked at of entities, kept from one to the next: the view of it, and the property whose value is followed. */
import { create } from 'zustand'

type EntityView = 'payload' | 'tree' | 'text' | 'origin' | 'versions'

interface Followed {
  /** null: what suits the entity. */
  readonly view: EntityView | null
  readonly property: string | null
}

export const useFollowed = create<Followed>(() => ({ view: null, property: null }))

/** Follows a property from here on; null: the whole entity. */
export function follow(property: string | null): void {
  useFollowed.setState({ property })
}
