/** SQL's functions as DTL, each declared once: how many arguments it takes and what it becomes. */
import type { Json } from '../../entity/value.ts'
import { call, conjunction, textData } from '../calls.ts'

interface SqlFunction {
  readonly least: number
  readonly most: number
  readonly dtl: (...args: readonly Json[]) => Json
}

const oneArgument = (dtl: (value: Json) => Json): SqlFunction => ({
  least: 1,
  most: 1,
  dtl: (value = null) => dtl(value),
})
const argumentsBetween = (least: number, most: number, dtl: SqlFunction['dtl']): SqlFunction => ({ least, most, dtl })
const ANY_NUMBER = Number.POSITIVE_INFINITY

/** A text that is given, also where it had to be written as a literal. */
function constantText(value: Json | undefined): string | undefined {
  if (typeof value === 'string' && !/^_[A-Z]?\./.test(value)) return value
  const [name, text] = Array.isArray(value) ? value : []
  return name === call.literal()[0] && typeof text === 'string' ? text : undefined
}

/** A value as text; what is text already stays. */
const asText = (value: Json): Json => (constantText(value) === undefined ? call.string(value) : value)
/** Null where one of the values is null. */
const nullIfAnyNull = (values: readonly Json[], result: Json): Json => {
  const open = values.filter((value) => typeof value !== 'number' && constantText(value) === undefined)
  return open.length === 0 ? result : call.if(conjunction(...open.map((value) => call.isNotNull(value))), result)
}

const truncated = (value: Json): Json => call.if(call.lt(value, 0), call.ceil(value), call.floor(value))
/** Halves away from zero, as PostgreSQL rounds numeric values. */
const rounded = (value: Json): Json =>
  call.if(
    call.lt(value, 0),
    call.ceil(call['-'](value, call.decimal('0.5'))),
    call.floor(call['+'](value, call.decimal('0.5'))),
  )
const scaledToDigits = (how: (value: Json) => Json) => (value: Json, digits: Json) => {
  if (digits === 0) return how(call.decimal(value))
  const factor = call['^'](call.decimal(10), digits)
  return call['/'](how(call['*'](call.decimal(value), factor)), factor)
}

const dateTokens: readonly (readonly [RegExp, string])[] = [
  [/YYYY/g, '%Y'],
  [/YY/g, '%y'],
  [/MM/g, '%m'],
  [/DD/g, '%d'],
  [/HH24/g, '%H'],
  [/HH12|HH/g, '%I'],
  [/MI/g, '%M'],
  [/SS/g, '%S'],
  [/"T"/g, 'T'],
  [/"Z"/g, 'Z'],
]
const datePattern = (pattern: Json): Json => {
  const text = constantText(pattern)
  return text === undefined ? pattern : textData(dateTokens.reduce((all, [from, to]) => all.replace(from, to), text))
}
const dateOf = (text: Json): Json => call.datetimeParse('%Y-%m-%d', call.substring(0, 10, text))
const timeOf = (text: Json): Json =>
  call.if(
    call.gt(call.length(text), 10),
    call.datetimeParse('%Y-%m-%dT%H:%M:%S', call.replace(' ', 'T', call.substring(0, 19, text))),
    dateOf(text),
  )

/** Functions of one record, by name in lower case. Operators are functions too. */
const sqlFunctions: Readonly<Record<string, SqlFunction>> = {
  upper: oneArgument((text) => call.upper(text)),
  lower: oneArgument((text) => call.lower(text)),
  initcap: oneArgument((text) =>
    call.join(
      ' ',
      call.map(
        call.concat(call.upper(call.substring(0, 1, '_.')), call.lower(call.substring(1, '_.'))),
        call.split(' ', text),
      ),
    ),
  ),
  length: oneArgument((text) => nullIfAnyNull([text], call.length(text))),
  btrim: argumentsBetween(1, 2, (text, characters) =>
    characters === undefined ? call.strip(text ?? null) : call.strip(characters, text ?? null),
  ),
  ltrim: argumentsBetween(1, 2, (text, characters) =>
    characters === undefined ? call.lstrip(text ?? null) : call.lstrip(characters, text ?? null),
  ),
  rtrim: argumentsBetween(1, 2, (text, characters) =>
    characters === undefined ? call.rstrip(text ?? null) : call.rstrip(characters, text ?? null),
  ),
  left: argumentsBetween(2, 2, (text, count) => call.substring(0, count ?? null, text ?? null)),
  right: argumentsBetween(2, 2, (text, count) => call.substring(call['-'](0, count ?? null), text ?? null)),
  substring: argumentsBetween(2, 3, (text, from, count) =>
    count === undefined
      ? call.substring(call['-'](from ?? null, 1), text ?? null)
      : call.substring(call['-'](from ?? null, 1), call['-'](call['+'](from ?? null, count), 1), text ?? null),
  ),
  replace: argumentsBetween(3, 3, (text, from, to) => call.replace(from ?? null, to ?? null, text ?? null)),
  split_part: argumentsBetween(3, 3, (text, separator, number) =>
    nullIfAnyNull(
      [text ?? null],
      call.coalesceArgs(call.nth(call['-'](number ?? null, 1), call.split(separator ?? null, text ?? null)), ''),
    ),
  ),
  strpos: argumentsBetween(2, 2, (text, part) => {
    const pieces = call.split(part ?? null, text ?? null)
    const at = call['+'](call.length(call.nth(0, pieces)), 1)
    return nullIfAnyNull([text ?? null, part ?? null], call.if(call.gt(call.count(pieces), 1), at, 0))
  }),
  starts_with: argumentsBetween(2, 2, (text, start) =>
    nullIfAnyNull([text ?? null], call.eq(call.substring(0, call.length(start ?? null), text ?? null), start ?? null)),
  ),
  reverse: oneArgument((text) => nullIfAnyNull([text], call.join('', call.reversed(call.split('', text))))),
  repeat: argumentsBetween(2, 2, (text, count) =>
    nullIfAnyNull([text ?? null], call.join('', call.map(text ?? null, call.range(0, count ?? null)))),
  ),
  translate: argumentsBetween(3, 3, (text, from, to) => {
    const targets = [...(constantText(to) ?? '')]
    const pairs = [...(constantText(from) ?? '')].map((each, index) => [each, targets[index] ?? ''] as const)
    return nullIfAnyNull(
      [text ?? null],
      call.join('', call.map(call.caseEq('_.', ...pairs.flat(), '_.'), call.split('', text ?? null))),
    )
  }),
  string_to_array: argumentsBetween(2, 2, (text, separator) =>
    nullIfAnyNull([text ?? null], call.split(separator ?? null, text ?? null)),
  ),
  array_to_string: argumentsBetween(2, 2, (list, separator) =>
    nullIfAnyNull([list ?? null], call.join(separator ?? null, call.map(call.string('_.'), list ?? null))),
  ),
  array_append: argumentsBetween(2, 2, (list, value) => call.combine(list ?? null, value ?? null)),
  array_remove: argumentsBetween(2, 2, (list, value) => call.filter(call.neq('_.', value ?? null), list ?? null)),
  concat: argumentsBetween(1, ANY_NUMBER, (...texts) => call.concat(...texts.map(asText))),
  concat_ws: argumentsBetween(2, ANY_NUMBER, (separator, ...texts) =>
    call.join(separator ?? null, call.filter(call.isNotNull('_.'), call.list(...texts.map(asText)))),
  ),
  lpad: argumentsBetween(2, 3, (text, width, fill) => call.rjust(width ?? null, fill ?? ' ', text ?? null)),
  rpad: argumentsBetween(2, 3, (text, width, fill) => call.ljust(width ?? null, fill ?? ' ', text ?? null)),
  coalesce: argumentsBetween(1, ANY_NUMBER, (...values) => call.coalesceArgs(...values)),
  nullif: argumentsBetween(2, 2, (value, other) => call.if(call.eq(value ?? null, other ?? null), null, value ?? null)),
  greatest: argumentsBetween(1, ANY_NUMBER, (...values) =>
    call.max(call.filter(call.isNotNull('_.'), call.list(...values))),
  ),
  least: argumentsBetween(1, ANY_NUMBER, (...values) =>
    call.min(call.filter(call.isNotNull('_.'), call.list(...values))),
  ),
  abs: oneArgument((value) => call.abs(value)),
  ceil: oneArgument((value) => call.ceil(value)),
  ceiling: oneArgument((value) => call.ceil(value)),
  floor: oneArgument((value) => call.floor(value)),
  round: argumentsBetween(1, 2, (value, digits) =>
    nullIfAnyNull([value ?? null], scaledToDigits(rounded)(value ?? null, digits ?? 0)),
  ),
  trunc: argumentsBetween(1, 2, (value, digits) =>
    nullIfAnyNull([value ?? null], scaledToDigits(truncated)(value ?? null, digits ?? 0)),
  ),
  mod: argumentsBetween(2, 2, (value, by) => call['%'](value ?? null, by ?? null)),
  power: argumentsBetween(2, 2, (value, by) => call['^'](value ?? null, by ?? null)),
  now: argumentsBetween(0, 0, () => call.datetimeFormat('%Y-%m-%dT%H:%M:%SZ', call.now())),
  sign: oneArgument((value) => nullIfAnyNull([value], call.case(call.gt(value, 0), 1, call.lt(value, 0), -1, 0))),
  date_trunc: argumentsBetween(2, 2, (part, text) => {
    const formats: Readonly<Record<string, string>> = {
      year: '%Y-01-01T00:00:00Z',
      month: '%Y-%m-01T00:00:00Z',
      day: '%Y-%m-%dT00:00:00Z',
      hour: '%Y-%m-%dT%H:00:00Z',
      minute: '%Y-%m-%dT%H:%M:00Z',
    }
    const format = typeof part === 'string' && Object.hasOwn(formats, part) ? formats[part] : undefined
    return nullIfAnyNull([text ?? null], call.datetimeFormat(format ?? '%Y-%m-%dT%H:%M:%SZ', timeOf(text ?? null)))
  }),
  jsonb_extract_path_text: argumentsBetween(2, ANY_NUMBER, (value, ...keys) =>
    call.string(keys.reduce<Json>((inside, key) => memberOf(inside, key), value ?? null)),
  ),
  jsonb_extract_path: argumentsBetween(2, ANY_NUMBER, (value, ...keys) =>
    keys.reduce<Json>((inside, key) => memberOf(inside, key), value ?? null),
  ),
  to_number: argumentsBetween(2, 2, (text) =>
    nullIfAnyNull([text ?? null], call.decimal(call.replace(',', '', text ?? null))),
  ),
  to_date: argumentsBetween(2, 2, (text, pattern) =>
    nullIfAnyNull(
      [text ?? null],
      call.datetimeFormat('%Y-%m-%d', call.datetimeParse(datePattern(pattern ?? null), text ?? null)),
    ),
  ),
  to_timestamp: argumentsBetween(2, 2, (text, pattern) =>
    nullIfAnyNull(
      [text ?? null],
      call.datetimeFormat('%Y-%m-%dT%H:%M:%SZ', call.datetimeParse(datePattern(pattern ?? null), text ?? null)),
    ),
  ),
  to_char: argumentsBetween(2, 2, (text, pattern) =>
    nullIfAnyNull([text ?? null], call.datetimeFormat(datePattern(pattern ?? null), timeOf(text ?? null))),
  ),
  date_part: argumentsBetween(2, 2, (part, text) => {
    const parts: Readonly<Record<string, string>> = { year: '%Y', month: '%m', day: '%d', hour: '%H', minute: '%M' }
    const pattern = typeof part === 'string' ? parts[part] : undefined
    return call.integer(call.decimal(call.datetimeFormat(pattern ?? '%Y', timeOf(text ?? null))))
  }),
  jsonb_array_length: oneArgument((list) => call.count(list)),
  array_length: argumentsBetween(1, 2, (list) => call.count(list ?? null)),
  cardinality: oneArgument((list) => call.count(list)),
  jsonb_build_object: argumentsBetween(0, ANY_NUMBER, (...pairs) => call.dict(...pairs)),
  json_build_object: argumentsBetween(0, ANY_NUMBER, (...pairs) => call.dict(...pairs)),
  jsonb_build_array: argumentsBetween(0, ANY_NUMBER, (...items) => call.list(...items)),
  to_jsonb: oneArgument((value) => value),
  array: argumentsBetween(0, ANY_NUMBER, (...items) => call.list(...items)),
  subscript: argumentsBetween(2, 2, (list, index) => call.nth(call['-'](index ?? null, 1), list ?? null)),
  '||': argumentsBetween(2, 2, (left, right) =>
    nullIfAnyNull([left ?? null, right ?? null], call.concat(asText(left ?? null), asText(right ?? null))),
  ),
  '+': argumentsBetween(2, 2, (left, right) => call['+'](left ?? null, right ?? null)),
  '-': argumentsBetween(2, 2, (left, right) => call['-'](left ?? null, right ?? null)),
  '*': argumentsBetween(2, 2, (left, right) => call['*'](left ?? null, right ?? null)),
  '/': argumentsBetween(2, 2, (left, right) => call['/'](left ?? null, right ?? null)),
  '%': argumentsBetween(2, 2, (left, right) => call['%'](left ?? null, right ?? null)),
  '?': argumentsBetween(2, 2, (value = null, key = null) =>
    nullIfAnyNull([value], call.in(key, call.if(call.isDict(value), call.keys(value), value))),
  ),
  '->': argumentsBetween(2, 2, (value, key) => memberOf(value ?? null, key ?? null)),
  '->>': argumentsBetween(2, 2, (value, key) => call.string(memberOf(value ?? null, key ?? null))),
  '#>': argumentsBetween(2, 2, (value, keys) => memberAlong(value ?? null, keys ?? null)),
  '#>>': argumentsBetween(2, 2, (value, keys) => call.string(memberAlong(value ?? null, keys ?? null))),
}

const aliases: Readonly<Record<string, string>> = {
  char_length: 'length',
  substr: 'substring',
  pow: 'power',
}

/** The declaration of a function; undefined where there is none. */
export function sqlFunction(name: string): SqlFunction | undefined {
  const known = aliases[name] ?? name
  return Object.hasOwn(sqlFunctions, known) ? sqlFunctions[known] : undefined
}

function memberOf(value: Json, key: Json): Json {
  return typeof key === 'number' ? call.nth(key, value) : call.path(key, value)
}

function memberAlong(value: Json, keys: Json): Json {
  const texts = typeof keys === 'string' ? keys.replace(/^\{|\}$/g, '').split(',') : []
  return texts.reduce<Json>((inside, key) => memberOf(inside, /^\d+$/.test(key) ? Number(key) : key.trim()), value)
}

/** A value in another type. Null stays null. */
export const sqlCasts: readonly { readonly types: RegExp; readonly dtl: (value: Json) => Json }[] = [
  { types: /^(text|varchar|character varying|char|citext|name|uuid)$/, dtl: asText },
  {
    types: /^(int|integer|int4|int8|bigint|smallint|int2)$/,
    dtl: (value) => nullIfAnyNull([value], call.integer(rounded(call.decimal(value)))),
  },
  { types: /^(numeric|decimal|real|double precision|float|float8|float4|money)$/, dtl: (value) => call.decimal(value) },
  {
    types: /^(boolean|bool)$/,
    dtl: (value) => {
      const text = call.lower(call.string(value))
      return call.case(
        call.in(text, call.list('true', 't', 'yes', 'y', 'on', '1')),
        true,
        call.in(text, call.list('false', 'f', 'no', 'n', 'off', '0')),
        false,
        null,
      )
    },
  },
  { types: /^date$/, dtl: (value) => call.substring(0, 10, value) },
  { types: /^(timestamp|timestamptz)( with(out)? time zone)?$/, dtl: (value) => value },
  { types: /^jsonb?$/, dtl: (value) => call.if(call.isString(value), call.jsonParse(value), value) },
]

/** What becomes of the values of many records, which hold no null. */
export const sqlAggregates: Readonly<Record<string, (values: Json, separator: Json) => Json>> = {
  min: (values) => call.min(values),
  max: (values) => call.max(values),
  sum: (values) => call.if(call.isNotEmpty(values), call.sum(values)),
  count: (values) => call.count(values),
  avg: (values) => call.if(call.isNotEmpty(values), call['/'](call.decimal(call.sum(values)), call.count(values))),
  bool_or: (values) => call.if(call.isNotEmpty(values), call.in(true, values)),
  bool_and: (values) => call.if(call.isNotEmpty(values), call.not(call.in(false, values))),
  every: (values) => call.if(call.isNotEmpty(values), call.not(call.in(false, values))),
  array_agg: (values) => call.if(call.isNotEmpty(values), values),
  jsonb_agg: (values) => call.if(call.isNotEmpty(values), values),
  json_agg: (values) => call.if(call.isNotEmpty(values), values),
  string_agg: (values, separator) =>
    call.if(call.isNotEmpty(values), call.join(separator, call.map(call.string('_.'), values))),
}
