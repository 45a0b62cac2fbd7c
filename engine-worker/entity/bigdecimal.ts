/**
 * The arithmetic of decimals. Sums and products keep every digit; what has no end (quotients, roots) is rounded half to
 * even by `quotient` in decimal.ts, so the constructor's own precision is only a bound against explosion.
 */
import { Decimal as Base } from 'decimal.js' // exact decimals, years in use everywhere; bigint has no fractions
import type { Decimal } from './value.ts'

/** Digits no calculation exceeds. */
export const MAX_DIGITS = 5000

/** decimal.js with the precision and rounding used throughout. */
export const BigDecimal = Base.clone({
  precision: MAX_DIGITS,
  rounding: Base.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})
export type BigDecimal = Base

/** The value of a decimal; its text is parsed when it is first asked for. */
export function decimalValue(decimal: Decimal): BigDecimal {
  decimal.parsed ??= new BigDecimal(decimal.text ?? 0)
  return decimal.parsed
}
