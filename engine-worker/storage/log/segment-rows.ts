/** Versions of one segment, of which a part is read at a time. */
import { get } from '../../entity/dict.ts'
import { propertyValue } from '../../entity/property-text.ts'
import { readEntity } from '../../entity/transit.ts'
import type { Entity, Value } from '../../entity/value.ts'
import type { RowBatch } from '../store.ts'
import { contentAt, lineAt, type Segment, stampAt } from './segment.ts'

/** What a text without the fields that the store sets lacks of the text that is searched: it stands behind the `_id`. */
const OMITTED_DELETED = ',"_deleted":false'

/** The versions at some places of a segment. */
export class SegmentRows implements RowBatch {
  readonly updated: Float64Array
  private lastLookup: { readonly part: string; readonly found: boolean } | null = null

  constructor(
    private readonly segment: Segment,
    private readonly places: readonly number[],
  ) {
    this.updated = Float64Array.from(places, (place) => segment.updated[place] ?? 0)
  }

  text(at: number): string {
    return lineAt(this.segment, this.places[at] ?? 0)
  }

  content(at: number): Entity {
    return contentAt(this.segment, this.places[at] ?? 0)
  }

  value(at: number, property: string): Value | undefined {
    const place = this.places[at] ?? 0
    if (property.startsWith('_') && property !== '_id') {
      const own = stampAt(this.segment, place, property)
      return own === undefined ? get(readEntity(this.text(at)), property) : own
    }
    const { text, offsets } = this.segment
    return propertyValue(text, offsets[place] ?? 0, (offsets[place + 1] ?? 1) - 1, property)
  }

  mayContain(_at: number, part: string): boolean {
    if (this.lastLookup?.part !== part) {
      this.lastLookup = { part, found: overlapsOmitted(part) || this.segment.text.toLowerCase().includes(part) }
    }
    return this.lastLookup.found
  }
}

/** Whether a part of a text may be there only because of what the segment's text lacks. */
function overlapsOmitted(part: string): boolean {
  if (OMITTED_DELETED.includes(part)) return true
  for (let at = 1; at < part.length; at++) {
    const [left, right] = [part.slice(0, at), part.slice(at)]
    if (left.endsWith('"') && (OMITTED_DELETED.startsWith(right) || right.startsWith(OMITTED_DELETED))) return true
    if (OMITTED_DELETED.endsWith(left) && /^[,}]/.test(right)) return true
  }
  return false
}
