/** IPv4 addresses, ranges in CIDR form and host names, as a VPN form needs them. */

/** A range of addresses as unsigned 32-bit numbers, both ends included. */
export interface AddressRange {
  readonly first: number
  readonly last: number
  /** Whether the written address is the first of its range, so that no bit of the host part is set. */
  readonly isNetwork: boolean
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/

/** The address as an unsigned number, or null. Parts with leading zeros are refused: some devices read them as octal. */
export function readAddress(text: string): number | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  let address = 0
  for (const part of parts) {
    if (!OCTET.test(part) || Number(part) > 255) return null
    address = address * 256 + Number(part)
  }
  return address
}

/** An address as dotted text. */
export function dottedAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}

/** The range `a.b.c.d/n`, or null. */
export function readRange(text: string): AddressRange | null {
  const [address = '', prefix = '', ...more] = text.split('/')
  const start = readAddress(address)
  if (start === null || more.length > 0 || !OCTET.test(prefix) || Number(prefix) > 32) return null
  const size = 2 ** (32 - Number(prefix))
  const first = start - (start % size)
  return { first, last: first + size - 1, isNetwork: first === start }
}

/** A range, or an address without prefix as the range of itself. */
export function readRangeOrAddress(text: string): AddressRange | null {
  return text.includes('/') ? readRange(text) : readRange(`${text}/32`)
}

export function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.first <= b.last && b.first <= a.last
}

/** The blocks of addresses for private networks (RFC 1918), and that of providers (RFC 6598). */
export const privateBlocks: readonly Pick<AddressRange, 'first' | 'last'>[] = [
  { first: 0x0a000000, last: 0x0affffff },
  { first: 0xac100000, last: 0xac1fffff },
  { first: 0xc0a80000, last: 0xc0a8ffff },
  { first: 0x64400000, last: 0x647fffff },
]

/** Whether all addresses of the range are private. */
export function isPrivate({ first, last }: Pick<AddressRange, 'first' | 'last'>): boolean {
  return privateBlocks.some((block) => first >= block.first && last <= block.last)
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Whether the text is a fully qualified host name (RFC 1123): two labels at least, the last one not of digits alone. */
export function isHostName(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.')
  const last = labels.at(-1) ?? ''
  return text.length <= 253 && labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(last)
}
