/** The engine as the app's worker has it, told what to do by messages: `{id, call, args}`. */

import { EngineHost } from '../../../engine-worker/api/host.ts'
import { open } from '../../../engine-worker/api/open.ts'
import { receive } from '../../../engine-worker/api/receive.ts'
import { rows } from '../../../engine-worker/api/rows.ts'
import { run } from '../../../engine-worker/api/run.ts'
import type { RowsRequest } from '../../../engine-worker/api/windows.ts'
import { openStore } from '../../../engine-worker/storage/indexeddb/store.ts'
import { callContext } from '../../support/call-context.ts'

const environment = {
  now: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
  random: Math.random,
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
}

const host = new EngineHost({
  environment,
  fetch: null,
  openStore: (project) => openStore({ project, environment, lock: null }),
  deleteStore: async () => {},
})

/** A file of customers, or of their orders, that is made while it is read. */
function file(kind: 'customers' | 'orders', count: number) {
  const line = kind === 'customers' ? customer : order
  const size = count * line(count).length
  let at = 0
  const stream = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => {
        let text = ''
        for (const end = Math.min(count, at + 1000); at < end; at++) text += line(at)
        controller.enqueue(new TextEncoder().encode(text))
        if (at === count) controller.close()
      },
    })
  return { size, stream }
}

function customer(i: number): string {
  return `{"_id":"c${i}","name":"Customer ${i}","email":"person.${i}@example.org","age":${18 + (i % 70)},"city":"${['Oslo', 'Bergen', 'Tromsø'][i % 3]}","balance":${i}.25,"tags":["retail","north"]}\n`
}

function order(i: number): string {
  return `{"_id":"o${i}","customer":"c${(i * 7919) % 1_000_000}","total":${i % 900},"lines":[{"sku":"s${i % 100}","quantity":${1 + (i % 3)}}]}\n`
}

const context = callContext(host)
const calls = {
  open: (files: Record<string, string>) => open.run({ project: 'million', files }, context),
  receive: (pipe: string, kind: 'customers' | 'orders', count: number) =>
    receive.run({ pipe, name: `${kind}.ndjson`, file: file(kind, count) }, context),
  run: (pipes: readonly string[]) =>
    run.run({ run: 'one', pipes }, context).then(({ state, pipes }) => ({ state, problems: pipes[0]?.problems })),
  rows: (request: RowsRequest) => rows.run(request, context),
  /** Windows across a whole dataset, as when a person drags the scroll bar. */
  scroll: async (dataset: string, count: number) => {
    let seen = 0
    for (let at = 0; at < 300; at++) {
      const from = Math.floor((at * count) / 300)
      seen += (await rows.run({ dataset, from, count: 100 }, context)).rows.length
    }
    return seen
  },
}

self.onmessage = async ({ data }: MessageEvent<{ id: number; call: keyof typeof calls; args: never[] }>) => {
  try {
    const call: (...args: never[]) => Promise<unknown> = calls[data.call]
    postMessage({ id: data.id, result: await call(...data.args) })
  } catch (error) {
    postMessage({ id: data.id, error: String(error instanceof Error ? error.stack : error) })
  }
}
