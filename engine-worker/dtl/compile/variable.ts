/** The value a path starts from, and whole paths as closures. */
import { type Dict, isDict, NI, type Value } from '../../entity/value.ts'
import type { Carriers, Eval, Frame, Namespaces, Shape } from '../evaluation.ts'
import { readName } from '../namespace.ts'
import type { PropertyPath, Root } from '../tree/path.ts'
import { carriersOf, shapeOf } from './shape.ts'
import { chargeReuse } from './size.ts'
import { type CompiledWalk, compileWalk, plainName, propertyStep } from './walk.ts'

/** Compiles a path. A whole target (`_T.`) is a copy, so that a target can never contain itself. */
export function pathEval(path: PropertyPath, namespaces: Namespaces): Eval {
  const { root, segments } = path
  if (segments.length === 0) {
    const whole = readRoot(root, true)
    return isTarget(root) ? (frame) => chargeReuse(whole(frame), frame.ctx) : whole
  }
  const from = readRoot(root, false)
  const into = compileWalk(segments, namespaces)
  const name = segments.length === 1 ? plainName(segments[0] ?? '', namespaces) : null
  const plain =
    (name === null ? null : readProperty(root, name, into)) ??
    carriedBySource(root, segments, namespaces) ??
    readDirect(root, into) ??
    walkFrom(from, into)
  if (isTarget(root)) return (frame) => chargeReuse(plain(frame), frame.ctx)
  if (!namespaces.enabled || segments[0] !== '$ids' || !isEntityRoot(root)) return plain
  return implicitIds(from, segments, namespaces)
}

function walkFrom(from: Eval, into: CompiledWalk): Eval {
  return (frame) => into(from(frame)) ?? null
}

/** The most common paths of all, one property of a variable, look at it themselves. */
function readProperty(root: Root, name: string, into: CompiledWalk): Eval | null {
  if (root.is === 'source' && root.up === 0)
    return (frame) => {
      const { S } = frame
      const found = typeof S === 'object' && S !== null ? (S as Dict)[name] : undefined
      return found === undefined ? (into(S) ?? null) : found
    }
  if (root.is === 'target' && root.up === 0) return (frame) => frame.T[name] ?? null
  if (root.is === 'item')
    return (frame) => {
      const { it } = frame
      const found = typeof it === 'object' && it !== null ? (it as Dict)[name] : undefined
      return found === undefined ? (into(it) ?? null) : found
    }
  if (root.is === 'alias') {
    const { slot } = root
    return (frame) => {
      const entity = frame.aliases[slot] ?? null
      const found = typeof entity === 'object' && entity !== null ? (entity as Dict)[name] : undefined
      return found === undefined ? (into(entity) ?? null) : found
    }
  }
  return null
}

/** An unqualified name of the source, in whichever namespaces: looked for once a shape. */
function carriedBySource(root: Root, segments: readonly string[], namespaces: Namespaces): Eval | null {
  const [first = '', ...rest] = segments
  const name = readName(first, namespaces)
  if (root.is !== 'source' || root.up > 0 || 'exact' in name || /^[_$]/.test(first)) return null
  const { identifier } = name
  const further = rest.length === 0 ? null : compileWalk(rest, namespaces)
  const elsewhere = compileWalk(segments, namespaces)
  let shape: Shape | null = null
  let carriers: Carriers = null
  return (frame) => {
    const { S } = frame
    if (frame.shape === null) {
      if (!isDict(S)) return elsewhere(S) ?? null
      frame.shape = shapeOf(S)
    }
    if (frame.shape !== shape) {
      shape = frame.shape
      carriers = carriersOf(shape, identifier)
    }
    const found = propertyStep(S as Dict, carriers)
    if (found === undefined) return null
    return further === null ? found : (further(found) ?? null)
  }
}

/** The most common variables read the frame themselves, which saves a call. */
function readDirect(root: Root, into: CompiledWalk): Eval | null {
  if (root.is === 'source' && root.up === 0) return (frame) => into(frame.S) ?? null
  if (root.is === 'target' && root.up === 0) return (frame) => into(frame.T) ?? null
  if (root.is === 'item') return (frame) => into(frame.it) ?? null
  return null
}

/** What is read from a target can be put into it again, and so grow with every step. */
function isTarget({ is }: Root): boolean {
  return is === 'target' || is === 'root-target' || is === 'context' || is === 'root-context'
}

function isEntityRoot(root: Root): boolean {
  return root.is === 'source' || root.is === 'root-source' || root.is === 'alias'
}

/**
 * `$ids` of an entity that has none is its `_id` as a namespaced identifier, in the pipe's identity namespace unless
 * the `_id` has one already (dtl/caveats.rst).
 */
function implicitIds(from: Eval, segments: readonly string[], namespaces: Namespaces): Eval {
  const further = compileWalk(segments.slice(1), namespaces)
  return (frame) => {
    const entity = from(frame)
    return isDict(entity) ? (further(idsOf(entity, namespaces)) ?? null) : null
  }
}

/** The `$ids` of an entity, real or implicit. */
function idsOf(entity: Dict, namespaces: Namespaces): Value {
  const ids = entity.$ids
  if (ids !== undefined) return ids
  const id = entity._id
  if (typeof id !== 'string') return null
  return [new NI(id.includes(':') ? id : `${namespaces.identity}:${id}`)]
}

function readRoot(root: Root, whole: boolean): Eval {
  switch (root.is) {
    case 'source':
      if (root.up === 0) return (frame) => frame.S
      return (frame) => ancestor(frame, root.up)?.S ?? null
    case 'target': {
      if (root.up === 0) return whole ? (frame) => ({ ...frame.T }) : (frame) => frame.T
      const targetOf = (frame: Frame) => ancestor(frame, root.up)?.T ?? null
      return whole ? (frame) => copyOf(targetOf(frame)) : targetOf
    }
    case 'root-source':
      return (frame) => frame.R.S
    case 'root-target':
      return whole ? (frame) => ({ ...frame.R.T }) : (frame) => frame.R.T
    case 'parameters':
      return (frame) => frame.ctx.parameters
    case 'item':
      return (frame) => frame.it
    case 'context':
      return (frame) => contextDict(ancestor(frame, root.up))
    case 'root-context':
      return (frame) => ({ _S: frame.R.S, _T: { ...frame.R.T } })
    case 'alias': {
      const { slot } = root
      return (frame) => frame.aliases[slot] ?? null
    }
  }
}

function ancestor(frame: Frame, up: number): Frame | null {
  let at: Frame | null = frame
  for (let i = 0; i < up && at !== null; i++) at = at.P
  return at
}

function copyOf(target: Dict | null): Dict | null {
  return target === null ? null : { ...target }
}

/** `_P` as a dict: the source, the target, and the parent's parent where there is one (dtl/variables.rst). */
function contextDict(frame: Frame | null): Value {
  if (frame === null) return null
  const parent = contextDict(frame.P)
  return parent === null ? { _S: frame.S, _T: { ...frame.T } } : { _S: frame.S, _T: { ...frame.T }, _P: parent }
}
