/** Ranges of a VPN form that have addresses in common, with a range that is free instead. */
import {
  type AddressRange,
  dottedAddress,
  isPrivate,
  privateBlocks,
  rangesOverlap,
  readRange,
  readRangeOrAddress,
} from './address.ts'
import type { VpnForm } from './form.ts'

/** Two ranges with common addresses: the later one, and the one that was there before or is Sesam's. */
export interface VpnOverlap {
  readonly connection: number
  /** The place among the ranges of the connection. */
  readonly index: number
  readonly range: string
  readonly other: string
  readonly isSesam: boolean
  /** The ends of both, as numbers. */
  readonly span: Pick<AddressRange, 'first' | 'last'>
  readonly otherSpan: Pick<AddressRange, 'first' | 'last'>
  /** How many addresses they have in common. */
  readonly common: number
  /** A private range of the same size that nothing takes; null where none was found. */
  readonly free: string | null
}

/** The most ranges that are tried when a free one is looked for. */
const MAX_CANDIDATES = 20_000

/** All overlaps, over all connections; a range that is not valid takes no part. */
export function overlapsOf({ connections, sesamRanges }: VpnForm): readonly VpnOverlap[] {
  const sesam = sesamRanges.flatMap((text) => {
    const range = readRangeOrAddress(text)
    return range === null ? [] : [{ text, range }]
  })
  const formRanges = connections.flatMap(({ ranges }, connection) =>
    ranges.flatMap((text, index) => {
      const range = readRange(text)
      return range === null || !range.isNetwork ? [] : [{ text, range, connection, index }]
    }),
  )
  const usedRanges = [...sesam, ...formRanges].map(({ range }) => range)
  return formRanges.flatMap(({ text, range, connection, index }, at) => {
    const addOverlap = (
      other: { readonly text: string; readonly range: AddressRange } | undefined,
      isSesam: boolean,
    ) =>
      other === undefined
        ? []
        : [
            {
              ...{ connection, index, range: text, other: other.text, isSesam, span: range, otherSpan: other.range },
              common: Math.min(range.last, other.range.last) - Math.max(range.first, other.range.first) + 1,
              free: freeRange(range, usedRanges),
            },
          ]
    return [
      ...addOverlap(
        sesam.find((each) => rangesOverlap(each.range, range)),
        true,
      ),
      ...addOverlap(
        formRanges.slice(0, at).find((each) => rangesOverlap(each.range, range)),
        false,
      ),
    ]
  })
}

/** The next range of the same size in the same private block that overlaps nothing; the search goes on at its start. */
function freeRange(range: AddressRange, taken: readonly AddressRange[]): string | null {
  const size = range.last - range.first + 1
  const block = privateBlocks.find(({ first, last }) => range.first >= first && range.last <= last)
  if (block === undefined || !isPrivate(range)) return null
  const places = (block.last - block.first + 1) / size
  const start = (range.first - block.first) / size
  for (let step = 1; step < Math.min(places, MAX_CANDIDATES); step++) {
    const first = block.first + ((start + step) % places) * size
    const candidate = { first, last: first + size - 1, isNetwork: true }
    if (!taken.some((each) => rangesOverlap(each, candidate))) return `${dottedAddress(first)}/${32 - Math.log2(size)}`
  }
  return null
}
