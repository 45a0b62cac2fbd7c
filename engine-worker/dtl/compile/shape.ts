/**
 * Shapes: the names of a dict in their order. With namespaces on, an unqualified name can mean several properties, so
 * all names have to be looked at; entities of one source mostly have the same names, so this is done once a shape, and
 * an entity is only compared with the shape of the entity before.
 */
import type { Dict } from '../../entity/value.ts'
import type { Carriers, Shape } from '../evaluation.ts'
import { hasIdentifier } from '../namespace.ts'

/** Shapes that are kept; data with more of them starts over. */
const KEPT = 1_000

/** Wider dicts are tables of their own, mostly each with other names. */
const WIDEST = 500

let latest: Shape = { names: [], carriers: new Map() }
const known = new Map<string, Shape>()

/** The shape of a dict. */
export function shapeOf(dict: Dict): Shape {
  const { names } = latest
  let place = 0
  for (const name in dict) {
    if (names[place] !== name) {
      place = -1
      break
    }
    place++
  }
  if (place !== names.length) latest = otherShape(dict)
  return latest
}

function otherShape(dict: Dict): Shape {
  const names = Object.keys(dict)
  if (names.length > WIDEST) return { names, carriers: new Map() }
  const key = names.join('\u0000')
  let shape = known.get(key)
  if (shape === undefined) {
    if (known.size >= KEPT) known.clear()
    shape = { names, carriers: new Map() }
    known.set(key, shape)
  }
  return shape
}

/** The properties of a shape that carry the identifier. */
export function carriersOf(shape: Shape, identifier: string): Carriers {
  let carriers = shape.carriers.get(identifier)
  if (carriers === undefined) {
    const names = shape.names.filter((name) => hasIdentifier(name, identifier))
    carriers = names.length > 1 ? names : (names[0] ?? null)
    if (shape.carriers.size >= KEPT) shape.carriers.clear()
    shape.carriers.set(identifier, carriers)
  }
  return carriers
}
