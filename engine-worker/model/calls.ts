/** The calls of DTL that generated rules are made of: the one place of the model that writes names of functions. */
import type { Json, JsonObject } from '../entity/value.ts'

type Call = (...args: readonly Json[]) => Json[]

const named =
  (name: string): Call =>
  (...args) => [name, ...args]

/** Calls by what they do. */
export const call = {
  abs: named('abs'),
  add: named('add'),
  addIf: named('add-if'),
  and: (...args: readonly Json[]): Json => (args.length === 1 ? (args[0] ?? null) : ['and', ...args]),
  apply: named('apply'),
  boolean: named('boolean'),
  case: named('case'),
  caseEq: named('case-eq'),
  ceil: named('ceil'),
  coalesce: named('coalesce-args'),
  coalesceList: named('coalesce'),
  combine: named('combine'),
  comment: named('comment'),
  concat: named('concat'),
  copy: named('copy'),
  count: named('count'),
  create: named('create'),
  dateFormat: named('datetime-format'),
  dateParse: named('datetime-parse'),
  decimal: named('decimal'),
  dict: named('dict'),
  difference: named('difference'),
  discard: named('discard'),
  distinct: named('distinct'),
  divide: named('/'),
  enumerate: named('enumerate'),
  eq: named('eq'),
  filter: named('filter'),
  first: named('first'),
  flatten: named('flatten'),
  floor: named('floor'),
  gt: named('gt'),
  gte: named('gte'),
  hops: (datasets: readonly string[], where: readonly Json[], result?: Json): Json => {
    const spec: JsonObject = { datasets: [...datasets], where: [...where] }
    return ['hops', result === undefined ? spec : { ...spec, return: result }]
  },
  if: named('if'),
  in: named('in'),
  integer: named('integer'),
  intersects: named('intersects'),
  isDict: named('is-dict'),
  isEmpty: named('is-empty'),
  isList: named('is-list'),
  isNotEmpty: named('is-not-empty'),
  isNotNull: named('is-not-null'),
  isNull: named('is-null'),
  isString: named('is-string'),
  items: named('items'),
  join: named('join'),
  json: named('json'),
  jsonParse: named('json-parse'),
  keys: named('keys'),
  length: named('length'),
  list: named('list'),
  literal: named('literal'),
  ljust: named('ljust'),
  lower: named('lower'),
  lstrip: named('lstrip'),
  lt: named('lt'),
  lte: named('lte'),
  makeNi: named('make-ni'),
  map: named('map'),
  matches: named('matches'),
  max: named('max'),
  merge: named('merge'),
  min: named('min'),
  minus: named('-'),
  mod: named('%'),
  neq: named('neq'),
  ni: named('ni'),
  not: named('not'),
  now: named('now'),
  nth: named('nth'),
  or: (...args: readonly Json[]): Json => (args.length === 1 ? (args[0] ?? null) : ['or', ...args]),
  path: named('path'),
  plus: named('+'),
  power: named('^'),
  range: named('range'),
  remove: named('remove'),
  replace: named('replace'),
  reversed: named('reversed'),
  rjust: named('rjust'),
  round: named('round'),
  rstrip: named('rstrip'),
  slice: named('slice'),
  sorted: named('sorted'),
  sortedDescending: named('sorted-descending'),
  split: named('split'),
  string: named('string'),
  strip: named('strip'),
  substring: named('substring'),
  sum: named('sum'),
  times: named('*'),
  tuples: named('tuples'),
  upper: named('upper'),
}

/** A path from a variable (`_S`, `_`) along keys, each quoted where its text needs it. */
export function pathTo(variable: string, ...keys: readonly string[]): string {
  return `${variable}.${keys.map(quotedKey).join('.')}`
}

function quotedKey(key: string): string {
  return /[.'\s]/.test(key) || key === '' ? `'${key.replaceAll("'", "''")}'` : key
}

/** A text as data: one that DTL would read as a path is a literal. */
export function textData(text: string): Json {
  return /^_[A-Z]?\.|^[A-Za-z_$][\w$-]*\./.test(text) ? call.literal(text) : text
}
