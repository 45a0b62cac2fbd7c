/**
 * `npm run million`: a million customers and 300,000 orders come in as NDJSON, run through pipes with hops and a merge and
 * are looked at, in the worker of real Chromium over IndexedDB. Prints for each step its time, the processor time of the
 * page's process with all its threads, and the most memory that it took (Linux); fails where that is more than 600 MB.
 * `npm run million -- 100000` takes fewer.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { printJson } from '../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../engine-worker/entity/value.ts'
import { startHarness } from '../chromium.ts'

const customers = Number(process.argv[2] ?? 1_000_000)
const orders = Math.round(customers * 0.3)
/** What the process of the page may take, in megabytes. */
const LIMIT = 600

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
  {
    _id: 'merged',
    type: 'pipe',
    source: {
      type: 'merge',
      version: 2,
      identity: 'first',
      datasets: ['customers c', 'orders o'],
      equality: [['eq', 'c._id', 'o.customer']],
    },
  },
]
const files = Object.fromEntries(
  [...pipes, { _id: 'files', type: 'system:url' }].map((each) => [`${each._id}.conf.json`, printJson(each)]),
)

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

const steps: number[] = []

await measureStep('open', 'open', files)
await measureStep(`take in ${customers} customers`, 'receive', 'customers', 'customers', customers)
await measureStep(`take in ${orders} orders`, 'receive', 'orders', 'orders', orders)
await measureStep('run customers', 'run', ['customers'])
await measureStep('run orders', 'run', ['orders'])
await measureStep('run the join', 'run', ['joined'])
await measureStep('run again, nothing to do', 'run', ['joined'])
await measureStep('first rows', 'rows', { dataset: 'joined', from: 0, count: 100 })
await measureStep('rows from the middle', 'rows', { dataset: 'joined', from: Math.floor(customers / 2), count: 100 })
await measureStep('search', 'rows', { dataset: 'joined', from: 0, count: 100, search: 'person.77777@' })
await measureStep('sort', 'rows', { dataset: 'joined', from: 0, count: 100, sort: [{ by: 'total', descending: true }] })
await measureStep('sort by text', 'rows', { dataset: 'joined', from: 0, count: 100, sort: [{ by: 'name' }] })
await measureStep('scroll', 'scroll', 'joined', customers)
await measureStep('run the merge', 'run', ['merged'])
await harness.close()
const peakBytes = Math.max(...steps)
console.log(`at most ${peakBytes.toFixed(0)} MB`)
if (peakBytes > LIMIT) process.exitCode = 1

async function measureStep(name: string, call: string, ...args: readonly unknown[]): Promise<void> {
  const processes = renderers()
  // Resets the kernel's count of peak memory.
  for (const pid of processes) writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const processor = () => processes.reduce((sum, pid) => sum + processorSeconds(pid), 0)
  const [start, earlier] = [performance.now(), processor()]
  const answer = await page.evaluate(([call, args]) => Reflect.get(globalThis, 'ask')(call, ...args), [
    call,
    args,
  ] as const)
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(7)
  const used = (processor() - earlier).toFixed(1).padStart(7)
  // One of them is the page's process; the others are idle.
  const megabytes = Math.max(...processes.map((pid) => memoryOf(pid, 'VmHWM')))
  steps.push(megabytes)
  const said = JSON.stringify(answer, (key, value) => (key === 'rows' || key === 'columns' ? value.length : value))
  const figures = `${seconds} s ${used} s of processor ${megabytes.toFixed(0).padStart(6)} MB`
  console.log(`${name.padEnd(28)} ${figures}  ${said.slice(0, 80)}`)
}

/** The processes that render pages in the browser that was started here. */
function renderers(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer') && isOurs(pid)
      )
    } catch {
      return false // The process has just ended.
    }
  })
}

/** Whether a process descends from this one. */
function isOurs(pid: string): boolean {
  for (let at = pid; Number(at) > 1; at = statistics(at)[1] ?? '') if (Number(at) === process.pid) return true
  return false
}

/** A figure of a process in megabytes: `VmHWM` is the most that it took. */
function memoryOf(pid: string, figure: 'VmHWM'): number {
  const kilobytes = new RegExp(`${figure}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes ?? 0) / 1024
}

/** Seconds that the threads of a process have worked: fields 14 and 15 of its statistics, in hundredths. */
function processorSeconds(pid: string): number {
  const fields = statistics(pid)
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The statistics of a process, from its state on. */
function statistics(pid: string): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
}
