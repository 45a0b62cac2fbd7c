/**
 * Limits the memory of a WebAssembly module: its own memory gets a maximum, whatever the module says
 * (WebAssembly core specification, binary format, memory section).
 */
import { joinedBytes } from '../../entity/joined-bytes.ts'

/** Bytes of one page of memory. */
export const PAGE = 65_536

const MEMORY_SECTION = 5

interface Reading {
  readonly value: number
  readonly next: number
}

/** An unsigned LEB128 number of at most 32 bits. */
function readNumber(bytes: Uint8Array, at: number): Reading {
  let value = 0
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) break
    value += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) return { value, next: at + index + 1 }
  }
  throw new RangeError('it is no WebAssembly module')
}

function written(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) + 128)
  }
}

/**
 * The module with a maximum of `pages` for its own memory.
 * @throws RangeError where the bytes are no module, or where it needs more memory from the start
 */
export function withMemoryLimit(module: Uint8Array, pages: number): Uint8Array {
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
  if (magic.some((byte, at) => module[at] !== byte)) throw new RangeError('it is no WebAssembly module')
  let at = magic.length
  while (at < module.length) {
    const size = readNumber(module, at + 1)
    const end = size.next + size.value
    if (end > module.length) throw new RangeError('it is no WebAssembly module')
    if (module[at] === MEMORY_SECTION) {
      const section = limited(module.subarray(size.next, end), pages)
      return joinedBytes([
        module.subarray(0, at + 1),
        Uint8Array.from([...written(section.length), ...section]),
        module.subarray(end),
      ])
    }
    at = end
  }
  return module
}

/** The content of a memory section with a maximum for its one memory. */
function limited(section: Uint8Array, pages: number): readonly number[] {
  const count = readNumber(section, 0)
  if (count.value !== 1) throw new RangeError('it has more than one memory')
  const flags = section[count.next] ?? 0
  if (flags > 1) throw new RangeError('its memory is shared or has 64 bits')
  const least = readNumber(section, count.next + 1)
  const most = flags === 1 ? readNumber(section, least.next).value : pages
  if (least.value > pages) throw new RangeError('memory')
  return [1, 1, ...written(least.value), ...written(Math.min(most, pages))]
}
