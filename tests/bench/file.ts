/**
 * The `file` section of the bench: 100,000 customers from a file of NDJSON through the rule of 12 fields to a file of
 * NDJSON, by `pipewright run` as it is packed, against a program written by hand for this one job. Each is a process of its
 * own, timed from its start to its end.
 */
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { printEntity } from '../../engine-worker/entity/transit.ts'
import { customer } from '../../engine-worker/node/commands/bench/customers.ts'
import { median, ratio } from '../../engine-worker/node/commands/bench/measure.ts'
import { rules } from '../../engine-worker/node/commands/bench/work.ts'

/** The number of customers. `FILE_ENTITIES=2000000` shows that memory does not grow with it. */
const ENTITIES = Number(process.env.FILE_ENTITIES ?? 100_000)

const root = fileURLToPath(new URL('../..', import.meta.url))
const path = (name: string) => fileURLToPath(new URL(`./file/${name}`, import.meta.url))

/** Median ratios, higher is better, and the most memory that `pipewright run` took, in megabytes. */
export async function file(rounds = 7): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-bench-'))
  // Inside the work tree, so that the packages are found.
  const built = mkdtempSync(join(root, 'node_modules', '.pipewright-bench-'))
  try {
    await build({
      root,
      configFile: join(root, 'vite.config.ts'),
      mode: 'cli',
      logLevel: 'warn',
      build: { outDir: built },
    })
    const data = join(folder, 'customers.ndjson')
    writeCustomers(data)
    const project = join(folder, 'project')
    writeProject(project)
    const outputs = { engine: join(folder, 'engine.ndjson'), hand: join(folder, 'hand.ndjson') }
    const commands = {
      engine: [
        join(built, 'cli.js'),
        'run',
        project,
        '--data',
        `customers=${data}`,
        '--output',
        `customers=${outputs.engine}`,
      ],
      hand: [path('by-hand.mjs'), data, outputs.hand],
    }
    const times: Record<keyof typeof commands, number[]> = { engine: [], hand: [] }
    const memory: Record<keyof typeof commands, number[]> = { engine: [], hand: [] }
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 === 0 ? (['engine', 'hand'] as const) : (['hand', 'engine'] as const)) {
        const used = await measureCommand(commands[name], join(folder, 'usage'))
        times[name].push(used.milliseconds)
        memory[name].push(used.bytes)
      }
    }
    if (!readFileSync(outputs.engine).equals(readFileSync(outputs.hand))) throw new Error('the outputs differ')
    console.warn(`engine ${Math.round(median(times.engine))} ms, hand ${Math.round(median(times.hand))} ms`)
    return {
      vs_handwritten: ratio(times.engine, times.hand),
      memory_vs_handwritten: ratio(memory.engine, memory.hand),
      peak_megabytes: Math.max(...memory.engine) / 1_000_000,
    }
  } finally {
    rmSync(folder, { recursive: true })
    rmSync(built, { recursive: true })
  }
}

function writeCustomers(to: string): void {
  const out = openSync(to, 'w')
  for (let from = 0; from < ENTITIES; from += 1000) {
    const some = Array.from({ length: Math.min(1000, ENTITIES - from) }, (_, at) => printEntity(customer(from + at)))
    writeSync(out, `${some.join('\n')}\n`)
  }
  closeSync(out)
}

function writeProject(folder: string): void {
  const files = {
    'pipes/customers.conf.json': {
      _id: 'customers',
      type: 'pipe',
      source: { type: 'json', system: 'crm', url: 'customers' },
      transform: { type: 'dtl', rules },
      sink: { type: 'http_endpoint' },
    },
    'systems/crm.conf.json': { _id: 'crm', type: 'system:url', url_pattern: 'https://crm.example.org/%s' },
  }
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), JSON.stringify(content))
  }
}

/** Runs a script in Node and measures its time and memory. */
function measureCommand(command: readonly string[], usage: string): Promise<{ milliseconds: number; bytes: number }> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', path('usage.mjs'), ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, USAGE_FILE: usage },
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => {
      const milliseconds = performance.now() - started
      if (code === 0) resolve({ milliseconds, bytes: Number(readFileSync(usage, 'utf8')) })
      else reject(new Error(`${command.join(' ')} ended with ${code}`))
    })
  })
}
