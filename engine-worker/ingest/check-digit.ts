/** Check digits of numbers that authorities give out. */

const digitWeights = [3, 2, 7, 6, 5, 4, 3, 2]

/** Whether nine digits are a Norwegian organisation number: the last is the check digit of the others, modulo 11. */
export function passesMod11(digits: string): boolean {
  if (!/^\d{9}$/.test(digits)) return false
  const sum = digitWeights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0)
  const rest = sum % 11
  return rest !== 1 && Number(digits[8]) === (rest === 0 ? 0 : 11 - rest)
}
