/** Sums of money that is given as decimal texts with at most two digits behind the point, in whole cents: never rounded. */

/** The amount in cents. */
export function centsOf(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const cents = BigInt(whole) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0'))
  return text.startsWith('-') ? -cents : cents
}

/** Cents as a decimal text. */
export function centsText(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
