/** The page's engine worker in this thread: a stand-in for the browser's Worker around the real engine. */
import { EngineHost } from '../../engine-worker/api/host.ts'
import { type EngineMessage, type EngineReply, serve } from '../../engine-worker/api/serve.ts'
import { memoryStore } from '../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../engine-worker/storage/store.ts'
import { environment } from '../engine/dtl/corpus.ts'

/** A worker in the same thread: messages are copied and arrive later. `deaf` ones take messages and do nothing. */
export class LocalWorker extends EventTarget implements Worker {
  onmessage = null
  onmessageerror = null
  onerror = null
  terminated = false
  private readonly listen: (message: EngineMessage) => void

  constructor(
    private readonly deaf = false,
    /** Stores of projects, which outlive the worker. */
    stores = new Map<string, DatasetStore>(),
    around = environment(),
  ) {
    super()
    const openStore = async (project: string) => {
      const store = stores.get(project) ?? memoryStore(around)
      stores.set(project, store)
      return store
    }
    const host = new EngineHost({ environment: around, fetch: null, openStore, deleteStore: async () => {} })
    this.listen = serve(host, (reply) => this.deliver(structuredClone(reply)))
  }
  postMessage(message: EngineMessage): void {
    // A file is passed by reference; browsers copy only the reference to its content.
    const copy = 'ask' in message && message.ask === 'receive' ? message : structuredClone(message)
    if (!this.deaf) setTimeout(() => this.terminated || this.listen(copy))
  }
  terminate(): void {
    this.terminated = true
  }
  private deliver(data: EngineReply): void {
    setTimeout(() => this.terminated || this.dispatchEvent(new MessageEvent('message', { data })))
  }
}

/** Workers that a page has started, in order. The page starts more of them when it needs them. */
export function pageWithWorkers(): readonly LocalWorker[] {
  const stores = new Map<string, DatasetStore>()
  const started: LocalWorker[] = []
  // Progress and schedules need a clock that advances.
  const around = { ...environment(), now: () => BigInt(Date.now()) * 1_000_000n }
  class PageWorker extends LocalWorker {
    constructor() {
      super(false, stores, around)
      started.push(this)
    }
  }
  const baseURI = 'http://localhost/app/'
  Object.assign(globalThis, { Worker: PageWorker, document: { baseURI }, location: new URL(baseURI) })
  return started
}
