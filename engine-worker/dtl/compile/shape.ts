/**
 * Shapes: the names of a dict in their order. With namespaces on, an unqualified name can mean several properties, so
 * all names have to be looked at; entities of one source mostly have the same names, so this is done once a shape, and
 * an entity is only compared with the shape of the entity before.
 */
import type { Dict } from '../../entity/value.ts'
import type { Carriers, Shape } from '../evaluation.ts'
import { hasIdentifier } from '../namespace.ts'

/** Shapes that are kept; data with more of them starts over. */
const MAX_SHAPES = 1_000

/** Wider dicts are tables of their own, mostly each with other names. */
const MAX_PROPERTIES = 500

let latestShape: Shape = { names: [], carriers: new Map() }
const shapesByNames = new Map<string, Shape>()

/** The shape of a dict. */
export function shapeOf(dict: Dict): Shape {
  const { names } = latestShape
  let place = 0
  for (const name in dict) {
    if (names[place] !== name) {
      place = -1
      break
    }
    place++
  }
  if (place !== names.length) latestShape = otherShape(dict)
  return latestShape
}

function otherShape(dict: Dict): Shape {
  const names = Object.keys(dict)
  if (names.length > MAX_PROPERTIES) return { names, carriers: new Map() }
  const key = names.join('\u0000')
  let shape = shapesByNames.get(key)
  if (shape === undefined) {
    if (shapesByNames.size >= MAX_SHAPES) shapesByNames.clear()
    shape = { names, carriers: new Map() }
    shapesByNames.set(key, shape)
  }
  return shape
}

/** The properties of a shape that carry the identifier. */
export function carriersOf(shape: Shape, identifier: string): Carriers {
  let carriers = shape.carriers.get(identifier)
  if (carriers === undefined) {
    const names = shape.names.filter((name) => hasIdentifier(name, identifier))
    carriers = names.length > 1 ? names : (names[0] ?? null)
    if (shape.carriers.size >= MAX_SHAPES) shape.carriers.clear()
    shape.carriers.set(identifier, carriers)
  }
  return carriers
}
