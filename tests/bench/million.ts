/**
 * `npm run million`: a million customers and 300,000 orders come in as NDJSON, run through pipes with hops and are looked
 * at, in the worker of real Chromium over IndexedDB. Prints the time of each step and the most memory that the process of
 * the page took (Linux). `npm run million -- 100000` takes fewer.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { printJson } from '../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../engine-worker/entity/value.ts'
import { startHarness } from '../chromium.ts'

const customers = Number(process.argv[2] ?? 1_000_000)
const orders = Math.round(customers * 0.3)

const pipes: JsonObject[] = [
  { _id: 'customers', type: 'pipe', source: { type: 'json', system: 'files', url: 'customers.ndjson' } },
  { _id: 'orders', type: 'pipe', source: { type: 'json', system: 'files', url: 'orders.ndjson' } },
  {
    _id: 'joined',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'customers' },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'orders', ['hops', { datasets: ['orders o'], where: ['eq', '_S._id', 'o.customer'] }]],
          ['add', 'total', ['sum', '_T.orders.total']],
        ],
      },
    },
  },
]
const files = Object.fromEntries(
  [...pipes, { _id: 'files', type: 'system:url' }].map((each) => [`${each._id}.conf.json`, printJson(each)]),
)

const before = new Set(renderers().map(({ pid }) => pid))
const harness = await startHarness(new URL('./million/worker.ts', import.meta.url))
const page = await harness.context.newPage()
await page.goto(harness.url)
await page.evaluate(`
  const worker = new Worker('/worker.js', { type: 'module' })
  const waiting = new Map()
  worker.onmessage = ({ data }) => waiting.get(data.id)(data)
  globalThis.ask = (call, ...args) => new Promise((resolve, reject) => {
    const id = waiting.size
    waiting.set(id, ({ result, error }) => error === undefined ? resolve(result) : reject(new Error(error)))
    worker.postMessage({ id, call, args })
  })
`)

let most = 0
const sampling = setInterval(() => {
  for (const { pid, megabytes } of renderers()) if (!before.has(pid)) most = Math.max(most, megabytes)
}, 200)

await step('open', 'open', files)
await step(`take in ${customers} customers`, 'receive', 'customers', 'customers', customers)
await step(`take in ${orders} orders`, 'receive', 'orders', 'orders', orders)
await step('run customers', 'run', ['customers'])
await step('run orders', 'run', ['orders'])
await step('run the join', 'run', ['joined'])
await step('run again, nothing to do', 'run', ['joined'])
await step('first rows', 'rows', { dataset: 'joined', from: 0, count: 100 })
await step('rows from the middle', 'rows', { dataset: 'joined', from: Math.floor(customers / 2), count: 100 })
await step('search', 'rows', { dataset: 'joined', from: 0, count: 100, search: 'person.77777@' })
await step('sort', 'rows', { dataset: 'joined', from: 0, count: 100, sort: { by: 'total', descending: true } })
clearInterval(sampling)
await harness.close()

async function step(name: string, call: string, ...args: readonly unknown[]): Promise<void> {
  most = 0
  const start = performance.now()
  const answer = await page.evaluate(([call, args]) => Reflect.get(globalThis, 'ask')(call, ...args), [
    call,
    args,
  ] as const)
  const seconds = (performance.now() - start) / 1000
  const said = JSON.stringify(answer, (key, value) => (key === 'rows' || key === 'columns' ? value.length : value))
  console.log(
    `${name.padEnd(32)} ${seconds.toFixed(1).padStart(7)} s  ${most.toFixed(0).padStart(6)} MB  ${said.slice(0, 120)}`,
  )
}

/** The processes of pages, with the memory that each holds. */
function renderers(): { readonly pid: string; readonly megabytes: number }[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) return []
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      return [{ pid, megabytes: Number(kilobytes ?? 0) / 1024 }]
    } catch {
      return [] // It has just ended.
    }
  })
}
