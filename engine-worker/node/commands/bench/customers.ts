/** Customers of twelve fields, with a nested object and a list of three order lines. */
import { printEntity, readEntity } from '../../../entity/transit.ts'
import type { Entity } from '../../../entity/value.ts'

const firstNames = ['Kari', 'Åse', 'John', 'Mary', 'Ola', 'Ingrid']
const cities = ['Oslo', 'Bergen', 'Trondheim', 'Tromsø']

/** Read from text, as entities are in a run. */
export function customers(count: number): Entity[] {
  return Array.from({ length: count }, (_, i) => readEntity(printEntity(customer(i))))
}

/** One customer, by number. */
export function customer(i: number): Entity {
  return {
    _id: `customer-${i}`,
    first: firstNames[i % firstNames.length] ?? '',
    last: `Nordmann-${i}`,
    email: `person.${i}@example.org`,
    phone: `+47 ${22_000_000 + i}`,
    password: `secret-${i}`,
    age: 10 + (i % 70),
    active: i % 10 !== 0,
    balance: i * 0.25,
    registered: `${pad(1 + (i % 28))}.${pad(1 + (i % 12))}.${2000 + (i % 24)} 08:${pad(i % 60)}`,
    address: { street: `Storgata ${i % 200}`, zip: String(1000 + (i % 9000)), city: cities[i % cities.length] ?? '' },
    lines: [1, 2, 3].map((n) => ({ sku: `SKU-${(i * 7 + n) % 1000}`, quantity: n, price: 10 + ((i + n) % 90) })),
  }
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
