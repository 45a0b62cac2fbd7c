/**
 * Section `hops`: customers with their orders, by hops over an index, against a Map built and probed by hand. Both build
 * their index and both make the same result: the ids and totals of the orders of each customer.
 */

import { listOf } from '../../../dtl/coerce.ts'
import { compileRules } from '../../../dtl/compile/compile.ts'
import { listDatasets, makeContext } from '../../../dtl/context.ts'
import type { Entity } from '../../../entity/value.ts'
import { ratio, rounds } from './measure.ts'

const CUSTOMERS = 5_000

function data(): { customers: Entity[]; orders: Entity[] } {
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => ({ _id: `c${i}`, name: `Customer ${i}` }))
  const orders = Array.from({ length: CUSTOMERS * 3 }, (_, i) => ({
    _id: `o${i}`,
    customer: `c${(i * 7919) % CUSTOMERS}`,
    total: i % 500,
    lines: [{ sku: `s${i % 100}`, quantity: 1 + (i % 3) }],
  }))
  return { customers, orders }
}

const rules = {
  default: [
    ['copy', '*'],
    ['add', 'orders', ['hops', { datasets: ['orders o'], where: ['eq', '_S._id', 'o.customer'] }]],
  ],
}

/** Median ratio of speed, higher is better. */
export async function benchHops(count = 21): Promise<Record<string, number>> {
  const { customers, orders } = data()
  const { dtl, problems } = compileRules({ type: 'dtl', rules })
  const [problem] = problems
  if (problem !== undefined) throw new Error(problem.message)
  const environment = { now: () => 0n, random: () => 0, randomBytes: (length: number) => new Uint8Array(length) }
  const times = await rounds(
    {
      dtl: () => {
        const ctx = makeContext({ environment, datasets: listDatasets({ orders }), budget: Number.POSITIVE_INFINITY })
        let rows = 0
        for (const customer of customers) rows += listOf(dtl.run(customer, ctx).target?.orders ?? null).length
        return rows
      },
      hand: () => byHand(customers, orders),
    },
    count,
  )
  return { vs_handwritten: ratio(times.dtl, times.hand) }
}

function byHand(customers: readonly Entity[], orders: readonly Entity[]): number {
  const byCustomer = new Map<string, Entity[]>()
  for (const order of orders) {
    const key = String(order.customer)
    const list = byCustomer.get(key)
    if (list === undefined) byCustomer.set(key, [order])
    else list.push(order)
  }
  for (const list of byCustomer.values()) list.sort((a, b) => ((a._id as string) < (b._id as string) ? -1 : 1))
  let rows = 0
  for (const customer of customers) {
    const target: Entity = {}
    for (const key in customer) target[key] = customer[key] ?? null
    const found = byCustomer.get(String(customer._id)) ?? []
    target.orders = found
    rows += found.length
  }
  return rows
}
