/** Whether a value has one of the types an argument is declared with. */
import {
  Bytes,
  DateTime,
  Day,
  Decimal,
  Float,
  isDict,
  type Kind,
  NI,
  URI,
  UUID,
  type Value,
} from '../../entity/value.ts'
import type { Argument, ArgumentType } from '../argument.ts'

/** A test of one value. */
export type Accept = (value: Value) => boolean

const acceptByType: Readonly<Record<ArgumentType, Accept>> = {
  any: () => true,
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  number: (value) =>
    typeof value === 'number' || typeof value === 'bigint' || value instanceof Float || value instanceof Decimal,
  integer: (value) => (typeof value === 'number' ? Number.isInteger(value) : typeof value === 'bigint'),
  float: (value) => (typeof value === 'number' ? !Number.isInteger(value) : value instanceof Float),
  decimal: (value) => value instanceof Decimal,
  ni: (value) => value instanceof NI,
  uri: (value) => value instanceof URI,
  uuid: (value) => value instanceof UUID,
  bytes: (value) => value instanceof Bytes,
  datetime: (value) => value instanceof DateTime || value instanceof Day,
  dict: (value) => isDict(value),
  list: (value) => Array.isArray(value),
}

/** The predicate of an argument's type, or null when it takes anything. */
export function acceptOf(type: Argument['type']): Accept | null {
  if (typeof type === 'string') return type === 'any' ? null : acceptByType[type]
  if (type.includes('any')) return null
  const predicates = type.map((each) => acceptByType[each])
  return (value) => predicates.some((accepts) => accepts(value))
}

/** The types of an argument in words: `string or list`. */
export function typeWords(type: Argument['type']): string {
  return typeof type === 'string' ? type : type.join(' or ')
}

/** The declared type that a kind of value belongs to. */
export function typeOfKind(kind: Kind): ArgumentType {
  if (kind === 'null') return 'any'
  return kind === 'date' ? 'datetime' : kind
}
