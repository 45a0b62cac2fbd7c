/** What a reference is (references.ts collects them). */
import type { JsonPath } from '../path.ts'

export type ReferenceKind = 'dataset' | 'pipe' | 'system' | 'rule' | 'alias' | 'property' | 'namespace'

/** One place that names something. */
export interface Reference {
  readonly what: ReferenceKind
  readonly name: string
  /** The component it is in. */
  readonly component: string
  readonly path: JsonPath
  /** Whether the name is the key at the end of the path, or a part of the text there. */
  readonly at: 'value' | 'key'
  /** Where the name stands in the text. */
  readonly start: number
  readonly end: number
  /** Makes the thing instead of using it. */
  readonly definition: boolean
  /** Rules and aliases are known only below this place of the component. */
  readonly scope?: string
}

/** What `report` needs to be told; the rest is filled in. */
type Found = Omit<Reference, 'component' | 'at' | 'definition'> & Partial<Pick<Reference, 'at' | 'definition'>>
export type ReportReference = (found: Found) => void
