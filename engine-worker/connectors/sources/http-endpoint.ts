// decimal.js: the numbers behind the decimal type (see entity/value.ts).
import { Decimal as DecimalNumber } from 'decimal.js'
import { put } from '../../entity/dict.ts'
import { readEntities } from '../../entity/transit.ts'
import { Decimal, type Entity, Float, integer, isDict, type Value } from '../../entity/value.ts'
import { kind } from '../define.ts'
import type { Part } from '../effective.ts'
import { advanced, flagField, inSesam, templateField } from '../field.ts'
import { here, type OpenSource } from '../open-context.ts'
import { flag } from '../setting.ts'
import { comment, system, trace } from '../shared-fields.ts'
import { openOutside } from './supply.ts'

/** configuration-sources-http.rst */
export const httpEndpointSource = kind({
  role: 'source',
  type: 'http_endpoint',
  label: 'HTTP endpoint',
  says: 'An inbox: others push entities to the address of the pipe.',
  group: 'web',
  runs: 'supplied',
  fields: [
    { ...system([], false), says: 'Only shows where the data comes from; the source does not use it.', advanced: true },
    flagField('auto_populate_dataset', 'Count the dataset as populated before anything has arrived.', true, advanced),
    flagField(
      'do_float_as_decimal',
      'Keep numbers with a decimal point as decimals instead of floats.',
      true,
      advanced,
    ),
    flagField('do_float_as_int', 'Keep numbers whose decimals are all zero as integers.', true, advanced),
    trace,
    inSesam(
      templateField(
        'validation_expression',
        'A template that must render to nothing for a request to be accepted.',
        advanced,
      ),
    ),
    comment,
  ],
  template: { type: 'http_endpoint' },
  doc: 'documentation/service-configuration/pipes/configuration-sources-http.rst',
})

/** What was pushed to the pipe; an inbox without anything is simply empty. */
export const openHttpEndpoint: OpenSource = (part, making) => {
  const { runtime } = openOutside(part, making, { parse: (text) => readEntities(text) })
  return here({
    ...runtime,
    since: null,
    whole: false,
    async *read(request, running) {
      for await (const batch of runtime.read(request, running)) yield batch.map((entity) => received(entity, part))
    },
  })
}

function received(entity: Entity, part: Part): Entity {
  const asDecimal = flag(part.config, 'do_float_as_decimal', true)
  const asInteger = flag(part.config, 'do_float_as_int', true)
  if (!asDecimal && !asInteger) return entity
  const result = numbers(entity, asDecimal, asInteger)
  return isDict(result) ? result : entity
}

/** The value with floats kept the way the inbox is told to keep them; unchanged values are returned as they are. */
function numbers(value: Value, asDecimal: boolean, asInteger: boolean): Value {
  if (typeof value === 'number') {
    return Number.isInteger(value) || !asDecimal ? value : new Decimal(new DecimalNumber(value))
  }
  if (value instanceof Float) {
    if (asInteger && Number.isInteger(value.value)) return integer(value.value)
    return asDecimal && Number.isFinite(value.value) ? new Decimal(new DecimalNumber(value.value)) : value
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => numbers(item, asDecimal, asInteger))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (!isDict(value)) return value
  let copy: { [key: string]: Value } | null = null
  for (const key of Object.keys(value)) {
    const item = value[key] ?? null
    const now = numbers(item, asDecimal, asInteger)
    if (now === item) continue
    copy ??= { ...value }
    put(copy, key, now)
  }
  return copy ?? value
}
