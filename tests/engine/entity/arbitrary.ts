/** Random values of every type, for laws. */
import fc from 'fast-check'
import { BigDecimal } from '../../../engine-worker/entity/bigdecimal.ts'
import { dateTime, MAX_DAY, MIN_DAY } from '../../../engine-worker/entity/datetime.ts'
import { put } from '../../../engine-worker/entity/dict.ts'
import {
  Bytes,
  Day,
  Decimal,
  type Dict,
  type Entity,
  float,
  integer,
  NI,
  URI,
  UUID,
  type Value,
} from '../../../engine-worker/entity/value.ts'

/** Text that would not be taken for a typed value. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', 'a, 10.0, b', '[1e5]', '~#10.0', '~x', ': 9007199254740993 }', '"', '\\', '\u2028'),
  )
  .filter((value) => !/^~[:rtbuf]/.test(value))

const key = fc.oneof(fc.constantFrom('_id', '__proto__', 'constructor', '10', '2', 'ns:name', '~:x', ''), text)

const number = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(integer),
  fc.double({ noNaN: true }).map(float),
  fc.constantFrom(1, 1.5, 0.1, 998.5, 1.999, 1e-7),
  fc.constantFrom(0, -0, 10, 1e21, 1e300, 2 ** 53).map(float),
)

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  text,
  number,
  fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: -20, max: 20 }))
    .map(
      ([digits, exponent]) => new Decimal(new BigDecimal(digits.toString()).times(new BigDecimal(10).pow(exponent))),
    ),
  fc.string().map((value) => new NI(`ns:${value}`)),
  fc.webUrl().map((value) => new URI(value)),
  fc.uuid().map((value) => new UUID(value)),
  fc.uint8Array({ maxLength: 9 }).map((data) => new Bytes(data)),
  fc.integer({ min: MIN_DAY, max: MAX_DAY }).map((days) => new Day(days)),
  fc
    .tuple(
      fc.integer({ min: MIN_DAY * 86_400, max: MAX_DAY * 86_400 }),
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 999_999_999 })),
    )
    .map(([seconds, nanos]) => dateTime(seconds, nanos)),
)

/** A dict with these members, whatever their keys. */
export function dictOf(members: readonly (readonly [string, Value])[]): Dict {
  const dict: Dict = {}
  for (const [name, value] of members) put(dict, name, value)
  return dict
}

/** Any value. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map(dictOf),
  ),
})).value

/** Any entity. */
export const anyEntity: fc.Arbitrary<Entity> = fc
  .tuple(
    fc.string({ minLength: 1 }).filter((id) => id[0] !== '~'),
    fc.array(fc.tuple(key, anyValue), { maxLength: 8 }),
  )
  .map(([id, members]) => dictOf([...members, ['_id', id]]))
