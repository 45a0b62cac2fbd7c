/** How entities are shown, kept from one entity to the next: the chosen view, and the property whose value is followed. */
import { create } from 'zustand'

type EntityView = 'payload' | 'tree' | 'text' | 'origin' | 'references' | 'versions'

interface EntityViewState {
  /** null: the view that suits the entity. */
  readonly view: EntityView | null
  readonly property: string | null
}

export const useEntityView = create<EntityViewState>(() => ({ view: null, property: null }))

/** Follows a property from here on; null: the whole entity. */
export function followProperty(property: string | null): void {
  useEntityView.setState({ property })
}
