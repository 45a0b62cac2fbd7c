/** Joins segments into one, without the documents that were replaced. */
import { DocumentShapes, PostingWriter, SearchSegment } from './segment.ts'
import { VarintWriter } from './varints.ts'
import { WordTable } from './word-table.ts'

/** One segment of two that follow each other, or of one: what stands in them, in the same order. */
export function joinSegments(segments: readonly SearchSegment[]): SearchSegment {
  const length = segments.reduce((sum, { standing }) => sum + standing, 0)
  const updated = new Float64Array(length)
  const ids = new Uint32Array(2 * length)
  const lengths = new Uint32Array(length)
  const shapeOf = new Uint32Array(length)
  const deleted = new Uint8Array(length)
  const shapes = new DocumentShapes()
  const values = new VarintWriter()
  const valueStarts = new Uint32Array(length + 1)
  /** For each segment, the new number of each document, or -1. */
  const numbers = segments.map((segment) => new Int32Array(segment.length).fill(-1))
  let to = 0
  for (const [at, segment] of segments.entries()) {
    const { parts } = segment
    const shapePlaces = parts.shapes.map(({ properties, namespaces }) => shapes.placeOf(properties, namespaces))
    for (let from = 0; from < segment.length; from++) {
      if (segment.replaced[from] === 1) continue
      const numbered = numbers[at]
      if (numbered) numbered[from] = to
      updated[to] = parts.updated[from] ?? 0
      ids[2 * to] = parts.ids[2 * from] ?? 0
      ids[2 * to + 1] = parts.ids[2 * from + 1] ?? 0
      lengths[to] = parts.lengths[from] ?? 0
      deleted[to] = parts.deleted[from] ?? 0
      shapeOf[to] = shapePlaces[parts.shapeOf[from] ?? 0] ?? 0
      for (const words of segment.valueLengths(from)) values.push(words)
      valueStarts[++to] = values.length
    }
  }
  const sum = segments.reduce((all, { parts }) => all + parts.words.length, 0)
  const writer = new PostingWriter(sum)
  const words: string[] = []
  const at = segments.map(() => 0)
  for (;;) {
    let least: string | null = null
    for (const [each, { parts }] of segments.entries()) {
      const place = at[each] ?? 0
      if (place >= parts.words.length) continue
      const word = parts.words.at(place)
      if (least === null || word < least) least = word
    }
    if (least === null) break
    let has = false
    for (const [each, segment] of segments.entries()) {
      const place = at[each] ?? 0
      if (place >= segment.parts.words.length || segment.parts.words.at(place) !== least) continue
      at[each] = place + 1
      segment.eachPosting(place, (document, places) => {
        const number = numbers[each]?.[document] ?? -1
        if (number < 0) return
        writer.add(number, places)
        has = true
      })
    }
    if (!has) continue
    words.push(least)
    writer.endWord()
  }
  return new SearchSegment({
    updated,
    ids,
    lengths,
    shapeOf,
    deleted,
    shapes: shapes.all,
    words: new WordTable(words.join('\n'), words.length),
    ...writer.end(),
    valueStarts,
    values: values.all(),
  })
}
