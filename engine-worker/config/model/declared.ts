/**
 * The kinds of sources, transforms, sinks, pumps and systems that are known, as data. Forms, completion, validation and
 * the reference read this list; there is no second one. `kinds.ts` declares what is built in; connectors may declare more
 * while the engine runs.
 */
import type { KindDeclaration, KindRole } from './define.ts'

const byName = new Map<string, KindDeclaration>()
const inOrder = new Set<KindDeclaration>()

/** Declares a kind, in the place of one that had the same role and type. */
export function declareKind(kind: KindDeclaration): void {
  withdrawKind(kind.role, kind.type)
  inOrder.add(kind)
  for (const type of [kind.type, ...(kind.alias ?? [])]) byName.set(`${kind.role} ${type}`, kind)
}

/** Takes a declaration back. */
export function withdrawKind(role: KindRole, type: string): void {
  const known = byName.get(`${role} ${type}`)
  if (known?.type !== type) return
  inOrder.delete(known)
  for (const name of [type, ...(known.alias ?? [])]) byName.delete(`${role} ${name}`)
}

/** The kind of a role and type, alternative names included; on the page they are known with the engine's catalogue. */
export function declaredKind(role: KindRole, type: string): KindDeclaration | undefined {
  return byName.get(`${role} ${type}`)
}

/** All kinds, the most used of each role first. */
export function allKinds(): readonly KindDeclaration[] {
  return [...inOrder]
}

/** The kinds of a role. */
export function kindsOf(role: KindRole): readonly KindDeclaration[] {
  return allKinds().filter((kind) => kind.role === role)
}
