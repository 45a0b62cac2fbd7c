/**
 * Which items of a list (or members of an object) are those of the list before, so that an edit touches the text of those
 * alone that it changed.
 */

/** An item as it is compared: its whole text, and what it goes on being when a part of it changes. */
interface AlignedItem {
  readonly text: string
  /** Items of one kind may be the same item before and after an edit: `["add", "name"` of a step, `_id` of an object. */
  readonly kind: string
}

/** Lists whose differing part is larger than this (items × items) are compared place by place. */
const MAX_COMPARISONS = 4_000_000

/**
 * For each item after, the index of the item before that it continues, or null for a new one. Equal items come first, in
 * order; then, between two of these, items of one kind; then items that only changed their places.
 */
export function matchItems(before: readonly AlignedItem[], after: readonly AlignedItem[]): (number | null)[] {
  const matches: (number | null)[] = after.map(() => null)
  const matchUnmatched = (same: (a: AlignedItem, b: AlignedItem) => boolean) => {
    for (const gap of gapsOf(matches, before.length)) matchInOrder(before, after, gap, same, matches)
  }
  matchUnmatched((a, b) => a.text === b.text)
  matchMoved(before, after, matches)
  matchUnmatched((a, b) => a.kind === b.kind)
  for (const { from, to, fromAfter, toAfter } of gapsOf(matches, before.length)) {
    if (to - from !== toAfter - fromAfter) continue
    const used = new Set(matches)
    for (let n = 0; n < to - from; n++) if (!used.has(from + n)) matches[fromAfter + n] = from + n
  }
  return matches
}

/** Items from `from` to before `to`, and from `fromAfter` to before `toAfter`, that nothing is known of yet. */
interface Gap {
  readonly from: number
  readonly to: number
  readonly fromAfter: number
  readonly toAfter: number
}

/** The places between matches that stand in the same order before and after. */
function gapsOf(matches: readonly (number | null)[], length: number): Gap[] {
  const gaps: Gap[] = []
  let [from, fromAfter] = [0, 0]
  const addGap = (to: number, toAfter: number) => {
    if (to > from && toAfter > fromAfter) gaps.push({ from, to, fromAfter, toAfter })
  }
  for (const [index, match] of matches.entries()) {
    if (match === null) continue
    if (match >= from) addGap(match, index)
    from = Math.max(from, match + 1)
    fromAfter = index + 1
  }
  addGap(length, matches.length)
  return gaps
}

/** The longest common subsequence of a gap, after what is the same at both ends. */
function matchInOrder(
  before: readonly AlignedItem[],
  after: readonly AlignedItem[],
  gap: Gap,
  same: (a: AlignedItem, b: AlignedItem) => boolean,
  matches: (number | null)[],
): void {
  let { from, to, fromAfter, toAfter } = gap
  const used = new Set(matches)
  const isSameItem = (a: number, b: number): boolean => {
    const [old, now] = [before[a], after[b]]
    return old !== undefined && now !== undefined && matches[b] === null && !used.has(a) && same(old, now)
  }
  while (from < to && fromAfter < toAfter && isSameItem(from, fromAfter)) matches[fromAfter++] = from++
  while (from < to && fromAfter < toAfter && isSameItem(to - 1, toAfter - 1)) matches[--toAfter] = --to
  const [rows, columns] = [to - from, toAfter - fromAfter]
  if (rows === 0 || columns === 0 || rows * columns > MAX_COMPARISONS) return
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] = isSameItem(from + row, fromAfter + column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1))
    }
  }
  let [row, column] = [0, 0]
  while (row < rows && column < columns) {
    if (isSameItem(from + row, fromAfter + column) && lengthAt(row, column) === lengthAt(row + 1, column + 1) + 1) {
      matches[fromAfter + column++] = from + row++
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row++
    else column++
  }
}

/** Items that are the same as one before at another place. */
function matchMoved(before: readonly AlignedItem[], after: readonly AlignedItem[], matches: (number | null)[]): void {
  const used = new Set(matches)
  const free = new Map<string, number[]>()
  for (const [index, { text }] of before.entries()) {
    if (!used.has(index)) free.set(text, [...(free.get(text) ?? []), index])
  }
  for (const [index, { text }] of after.entries()) {
    if (matches[index] === null) matches[index] = free.get(text)?.shift() ?? null
  }
}
