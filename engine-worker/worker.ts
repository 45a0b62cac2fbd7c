/**
 * The worker of the page: the only file that knows it is one. It gives the engine the browser's database, clock,
 * randomness and network, and serves its capabilities over messages.
 */
import { EngineHost } from './api/host.ts'
import { type EngineMessage, serve } from './api/serve.ts'
import { type HostPermission, permittedFetch } from './connectors/network-permission.ts'
import type { SandboxPort, SandboxReply, SandboxRequest } from './connectors/sandbox/messages.ts'
import { threadSandbox } from './connectors/sandbox/sandbox.ts'
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

const lock = 'locks' in navigator ? webLock(navigator.locks) : null

/** Says yes or no to each server; no to all before the page has said how it decides. */
let permission: HostPermission = async () => false

/**
 * Held as long as this worker lives, under the name that the page gave it: that it comes free is the only sign of a worker
 * that the browser has ended.
 */
const alive = new Promise<void>((resolve) => {
  const name = Reflect.get(globalThis, 'name')
  if (!('locks' in navigator) || typeof name !== 'string' || name === '') return resolve()
  const holding = () => {
    resolve()
    return new Promise<never>(() => undefined)
  }
  void navigator.locks.request(name, holding)
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
  postMessage(message: SandboxRequest): void
  addEventListener(type: 'message', listen: (event: { readonly data: SandboxReply }) => void): void
  addEventListener(type: 'error', listen: (event: { readonly message: string }) => void): void
  terminate(): void
}
declare function addEventListener(type: 'message', listen: (event: { readonly data: EngineMessage }) => void): void

const policy =
  typeof trustedTypes === 'undefined'
    ? undefined
    : trustedTypes.createPolicy('pipewright', { createScriptURL: (own) => own })

/** A worker of its own for programs of transforms, under the policy of the page: a `blob:` script inherits it. */
function startSandbox(): SandboxPort {
  const address = new URL(sandboxScript, location.href).href
  const loader = URL.createObjectURL(new Blob([`import(${JSON.stringify(address)})`], { type: 'text/javascript' }))
  const worker = new Worker(policy ? policy.createScriptURL(loader) : loader, { type: 'module', name: 'sandbox' })
  const waiting: SandboxRequest[] = []
  let isReady = false
  return {
    post: (request) => (isReady ? worker.postMessage(request) : void waiting.push(request)),
    listen: (reply, ended) => {
      worker.addEventListener('message', ({ data }) => {
        if (data.is === 'ready') {
          isReady = true
          for (const request of waiting.splice(0)) worker.postMessage(request)
        }
        reply(data)
      })
      worker.addEventListener('error', ({ message }) => ended(message))
    },
    end: () => worker.terminate(),
  }
}

/** What keeps the data of the project that was opened last. */
let safety: { readonly project: string; readonly keeps: DataSafety } | null = null

/** The root of the browser's own file system; null where it has none, or gives it to nobody (private windows). */
async function ownFiles(): Promise<DirectoryHandle | null> {
  const storage = Reflect.get(navigator, 'storage') as StorageOfBrowser | undefined
  return storage?.getDirectory ? storage.getDirectory().catch(() => null) : null
}

interface StorageOfBrowser {
  getDirectory?(): Promise<DirectoryHandle>
}

const host = new EngineHost({
  sandbox: threadSandbox(startSandbox),
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
const listen = serve(host, (reply) => postMessage(reply))
addEventListener('message', ({ data }) => listen(data))
