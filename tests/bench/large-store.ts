/**
 * `npm run large`: ten million customers come in from an NDJSON file, go through a pipe, and are joined with three million
 * orders, each step a process of the command line with a heap of 1 GB over one store. Prints for each step its time, its
 * processor time and the most memory that the process took; fails where a step fails. `npm run large -- 1000000` takes fewer.
 */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const customers = Number(process.argv[2] ?? 10_000_000)
const orders = Math.round(customers * 0.3)
/** Megabytes that the heap of a step may have. */
const HEAP = 1024
const cli = fileURLToPath(new URL('../../engine-worker/cli.ts', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'pipewright-large-'))
const project = join(folder, 'project')
mkdirSync(join(project, 'pipes'), { recursive: true })
mkdirSync(join(project, 'systems'))
const dtl = (...steps: readonly unknown[]) => ({ type: 'dtl', rules: { default: steps } })
const pipes = [
  { _id: 'customers', source: { type: 'json', system: 'files', url: 'customers.ndjson' } },
  { _id: 'orders', source: { type: 'json', system: 'files', url: 'orders.ndjson' } },
  {
    _id: 'shaped',
    source: { type: 'dataset', dataset: 'customers' },
    transform: dtl(['copy', ['list', 'name', 'city']], ['add', 'mail', ['lower', '_S.email']]),
  },
  {
    _id: 'joined',
    source: { type: 'dataset', dataset: 'shaped' },
    transform: dtl(
      ['copy', '*'],
      ['add', 'orders', ['count', ['hops', { datasets: ['orders o'], where: ['eq', '_S._id', 'o.customer'] }]]],
    ),
  },
]
for (const pipe of pipes)
  writeFileSync(join(project, 'pipes', `${pipe._id}.conf.json`), JSON.stringify({ ...pipe, type: 'pipe' }))
writeFileSync(join(project, 'systems', 'files.conf.json'), JSON.stringify({ _id: 'files', type: 'system:url' }))

await lines('customers.ndjson', customers, (n) => ({
  _id: String(n),
  name: `Person Number ${n}`,
  email: `Person.${n}@Example.com`,
  city: `City ${n % 997}`,
}))
await lines('orders.ndjson', orders, (n) => ({
  _id: `o${n}`,
  customer: String((n * 7919) % customers),
  total: n % 1000,
}))

let failed = false
try {
  for (const { _id } of pipes) {
    const file = join(folder, `${_id}.ndjson`)
    await measureStep(_id, _id === 'customers' || _id === 'orders' ? ['--data', `${_id}=${file}`] : [])
  }
  await measureStep('joined', [])
  const size = statSync(join(folder, 'store', 'journal')).size
  console.log(`the store takes ${(size / 1e9).toFixed(2)} GB`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0

/** Writes so many entities to a file, one a line. */
async function lines(name: string, count: number, entity: (n: number) => unknown): Promise<void> {
  const file = createWriteStream(join(folder, name))
  for (let from = 0; from < count; from += 5000) {
    const some = Array.from({ length: Math.min(5000, count - from) }, (_, at) => JSON.stringify(entity(from + at)))
    if (!file.write(`${some.join('\n')}\n`)) await new Promise<void>((resolve) => file.once('drain', () => resolve()))
  }
  await new Promise<void>((resolve) => file.end(() => resolve()))
}

/** Runs one pipe in a separate process and prints its time and memory. */
async function measureStep(pipe: string, more: readonly string[]): Promise<void> {
  const began = performance.now()
  const parameters = ['--import', 'tsx', cli, 'run', project, '--pipe', pipe, '--store', join(folder, 'store'), ...more]
  const child = spawn(process.execPath, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: `--max-old-space-size=${HEAP}` },
  })
  let [said, most, processor] = ['', 0, 0]
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      processor = (Number(fields[11]) + Number(fields[12])) / 100
    } catch {
      // The process has just ended, or this is not Linux.
    }
  }, 200)
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(timer)
  if (status !== 0) failed = true
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  const figures = `${seconds.padStart(5)} s ${processor.toFixed(0).padStart(5)} s of processor ${most.toFixed(0).padStart(6)} MB`
  console.log(`${pipe.padEnd(10)} ${figures}  ${said.trim().slice(0, status === 0 ? 120 : 2000)}`)
}
