import type { Model } from '../../../engine-worker/index.ts'

/** What every part of the view that is about one concept is given. */
export interface ConceptPartProps {
  readonly model: Model
  readonly text: string
  readonly isSound: boolean
  readonly concept: string
  readonly onConcept: (concept: string) => void
}
