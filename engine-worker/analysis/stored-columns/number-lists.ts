/** Lists of numbers as bytes, each in as few bytes a number as all of them fit into. */

/** How many bytes a number takes: 8 for any number; 0 where every one is as it is expected. */
export type NumberWidth = 0 | 1 | 2 | 4 | 8

/** A list as bytes. */
interface PackedNumbers {
  readonly width: NumberWidth
  readonly bytes: Uint8Array
}

type NumberList = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** The first numbers of a list as bytes. `expected`: a number that need not be kept, by its place. */
export function packNumbers(
  numbers: ArrayLike<number>,
  length: number,
  expected: (place: number) => number,
): PackedNumbers {
  let width: NumberWidth = 0
  for (let place = 0; place < length && width < 8; place++) {
    const number = numbers[place] ?? 0
    if (width === 0 && Object.is(number, expected(place))) continue
    const needed = widthOf(number)
    if (needed > width) width = needed
  }
  const list = newList(width, length)
  for (let place = 0; place < list.length; place++) list[place] = numbers[place] ?? 0
  return { width, bytes: new Uint8Array(list.buffer) }
}

/** The list again. The bytes are a copy of their own. */
export function unpackNumbers(
  { width, bytes }: PackedNumbers,
  length: number,
  expected: (place: number) => number,
): NumberList {
  if (width === 0) {
    const numbers = new Uint32Array(length)
    for (let place = 0; place < length; place++) numbers[place] = expected(place)
    return numbers
  }
  const { buffer } = bytes.slice()
  if (width === 1) return new Uint8Array(buffer)
  if (width === 2) return new Uint16Array(buffer)
  return width === 4 ? new Uint32Array(buffer) : new Float64Array(buffer)
}

function widthOf(number: number): 1 | 2 | 4 | 8 {
  if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff || Object.is(number, -0)) return 8
  if (number > 0xffff) return 4
  return number > 0xff ? 2 : 1
}

function newList(width: NumberWidth, length: number): NumberList {
  if (width === 0) return new Uint8Array()
  if (width === 1) return new Uint8Array(length)
  if (width === 2) return new Uint16Array(length)
  return width === 4 ? new Uint32Array(length) : new Float64Array(length)
}
