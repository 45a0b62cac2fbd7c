/** Sums over any mixture of integers, floats and decimals; the most precise type among them is the type of the sum. */
import { BigDecimal } from '../../entity/bigdecimal.ts'
import { decimal, toBigDecimal } from '../../entity/decimal.ts'
import { Decimal, Float, float, integer, type Value } from '../../entity/value.ts'

/** The sum of the numbers among the values; null only where it is beyond what decimals can hold. */
export function sumOf(values: readonly Value[]): Value {
  let whole: number | bigint = 0
  let floating: number | null = null
  let exact: BigDecimal | null = null
  for (const value of values) {
    const fraction: number | null = fractionOf(value)
    if (fraction !== null) floating = (floating ?? 0) + fraction
    else if (typeof value === 'number')
      whole = typeof whole === 'number' ? exactSum(whole, value) : integer(whole + BigInt(value))
    else if (typeof value === 'bigint') whole = integer(BigInt(whole) + value)
    else if (value instanceof Decimal) exact = (exact ?? new BigDecimal(0)).plus(value.value)
  }
  if (exact !== null) return decimal(exact.plus(toBigDecimal(whole)).plus(new BigDecimal(floating ?? 0)))
  return floating === null ? whole : float(floating + Number(whole))
}

function fractionOf(value: Value): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? null : value
  return value instanceof Float ? value.value : null
}

function exactSum(a: number, b: number): number | bigint {
  const sum = a + b
  return Number.isSafeInteger(sum) ? sum : integer(BigInt(a) + BigInt(b))
}
