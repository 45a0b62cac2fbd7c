/** Versions of one segment, of which a part is read at a time. */
import { get } from '../../entity/dict.ts'
import { propertyValue } from '../../entity/property-text.ts'
import { readEntity } from '../../entity/transit.ts'
import type { Entity, Value } from '../../entity/value.ts'
import type { RowBatch } from '../store.ts'
import { contentAt, lineAt, type Segment, stampAt } from './segment.ts'

/** What a text without the fields that the store sets lacks of the text that is searched: it stands behind the `_id`. */
const LACKED = ',"_deleted":false'

/** The versions at some places of a segment. */
export class SegmentRows implements RowBatch {
  readonly updated: Float64Array
  private looked: { readonly part: string; readonly found: boolean } | null = null

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
    if (this.looked?.part !== part) {
      this.looked = { part, found: reachesIntoLacked(part) || this.segment.text.toLowerCase().includes(part) }
    }
    return this.looked.found
  }
}

/** Whether a part of a text may be there only because of what the segment's text lacks. */
function reachesIntoLacked(part: string): boolean {
  if (LACKED.includes(part)) return true
  for (let at = 1; at < part.length; at++) {
    const [left, right] = [part.slice(0, at), part.slice(at)]
    if (left.endsWith('"') && (LACKED.startsWith(right) || right.startsWith(LACKED))) return true
    if (LACKED.endsWith(left) && /^[,}]/.test(right)) return true
  }
  return false
}
