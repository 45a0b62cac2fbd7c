/**
 * The worker of the page: the only file that knows it is one. It gives the engine the browser's database, clock,
 * randomness and network, and serves its capabilities over messages. Under the name of a further engine it transforms instead,
 * for the worker that has started it.
 */
import { EngineHost } from './api/host.ts'
import { type EngineMessage, serve } from './api/serve.ts'
import { type HostPermission, permittedFetch } from './connectors/network-permission.ts'
import type { SandboxPort, SandboxReply, SandboxRequest } from './connectors/sandbox/messages.ts'
import { threadSandbox } from './connectors/sandbox/sandbox.ts'
import type { EnginePort, TransformReply, TransformRequest } from './run/engines/messages.ts'
import { serveEngine } from './run/engines/serve-engine.ts'
import sandboxScript from './sandbox-worker.ts?worker&url'
import { steady } from './storage/clock.ts'
import type { DirectoryHandle } from './storage/copy/folder.ts'
import type { DataSafety } from './storage/copy/safety.ts'
import { deleteStore, openSafeStore } from './storage/indexeddb/store.ts'
import { webLock } from './storage/lock.ts'

const environment = {
  now: steady(() => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n),
  random: Math.random,
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
}

/** The name that the worker was started with. */
const ownName: unknown = Reflect.get(globalThis, 'name')
/** The name of workers that transform: they are this script too, which the browser has then. */
const furtherEngine = 'pipewright-engine'
const isFurther = ownName === furtherEngine

const lock = 'locks' in navigator ? webLock(navigator.locks) : null

/** Says yes or no to each server; no to all before the page has said how it decides. */
let permission: HostPermission = async () => false

/**
 * Held as long as this worker lives, under the name that the page gave it: that it comes free is the only sign of a worker
 * that the browser has ended.
 */
const alive = new Promise<void>((resolve) => {
  if (isFurther || !('locks' in navigator) || typeof ownName !== 'string' || ownName === '') return resolve()
  const holding = () => {
    resolve()
    return new Promise<never>(() => undefined)
  }
  void navigator.locks.request(ownName, holding)
})

// What a dedicated worker has; the engine's own types are without any platform.
declare function postMessage(message: unknown): void
declare const location: { readonly href: string }
declare const trustedTypes: {
  createPolicy(
    name: string,
    rules: { createScriptURL: (own: string) => string },
  ): { createScriptURL(own: string): string }
}
declare class Worker {
  constructor(address: string, options: { readonly type: 'module'; readonly name: string })
  postMessage(message: SandboxRequest | TransformRequest): void
  addEventListener<Reply>(type: 'message', listen: (event: { readonly data: Reply }) => void): void
  addEventListener(type: 'error', listen: (event: { readonly message: string; preventDefault(): void }) => void): void
  terminate(): void
}
declare function addEventListener<Message>(type: 'message', listen: (event: { readonly data: Message }) => void): void

const policy =
  typeof trustedTypes === 'undefined'
    ? undefined
    : trustedTypes.createPolicy('pipewright', { createScriptURL: (own) => own })

/**
 * A worker of this one, under the policy of the page: a `blob:` script inherits it. A script that cannot be loaded is an
 * error of the worker.
 */
function startOwn(script: string, name: string): Worker {
  const address = JSON.stringify(new URL(script, location.href).href)
  // Libraries resolve addresses against `location`, which a `blob:` script has none of.
  const place = `Object.defineProperty(self, 'location', { value: new URL(${address}), configurable: true })`
  const loader = `${place}\nimport(${address}).catch((error) => setTimeout(() => { throw error }))`
  const blob = URL.createObjectURL(new Blob([loader], { type: 'text/javascript' }))
  return new Worker(policy ? policy.createScriptURL(blob) : blob, { type: 'module', name })
}

/** A worker of its own for a further engine. */
function startEngine(): EnginePort {
  const worker = startOwn(import.meta.url, furtherEngine)
  return {
    post: (request) => worker.postMessage(request),
    listen: (reply, ended) => {
      worker.addEventListener<TransformReply>('message', ({ data }) => reply(data))
      worker.addEventListener('error', (event) => {
        // It is no error of this worker.
        event.preventDefault()
        worker.terminate()
        ended()
      })
    },
    close: () => worker.terminate(),
  }
}

/** A worker of its own for programs of transforms. */
function startSandbox(): SandboxPort {
  const worker = startOwn(sandboxScript, 'sandbox')
  const waiting: SandboxRequest[] = []
  let isReady = false
  return {
    post: (request) => (isReady ? worker.postMessage(request) : void waiting.push(request)),
    listen: (reply, ended) => {
      worker.addEventListener<SandboxReply>('message', ({ data }) => {
        if (data.is === 'ready') {
          isReady = true
          for (const request of waiting.splice(0)) worker.postMessage(request)
        }
        reply(data)
      })
      worker.addEventListener('error', (event) => {
        event.preventDefault()
        ended(event.message)
      })
    },
    end: () => worker.terminate(),
  }
}

/** What keeps the data of the project that was opened last. */
let safety: { readonly project: string; readonly keeps: DataSafety } | null = null

/** The root of the browser's own file system; null where it has none or refuses it (private windows). */
async function ownFiles(): Promise<DirectoryHandle | null> {
  const storage = Reflect.get(navigator, 'storage') as StorageOfBrowser | undefined
  return storage?.getDirectory ? storage.getDirectory().catch(() => null) : null
}

interface StorageOfBrowser {
  getDirectory?(): Promise<DirectoryHandle>
}

const host = new EngineHost({
  sandbox: threadSandbox(startSandbox),
  furtherEngines: {
    start: startEngine,
    clock: () => performance.now(),
    most: typeof Worker === 'undefined' ? 1 : Math.max(1, navigator.hardwareConcurrency || 1),
  },
  alive: () => alive,
  environment,
  fetch: permittedFetch(globalThis.fetch.bind(globalThis), (server) => permission(server)),
  setPermission: (decide) => {
    permission = decide
  },
  openStore: async (project) => {
    const uuid = () => crypto.randomUUID()
    const opened = await openSafeStore({ project, environment, lock }, { root: ownFiles, uuid })
    safety = { project, keeps: opened.safety }
    return opened.store
  },
  deleteStore: async (project) => deleteStore(project, await ownFiles()),
  safetyOf: (project) => (safety?.project === project ? safety.keeps : null),
})

if (isFurther) {
  const clock = () => performance.now()
  const transform = serveEngine(environment, clock, (reply) => postMessage(reply))
  addEventListener<TransformRequest>('message', ({ data }) => transform(data))
} else {
  const listen = serve(host, (reply) => postMessage(reply))
  addEventListener<EngineMessage>('message', ({ data }) => listen(data))
}
