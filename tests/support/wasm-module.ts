/** WebAssembly modules written by hand, byte by byte, as transforms (binary format of the core specification). */

const I32 = 0x7f
const I64 = 0x7e
const END = 0x0b

function number(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest & 0x7f) | 0x80)
  }
}

const text = (name: string) => [...number(name.length), ...new TextEncoder().encode(name)]
const listBytes = (items: readonly (readonly number[])[]) => [...number(items.length), ...items.flat()]
const section = (id: number, content: readonly number[]) => [id, ...number(content.length), ...content]

interface ModuleParts {
  /** Instructions of `transform(pointer, length)` without the end; they give an i64. */
  readonly transform: readonly number[]
  /** Pages of memory at the start, and the most that the module itself declares. */
  readonly pages?: number
  readonly most?: number
  /** A function `module.name` that the module imports. */
  readonly imports?: readonly [string, string]
  readonly exports?: readonly string[]
  /** Tables, each as its bytes: type, flags, least, most. */
  readonly tables?: readonly (readonly number[])[]
  /** Types beyond those of the two functions, as their bytes. */
  readonly types?: readonly (readonly number[])[]
}

/** `pointer << 32 | length`: the module returns its input. */
export const SAME = [0x20, 0, 0xad, 0x42, 32, 0x86, 0x20, 1, 0xad, 0x84]
/** Replaces the last character but one with `9`, and returns the rest of its input unchanged. */
export const NINE = [0x20, 0, 0x20, 1, 0x6a, 0x41, 2, 0x6b, 0x41, 57, 0x3a, 0, 0, ...SAME]
/** A loop that does not end. */
export const FOREVER = [0x03, 0x40, 0x0c, 0, END, ...SAME]
/** Requests 10 000 more pages; traps where they are refused. */
export const GREEDY = [0x41, ...[0x90, 0xce, 0x00], 0x40, 0, 0x41, 0x7f, 0x46, 0x04, 0x40, 0x00, END, ...SAME]
/** Grows its table by 100 million; traps where it does not get them. */
export const SPREADING = [
  ...[0xd0, 0x70, 0x41, ...[0x80, 0xc2, 0xd7, 0x2f], 0xfc, 0x0f, 0],
  ...[0x41, 0x7f, 0x46, 0x04, 0x40, 0x00, END, ...SAME],
]
/** Calls itself without an end. */
export const DEEP = [0x20, 0, 0x20, 1, 0x10, 1]
/** A place outside of the memory. */
export const OUTSIDE = [0x42, 0x7f]

/** A module in base64. */
export function wasmModule(parts: ModuleParts): string {
  const { transform, pages = 1, most, imports, exports, tables, types = [] } = parts
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, listBytes([[0x60, 1, I32, 1, I32], [0x60, 2, I32, I32, 1, I64], ...types])),
    ...(imports ? section(2, listBytes([[...text(imports[0]), ...text(imports[1]), 0, 0]])) : []),
    ...section(3, listBytes([[0], [1]])),
    ...(tables ? section(4, listBytes(tables)) : []),
    ...section(5, listBytes([most === undefined ? [0, ...number(pages)] : [1, ...number(pages), ...number(most)]])),
    ...section(
      7,
      listBytes(
        [
          ['memory', 2, 0],
          ['alloc', 0, imports ? 1 : 0],
          ['transform', 0, imports ? 2 : 1],
        ]
          .filter(([name]) => exports === undefined || exports.includes(String(name)))
          .map(([name, kind, index]) => [...text(String(name)), Number(kind), Number(index)]),
      ),
    ),
    ...section(
      10,
      listBytes([[0x41, ...number(1024)], transform].map((code) => [...number(code.length + 2), 0, ...code, END])),
    ),
  ]
  return Buffer.from(bytes).toString('base64')
}
