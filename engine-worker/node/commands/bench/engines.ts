/**
 * `engines`: two engines against one, on a project of independent pipes and on one pipe whose transform takes most of its
 * time. By the clock, which is only worth something on a machine with two idle cores; and by processor time, which other
 * work disturbs less: that of the one engine against that of the busier of the two threads.
 */
import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { printJson } from '../../../entity/json.ts'
import type { Json, JsonObject } from '../../../entity/value.ts'
import type { EnginePool } from '../../../run/engines/pool.ts'
import { Session } from '../../../run/session.ts'
import { memoryStore } from '../../../storage/memory.ts'
import { threadEngines } from '../../engines.ts'
import { machine } from '../machine.ts'
import { customers } from './customers.ts'
import { median } from './measure.ts'

const CUSTOMERS = 3_000
const PIPES = 4

/** What makes a transform heavy in practice: telephone numbers, dates and texts taken apart, hashes, all for every line too. */
const rules: Json[] = [
  ['copy', '*'],
  ['add', 'key', ['hash128', 'murmur3', ['concat', '_S.email', '|', '_S.phone', '|', '_S.last']]],
  [
    'add',
    'words',
    ['sorted', '_.', ['split', ' ', ['lower', ['concat', '_S.first', ' ', '_S.last', ' ', '_S.email']]]],
  ],
  ['add', 'telephone', ['phonenumber-format', 'international', ['phonenumber-parse', '_S.phone']]],
  ['add', 'lines', ['apply', 'line', '_S.lines']],
  ['add', 'total', ['sum', ['map', '_.amount', '_T.lines']]],
  ['add', 'since', ['datetime-format', '%Y-%m-%d', ['datetime-parse', '%d.%m.%Y %H:%M', '_S.registered']]],
]
const orderLineRules: Json[] = [
  ['copy', '*'],
  ['add', 'amount', ['*', '_S.quantity', '_S.price']],
  [
    'add',
    'numbers',
    [
      'map',
      ['phonenumber-parse', 'NO', '_.'],
      [
        'list',
        ['concat', '22 33 44 ', ['string', '_S.price']],
        ['concat', '9', '_S.sku'],
        '_P._S.phone',
        '_P._S.address.zip',
      ],
    ],
  ],
  ['add', 'part', ['upper', ['replace', 'SKU', 'part', '_S.sku']]],
  ['add', 'check', ['hash128', 'murmur3', ['concat', '_S.sku', '/', ['string', '_S.quantity']]]],
]

function pipeConfig(id: string, dataset: string): JsonObject {
  return {
    _id: id,
    type: 'pipe',
    source: { type: 'dataset', dataset },
    transform: { type: 'dtl', rules: { default: rules, line: orderLineRules } },
  }
}

interface PreparedRun {
  readonly run: () => Promise<void>
}

/** The median ratios of a few rounds that alternate between one engine and two. */
export async function benchEngines(rounds = 5): Promise<Record<string, number>> {
  const pool = await threadEngines(2)
  if (!pool) throw new Error('there is no second engine')
  await pool.started()
  const names = Array.from({ length: PIPES }, (_, at) => `customers-${at}`)
  const many = names.map((name) => pipeConfig(`${name}-made`, name))
  const one = [pipeConfig('one', 'all')]
  try {
    return {
      ...(await compare('independent_pipes', many, names, pool, rounds)),
      ...(await compare('one_pipe', one, ['all'], pool, rounds)),
    }
  } finally {
    pool.close()
  }
}

async function compare(
  name: string,
  pipes: readonly JsonObject[],
  datasets: readonly string[],
  pool: EnginePool,
  rounds: number,
): Promise<Record<string, number>> {
  const wall: number[] = []
  const cpu: number[] = []
  const [single, double] = [await openBench(pipes, datasets, null), await openBench(pipes, datasets, pool)]
  for (let round = 0; round <= rounds; round++) {
    const [a, b] = [await measureRun(single), await measureRun(double)]
    // The first round warms up.
    if (round === 0) continue
    wall.push(a.wall / b.wall)
    cpu.push(a.busiest / b.busiest)
  }
  return { [name]: median(wall), [`${name}_by_processor_time`]: median(cpu) }
}

async function openBench(
  pipes: readonly JsonObject[],
  datasets: readonly string[],
  pool: EnginePool | null,
): Promise<PreparedRun> {
  const store = memoryStore(machine)
  const session = new Session({ store, environment: machine, ...(pool ? { engines: pool } : {}) })
  const files = Object.fromEntries(pipes.map((one) => [`pipes/${one._id}.conf.json`, printJson(one)]))
  const entities = customers((CUSTOMERS * PIPES) / datasets.length)
  for (const dataset of datasets)
    for (let from = 0; from < entities.length; from += 5000)
      await store.commit({ datasets: [{ dataset, entities: entities.slice(from, from + 5000), populated: true }] })
  return {
    run: async () => {
      // Both share the threads; each has its own project.
      session.open(files)
      const result = await session.run({ run: 'bench', pipes: pipes.map(({ _id }) => String(_id)), full: true })
      if (result.state !== 'done')
        throw new Error(`the run ended as ${result.state}: ${result.pipes[0]?.problems[0]?.message}`)
    },
  }
}

/** Milliseconds by the clock, and processor time of the thread that worked most. */
async function measureRun({ run }: PreparedRun): Promise<{ readonly wall: number; readonly busiest: number }> {
  const before = threadTimes()
  const began = performance.now()
  await run()
  const wall = performance.now() - began
  const spent = [...threadTimes()].map(([thread, time]) => time - (before.get(thread) ?? 0))
  return { wall, busiest: spent.length === 0 ? wall : Math.max(...spent) }
}

/** Clock ticks that each thread of this process has worked; empty where the system does not tell. */
function threadTimes(): ReadonlyMap<string, number> {
  if (process.platform !== 'linux') return new Map()
  const threads = readdirSync('/proc/self/task')
  return new Map(
    threads.flatMap((thread) => {
      try {
        const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
        return [[thread, Number(fields[11]) + Number(fields[12])] as const]
      } catch {
        return []
      }
    }),
  )
}
