import type { CataloguedFunction } from '../../../engine-worker/protocol.ts'

/** Functions by group, groups in the order in which they first come. */
export function byGroup(
  functions: readonly CataloguedFunction[],
): readonly { readonly group: string; readonly functions: readonly CataloguedFunction[] }[] {
  const groups = new Map<string, CataloguedFunction[]>()
  for (const each of functions) {
    const group = groups.get(each.group)
    if (group) group.push(each)
    else groups.set(each.group, [each])
  }
  return [...groups].map(([group, members]) => ({ group, functions: members }))
}
