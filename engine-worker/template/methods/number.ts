/** The methods of Python's `int`, `float` and `bytes`. */
import { Bytes, float, integer } from '../../entity/value.ts'
import { valueError } from '../error.ts'
import { asFloat, exactRatio, isFloating, isIntegral } from '../numbers.ts'
import { type Routine, routine } from '../routine.ts'
import { type JinjaValue, PyTuple } from '../values.ts'

function plainFloat(value: JinjaValue): number {
  return isFloating(value) || isIntegral(value) ? asFloat(value) : 0
}

function bigOf(value: JinjaValue): bigint {
  return isIntegral(value) ? BigInt(value) : 0n
}

export const integerMethods: readonly Routine[] = [
  routine({
    name: 'bit_length',
    takes: {},
    run: (_, value) => (bigOf(value) === 0n ? 0 : bigOf(value).toString(2).replace('-', '').length),
  }),
  routine({
    name: 'bit_count',
    takes: {},
    run: (_, value) => bigOf(value).toString(2).replaceAll(/[^1]/g, '').length,
  }),
  routine({ name: 'conjugate', takes: {}, run: (_, value) => integer(bigOf(value)) }),
  routine({ name: 'as_integer_ratio', takes: {}, run: (_, value) => new PyTuple([integer(bigOf(value)), 1]) }),
]

export const floatMethods: readonly Routine[] = [
  routine({ name: 'is_integer', takes: {}, run: (_, value) => Number.isInteger(plainFloat(value)) }),
  routine({ name: 'conjugate', takes: {}, run: (_, value) => float(plainFloat(value)) }),
  routine({ name: 'hex', takes: {}, run: (_, value) => hexOf(plainFloat(value)) }),
  routine({
    name: 'as_integer_ratio',
    takes: {},
    run: (_, value) => {
      if (!Number.isFinite(plainFloat(value))) throw valueError('cannot convert to integer ratio')
      return new PyTuple(exactRatio(plainFloat(value)).map(integer))
    },
  }),
]

/** A float as Python's `float.hex` writes it. */
function hexOf(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const all = bits.getBigUint64(0)
  const [exponent, fraction] = [Number((all >> 52n) & 0x7ffn), all & 0xf_ffff_ffff_ffffn]
  const sign = all >> 63n === 1n ? '-' : ''
  if (exponent === 0 && fraction === 0n) return `${sign}0x0.0p+0`
  const power = exponent === 0 ? -1022 : exponent - 1023
  const digits = fraction.toString(16).padStart(13, '0')
  return `${sign}0x${exponent === 0 ? 0 : 1}.${digits}p${power < 0 ? '' : '+'}${power}`
}

export const bytesMethods: readonly Routine[] = [
  routine({
    name: 'decode',
    takes: { encoding: 'utf-8', errors: 'strict' },
    run: (state, value, encoding = 'utf-8', errors = 'strict') => {
      if (!(value instanceof Bytes)) return ''
      state.spendText(value.data.length)
      const name = String(encoding).toLowerCase().replaceAll('_', '-')
      if (/^(latin-?1|iso-?8859-?1)$/.test(name)) return String.fromCharCode(...value.data)
      try {
        return new TextDecoder(name, { fatal: errors === 'strict', ignoreBOM: true }).decode(value.data)
      } catch {
        throw valueError(`'${name}' codec can't decode the bytes`)
      }
    },
  }),
  routine({
    name: 'hex',
    takes: {},
    run: (_, value) =>
      value instanceof Bytes ? [...value.data].map((byte) => byte.toString(16).padStart(2, '0')).join('') : '',
  }),
]
