/**
 * Section `codec` of the bench: the lossless reader and printer of entities against `JSON.parse` and `JSON.stringify`,
 * which lose types. Both sides read the same lines and print the same entities, in rounds that alternate.
 */
import { printEntity, readEntity } from '../../../entity/transit.ts'
import type { Entity } from '../../../entity/value.ts'
import { ratio, rounds } from './measure.ts'

const ENTITY_COUNT = 4000

/** Customers of twelve fields as a CRM would send them: some typed values, some whole floats. */
function customerLines(count: number): string[] {
  return Array.from({ length: count }, (_, i) => customerLine(i))
}

function customerLine(i: number): string {
  const price = i % 5 === 0 ? '10.0' : `${998.5 + (i % 7)}`
  const day = `2021-0${1 + (i % 9)}-1${i % 10}`
  const fields = [
    `"_id":"customer-${i}"`,
    `"first":"${['Kari', 'Åse', 'John', 'Mary'][i % 4]}"`,
    `"last":"Nordmann ${i}"`,
    `"email":"person.${i}@example.org"`,
    `"age":${18 + (i % 70)}`,
    `"active":${i % 3 !== 0}`,
    `"balance":${i % 4 === 0 ? `"~f${i}.50"` : `${i + 0.25}`}`,
    `"created":"${i % 2 === 0 ? '~t' : ''}${day}T08:15:30.${100 + (i % 900)}Z"`,
    `"country":"~:country:no"`,
    `"address":{"street":"Storgata ${i % 200}","zip":"${1000 + (i % 9000)}","city":"Oslo","lines":null}`,
    `"tags":["retail","north"]`,
    `"orders":[${[1, 2, 3].map((n) => `{"sku":"SKU-${(i * 7 + n) % 1000}","quantity":${n},"price":${n === 1 ? price : 12.5 * n + 0.25}}`).join(',')}]`,
  ]
  return `{${fields.join(',')}}`
}

/** Median ratios of speed, higher is better. */
export async function benchCodec(count = 15): Promise<Record<string, number>> {
  const lines = customerLines(ENTITY_COUNT)
  const entities = lines.map((line) => readEntity(line))
  const plain = lines.map((line) => JSON.parse(line))
  const times = await rounds(
    {
      read: () => readAll(lines),
      parse: () => parseAll(lines),
      print: () => printAll(entities),
      stringify: () => stringifyAll(plain),
    },
    count,
  )
  return {
    read_vs_json_parse: ratio(times.read, times.parse),
    print_vs_json_stringify: ratio(times.print, times.stringify),
  }
}

function readAll(lines: readonly string[]): number {
  let count = 0
  for (const line of lines) if (readEntity(line)._id !== undefined) count++
  return count
}

function parseAll(lines: readonly string[]): number {
  let count = 0
  for (const line of lines) if (JSON.parse(line)._id !== undefined) count++
  return count
}

function printAll(entities: readonly Entity[]): number {
  let length = 0
  for (const entity of entities) length += printEntity(entity).length
  return length
}

function stringifyAll(entities: readonly unknown[]): number {
  let length = 0
  for (const entity of entities) length += JSON.stringify(entity).length
  return length
}
