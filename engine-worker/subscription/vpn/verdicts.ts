/** What is right about a VPN form, or worth a second look although it can be sent: said under its fields. */
import { isPrivate, readRange } from './address.ts'
import { unchangedKey } from './check.ts'
import type { VpnConnection } from './form.ts'

/** What is said of the parts of a connection. */
export interface VpnVerdicts {
  /** By the place of the range; ranges that are not valid are left out. */
  readonly ranges: readonly {
    readonly index: number
    readonly range: string
    readonly isPrivate: boolean
    readonly addresses: number
  }[]
  /** Null without a key, and where it is the unchanged one. */
  readonly key: { readonly characters: number; readonly bits: number } | null
  /** Algorithms that are no longer held to be safe. */
  readonly weak: readonly string[]
}

/** Broken, or with keys that are too short today (RFC 8247, RFC 8221). */
const weakAlgorithms: ReadonlySet<string> = new Set(
  'DES DES3 MD5 SHA1 DHGroup1 DHGroup2 DHGroup24 PFS1 PFS2 PFS24 None'.split(' '),
)

/** The verdicts of a connection. */
export function vpnVerdicts({ ranges, key, policy }: VpnConnection): VpnVerdicts {
  return {
    ranges: ranges.flatMap((range, index) => {
      const read = readRange(range)
      if (read === null || !read.isNetwork) return []
      return [{ index, range, isPrivate: isPrivate(read), addresses: read.last - read.first + 1 }]
    }),
    key: key === null || key === unchangedKey ? null : { characters: [...key].length, bits: bitsOf(key) },
    weak: [...new Set(Object.values(policy?.algorithms ?? {}))].flatMap((name) =>
      name !== null && weakAlgorithms.has(name) ? [name] : [],
    ),
  }
}

/** The bits of a key of that length over the kinds of characters in it, if it was made at random. */
function bitsOf(key: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^a-zA-Z0-9]/, 33],
  ]
  const alphabet = kinds.reduce((sum, [kind, size]) => sum + (kind.test(key) ? size : 0), 0)
  return Math.floor([...key].length * Math.log2(Math.max(2, alphabet)))
}
