/**
 * The kinds of sources, transforms, sinks, pumps and systems that are known, as data. Forms, completion, validation and
 * the reference read this list; there is no second one. `kinds.ts` declares what is built in; connectors may declare more
 * while the engine runs.
 */
import type { KindDeclaration, KindRole } from './define.ts'

const kindsByName = new Map<string, KindDeclaration>()
const kindsInOrder = new Set<KindDeclaration>()

/** Declares a kind, in the place of one that had the same role and type. */
export function declareKind(kind: KindDeclaration): void {
  withdrawKind(kind.role, kind.type)
  kindsInOrder.add(kind)
  for (const type of [kind.type, ...(kind.alias ?? [])]) kindsByName.set(`${kind.role} ${type}`, kind)
}

/** Takes a declaration back. */
export function withdrawKind(role: KindRole, type: string): void {
  const known = kindsByName.get(`${role} ${type}`)
  if (known?.type !== type) return
  kindsInOrder.delete(known)
  for (const name of [type, ...(known.alias ?? [])]) kindsByName.delete(`${role} ${name}`)
}

/** The kind of a role and type, alternative names included; on the page they are known with the engine's catalogue. */
export function declaredKind(role: KindRole, type: string): KindDeclaration | undefined {
  return kindsByName.get(`${role} ${type}`)
}

/** All kinds, the most used of each role first. */
export function allKinds(): readonly KindDeclaration[] {
  return [...kindsInOrder]
}

/** The kinds of a role. */
export function kindsOf(role: KindRole): readonly KindDeclaration[] {
  return allKinds().filter((kind) => kind.role === role)
}
