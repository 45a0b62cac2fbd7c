/** What a reference is (references.ts collects them), and the one shape that both stages and hops have. */
import type { Json } from '../entity/value.ts'

export type Path = readonly (string | number)[]
export type Named = 'dataset' | 'pipe' | 'system' | 'rule' | 'alias' | 'property' | 'namespace'

/** One place that names something. */
export interface Reference {
  readonly what: Named
  readonly name: string
  /** The component it is in. */
  readonly component: string
  readonly path: Path
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
export type Found = Omit<Reference, 'component' | 'at' | 'definition'> & Partial<Pick<Reference, 'at' | 'definition'>>
export type Report = (found: Found) => void

/** `orders o`: a dataset and, where there is one, the alias it gets. */
export function datasetNames(names: Json | undefined, path: Path, aliases: Map<string, string>, report: Report): void {
  if (!Array.isArray(names)) return
  const scope = path.slice(0, -1).join('/')
  for (const [index, text] of names.entries()) {
    if (typeof text !== 'string') continue
    const parts = /^(\s*)(\S+)(?:(\s+)(\S+))?\s*$/.exec(text)
    if (!parts) continue
    const [, before = '', name = '', between = '', alias] = parts
    const at = [...path, index]
    const end = before.length + name.length
    report({ what: 'dataset', name, path: at, start: before.length, end })
    if (alias === undefined) continue
    aliases.set(alias, scope)
    const start = end + between.length
    report({ what: 'alias', name: alias, path: at, start, end: start + alias.length, definition: true, scope })
  }
}
