/**
 * The worker of the page: the only file that knows it is one. It gives the engine the browser's database, clock,
 * randomness and network, and exposes it.
 */
// comlink: the engine's interface over postMessage, with the progress callback as a proxy.
import { expose, transferHandlers } from 'comlink'
import { PageEngine } from './api/engine.ts'
import { type HostPermission, permittedFetch } from './connectors/network-permission.ts'
import { steady } from './storage/clock.ts'
import { deleteStore, openStore } from './storage/indexeddb/store.ts'
import { webLock } from './storage/lock.ts'
import { sentFault } from './thrown.ts'

const surroundings = {
  now: steady(() => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n),
  random: Math.random,
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
}

const lock = 'locks' in navigator ? webLock(navigator.locks) : null

const thrown = transferHandlers.get('throw')
if (thrown) {
  const serialize: typeof thrown.serialize = (value) => {
    const fault = sentFault(value)
    return fault ? [fault, []] : thrown.serialize(value)
  }
  transferHandlers.set('throw', { ...thrown, serialize })
}

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

expose(
  new PageEngine({
    alive: () => alive,
    surroundings,
    fetch: permittedFetch(globalThis.fetch.bind(globalThis), (host) => permission(host)),
    setPermission: (decide) => {
      permission = decide
    },
    openStore: (project) => openStore({ project, surroundings, lock }),
    deleteStore,
  }),
)
