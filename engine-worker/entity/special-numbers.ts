/** Number literals that `JSON.parse` would read with loss: fractions of zeros, exponents, and too many digits. */

/** Such literals where a value can stand. It may match too much. */
export const SPECIAL_NUMBER =
  /([:,[]\s*)(-?(?:\d+\.0+|9\d{15}|[\d.]{17,}|\d+\.9{3}\d*|\d{12,}\.\d+|[\d.]+[eE][-+]?\d+))(?=\s*[,\]}])/g

/** One pattern for all signs below: most texts have none, and are searched once. */
const ANY_SIGN = /\d(?:\.(?:0+|999\d*)[\s,\]}]|[eE][-+]?\d+[\s,\]}]|\d\d\d\d\d\d\d\d\d\d\d)/
// Cheap signs that such a literal may occur. Written out digit by digit: V8 skips ahead in patterns of fixed length.
const ZEROS = /\d\.0+[\s,\]}]/
const NINES = /\d\.999\d*[\s,\]}]/
const EXPONENT = /\d[eE][-+]?\d+[\s,\]}]/
const HUGE = /9\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d|\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d/
const LONG_FRACTION = /\d\d\d\d\d\d\d\d\d\d\d\d\.\d/

/** False where no number of the text needs care. A fraction lost in rounding begins with zeros, nines, or is very long. */
export function maybeSpecial(text: string): boolean {
  if (!ANY_SIGN.test(text)) return false
  return (
    (text.includes('.0') && ZEROS.test(text)) ||
    (text.includes('.999') && NINES.test(text)) ||
    EXPONENT.test(text) ||
    HUGE.test(text) ||
    LONG_FRACTION.test(text)
  )
}
