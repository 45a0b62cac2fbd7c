/** The search index of one dataset: segments that follow its log. */
import type { Entity } from '../../entity/value.ts'
import type { DerivedIndex } from '../../storage/index/derived-index.ts'
import { DELETED, IdIndex, putIdHash } from '../../storage/index/id-index.ts'
import type { RowBatch } from '../../storage/store.ts'
import { joinSegments } from './join-segments.ts'
import { SEGMENT_DOCUMENTS, type SearchSegment, SegmentBuilder } from './segment.ts'

/** Versions that are collected before they become a segment. */
const COLLECT_DOCUMENTS = SEGMENT_DOCUMENTS
/** A segment is joined with the one before where that has less than this many times its documents. */
const JOIN_FACTOR = 2
/** Bits of an id's hash by which a few ids are told from most others. */
const MARK_MASK = 0xffff

/** What an index is, as it is kept. */
export interface IndexParts {
  readonly segments: readonly SearchSegment[]
  readonly position: number
  readonly witness: { readonly updated: number; readonly ts: number } | null
  readonly seed: number
}

/** An index over the versions of a dataset. */
export class DatasetSearchIndex implements DerivedIndex<readonly Entity[]>, IndexParts {
  segments: SearchSegment[] = []
  /** `_updated` of the last version that was taken into account. */
  position = 0
  /** A version that was taken into account, by its place in the log and its time: it is in that log only. */
  witness: { readonly updated: number; readonly ts: number } | null = null
  private builder = new SegmentBuilder()
  /** The latest version of each id; made of the segments when versions come. */
  private latestIndex: IdIndex | null = null
  private readonly hash = new Uint32Array(2)
  /** One version as the list of latest versions takes it; used again for each. */
  private readonly head = {
    updated: new Float64Array(1),
    ids: this.hash,
    hashes: new Uint32Array(2),
    flags: new Uint8Array(1),
  }

  /** @param seed random, so that ids cannot be chosen to collide */
  constructor(
    readonly dataset: string,
    public seed: number,
  ) {}

  /** Entities that are found, deleted ones apart. Versions that are not sealed count, too. */
  get live(): number {
    this.seal()
    return this.segments.reduce((sum, { live }) => sum + live, 0)
  }

  get bytes(): number {
    return this.segments.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  apply(versions: readonly Entity[]): void {
    for (const entity of versions) {
      const updated = typeof entity._updated === 'number' ? entity._updated : this.position + 1
      this.applyVersion(entity, updated)
      this.witness = { updated, ts: Number(entity._ts ?? 0) }
    }
  }

  /** The same with some rows of a batch, which are read in part. */
  applyRows(batch: RowBatch, from: number, to: number): void {
    for (let at = from; at < to; at++) this.applyVersion(batch.content(at), batch.updated[at] ?? 0)
    if (to > from) this.witness = { updated: this.position, ts: Number(batch.value(to - 1, '_ts') ?? 0) }
  }

  clear(): void {
    this.segments = []
    this.position = 0
    this.witness = null
    this.builder = new SegmentBuilder()
    this.latestIndex = null
  }

  /** Puts segments of an earlier time in place, with the seed of their ids. */
  restore({ segments, position, witness, seed }: IndexParts): void {
    this.clear()
    this.seed = seed
    this.segments = [...segments]
    this.position = position
    this.witness = witness
  }

  /** Makes a segment of what was collected; only then it is found. Small segments become one. */
  seal(): void {
    if (this.builder.length > 0) {
      this.segments.push(this.builder.build())
      this.builder = new SegmentBuilder()
    }
    for (;;) {
      const [before, last] = this.segments.slice(-2)
      if (!before || !last || before.length >= JOIN_FACTOR * last.length) break
      if (before.standing + last.standing > SEGMENT_DOCUMENTS) break
      this.segments.splice(-2, 2, joinSegments([before, last]))
    }
    this.segments = this.segments.flatMap((segment) => {
      if (2 * segment.standing > segment.length) return [segment]
      return segment.standing === 0 ? [] : [joinSegments([segment])]
    })
  }

  /** Lets go of what is needed for further versions only. */
  rest(): void {
    this.seal()
    this.latestIndex = null
  }

  private applyVersion(entity: Entity, updated: number): void {
    const id = String(entity._id)
    putIdHash(id, this.seed, this.hash, 0)
    const [idHigh = 0, idLow = 0] = this.hash
    const latest = this.latestVersions()
    const before = latest.latest(idHigh, idLow)
    if (before > 0) this.replace(before)
    const deleted = entity._deleted === true
    this.head.updated[0] = updated
    this.head.flags[0] = deleted ? DELETED : 0
    latest.enter(this.head, 0)
    this.builder.add({ updated, idHigh, idLow, deleted, entity })
    this.position = updated
    if (this.builder.length >= COLLECT_DOCUMENTS) this.seal()
  }

  private replace(updated: number): void {
    if (this.builder.replace(updated)) return
    for (let at = this.segments.length - 1; at >= 0; at--) {
      const segment = this.segments[at]
      if (!segment || (segment.parts.updated[0] ?? 0) > updated) continue
      const document = segment.documentOf(updated)
      if (document >= 0) segment.replace(document)
      return
    }
  }

  /**
   * Reads the latest version of ids from the segments, one after the other; `turn` lets other work go on between.
   * @param ids those of the versions that are to come; null for all
   */
  async readLatest(ids: readonly string[] | null, turn: () => Promise<void>): Promise<void> {
    const marks = ids && this.marksOf(ids)
    const latest = new IdIndex()
    for (const segment of this.segments) {
      enterLatest(latest, segment, marks)
      await turn()
    }
    this.latestIndex = latest
  }

  /** 1 at the low bits of the hash of each id. */
  private marksOf(ids: readonly string[]): Uint8Array {
    const marks = new Uint8Array(MARK_MASK + 1)
    for (const id of ids) {
      putIdHash(id, this.seed, this.hash, 0)
      marks[(this.hash[1] ?? 0) & MARK_MASK] = 1
    }
    return marks
  }

  private latestVersions(): IdIndex {
    if (this.latestIndex) return this.latestIndex
    this.latestIndex = new IdIndex()
    for (const segment of this.segments) enterLatest(this.latestIndex, segment, null)
    return this.latestIndex
  }
}

/** Enters the documents that stand; `marks`: only those of marked ids. */
function enterLatest(latest: IdIndex, { parts, replaced }: SearchSegment, marks: Uint8Array | null): void {
  const { updated, ids, deleted } = parts
  const head = { updated, ids, hashes: new Uint32Array(ids.length), flags: deleted }
  for (let document = 0; document < updated.length; document++) {
    if (marks && marks[(ids[2 * document + 1] ?? 0) & MARK_MASK] === 0) continue
    if (replaced[document] === 0) latest.enter(head, document)
  }
}
