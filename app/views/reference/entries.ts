import type { Catalogue, CataloguedFunction, KindDeclaration, KindRole } from '../../../engine-worker/index.ts'
import type { Words } from '../../i18n/types.ts'
import { pageOfKind } from '../../store/catalogue.ts'

/** What the reference is about: functions of DTL, or parts of a configuration. */
export type ReferenceSubject = 'functions' | 'configuration'

/** A page of the reference. */
export type ReferenceEntry = {
  /** In the address. */
  readonly name: string
  readonly label: string
  readonly says: string
  readonly group: string
  readonly deprecated: boolean
} & (
  | { readonly subject: 'functions'; readonly declared: CataloguedFunction }
  | { readonly subject: 'configuration'; readonly declared: KindDeclaration }
)

const roleOrder: readonly KindRole[] = ['source', 'transform', 'sink', 'pump', 'pipe', 'system', 'metadata']

/** All pages, in the order in which they are listed. */
export function referenceEntries({ functions, kinds }: Catalogue, w: Words): readonly ReferenceEntry[] {
  return [
    ...functions.map(
      (declared): ReferenceEntry => ({
        subject: 'functions',
        name: declared.name,
        label: declared.name,
        says: declared.says,
        group: w.engine.declared(declared.group),
        deprecated: declared.deprecated !== undefined,
        declared,
      }),
    ),
    ...roleOrder.flatMap((role) =>
      kinds
        .filter((each) => each.role === role)
        .map(
          (declared): ReferenceEntry => ({
            subject: 'configuration',
            name: pageOfKind(declared),
            label: declared.type,
            says: declared.says,
            group: w.kindRoles[role],
            deprecated: false,
            declared,
          }),
        ),
    ),
  ]
}

/** Entries by group, groups in the order in which they first come. */
export function byGroup(
  entries: readonly ReferenceEntry[],
): readonly { readonly group: string; readonly entries: readonly ReferenceEntry[] }[] {
  const groups = new Map<string, ReferenceEntry[]>()
  for (const each of entries) {
    const group = groups.get(each.group)
    if (group) group.push(each)
    else groups.set(each.group, [each])
  }
  return [...groups].map(([group, members]) => ({ group, entries: members }))
}
