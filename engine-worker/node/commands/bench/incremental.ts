/** `incremental`: 100 of 300,000 joined entities change; the run that follows, against the run from the beginning. */

import { printJson } from '../../../entity/json.ts'
import type { Entity, JsonObject } from '../../../entity/value.ts'
import { Session } from '../../../run/session.ts'
import { memoryStore } from '../../../storage/memory.ts'
import { machine } from '../machine.ts'
import { median } from './measure.ts'

const CUSTOMERS = 100_000
const ORDERS = 300_000
const CHANGES = 100

const pipe: JsonObject = {
  _id: 'customers-with-orders',
  type: 'pipe',
  source: { type: 'dataset', dataset: 'customers' },
  transform: {
    type: 'dtl',
    rules: {
      default: [
        ['copy', '*'],
        ['add', 'orders', ['hops', { datasets: ['orders o'], where: [['eq', '_S._id', 'o.customer']] }]],
        ['add', 'total', ['sum', '_T.orders.total']],
      ],
    },
  },
}

function orderEntity(number: number, version: number): Entity {
  return { _id: `o${number}`, customer: `c${number % CUSTOMERS}`, total: number % 900, version }
}

/** The ratio of the two runs, over several rounds of changes. */
export async function benchIncremental(rounds = 5): Promise<Record<string, number>> {
  const store = memoryStore(machine)
  const session = new Session({ store, environment: machine })
  session.open({ 'pipes/customers-with-orders.conf.json': printJson(pipe) })
  const commitEntities = (dataset: string, entities: Entity[]) =>
    session.runner.store.commit({ datasets: [{ dataset, entities, populated: true }] })
  const customers = Array.from({ length: CUSTOMERS }, (_, at) => ({
    _id: `c${at}`,
    name: `Customer ${at}`,
    since: at % 40,
  }))
  const orders = Array.from({ length: ORDERS }, (_, at) => orderEntity(at, 0))
  for (let from = 0; from < CUSTOMERS; from += 5000)
    await commitEntities('customers', customers.slice(from, from + 5000))
  for (let from = 0; from < ORDERS; from += 5000) await commitEntities('orders', orders.slice(from, from + 5000))
  const timedRun = async (full: boolean) => {
    const started = performance.now()
    const result = await session.run({ run: 'bench', pipes: [String(pipe._id)], full })
    if (result.state !== 'done') throw new Error(`the run ended as ${result.state}`)
    return performance.now() - started
  }
  await timedRun(true)
  const full: number[] = []
  const changed: number[] = []
  for (let round = 0; round < rounds; round++) {
    // Runs from the beginning take long; two of them are enough for a median beside the increments.
    if (round % 3 === 0) full.push(await timedRun(true))
    const changedOrders = Array.from({ length: CHANGES }, (_, at) =>
      orderEntity((at * 2903 + round * 17) % ORDERS, round + 1),
    )
    await commitEntities('orders', changedOrders)
    changed.push(await timedRun(false))
  }
  return { full_vs_incremental: median(full) / median(changed) }
}
