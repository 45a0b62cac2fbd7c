/** Parts that a composite pipe names itself: who made it knows by which names they are known as plain pipes. */
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'

/** Where a composite pipe names its earlier parts, in its metadata: `[{"name", "transforms"}]`. */
export const PARTS = '$parts'

/** An earlier part of a composite pipe. */
interface DeclaredPart {
  readonly name: string
  /** The transform, by its place in the chain, that begins the next part. */
  readonly before: number
}

/** The earlier parts that a pipe names, in order; what makes no sense is left out. `count` is the number of its transforms. */
export function declaredParts(pipe: JsonObject, count: number): DeclaredPart[] {
  const metadata = get(pipe, 'metadata')
  const given = isObject(metadata) ? get(metadata, PARTS) : undefined
  const parts: DeclaredPart[] = []
  let before = 0
  for (const each of Array.isArray(given) ? given : []) {
    const [name, transforms] = isObject(each) ? [get(each, 'name'), get(each, 'transforms')] : []
    if (typeof name !== 'string' || name === '' || typeof transforms !== 'number') continue
    before += transforms
    const isPlace = Number.isInteger(before) && transforms >= 0 && before < Math.max(1, count)
    if (isPlace) parts.push({ name, before })
  }
  return parts
}
