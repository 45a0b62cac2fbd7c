/** A newer build on the server is detected, announced when it is ready, and loaded without loss of work. */
import { createServer, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { followRegistration, isOutdated, reloadApp, useUpdate } from '../../../app/store/update.ts'

let server: Server
let address: string
/** The server's answer; null: no such file. */
let deployed: string | null

beforeAll(async () => {
  server = createServer((_, response) => {
    response.statusCode = deployed === null ? 404 : 200
    response.end(`${deployed ?? ''}\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  address = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}/`
})
afterAll(() => server.close())

const realFetch = globalThis.fetch

beforeEach(() => {
  deployed = 'one'
  useUpdate.setState({ isReady: false })
  vi.stubGlobal('fetch', (path: string, options: RequestInit) => realFetch(new URL(path, address), options))
  vi.stubGlobal('document', { querySelector: () => ({ content: 'one' }) })
  vi.stubGlobal('navigator', {})
})
afterEach(() => vi.unstubAllGlobals())

/** A service worker whose state the test can change. */
class TestServiceWorker extends EventTarget {
  state = 'installing'
  readonly messages: unknown[] = []
  change(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
  postMessage(message: unknown): void {
    this.messages.push(message)
  }
}

class TestRegistration extends EventTarget {
  waiting: TestServiceWorker | null = null
  installing: TestServiceWorker | null = null
}

const followTest = (registration: TestRegistration) =>
  followRegistration(registration as unknown as ServiceWorkerRegistration)

describe('the build on the server', () => {
  it('is another one: that is announced', async () => {
    deployed = 'two'
    expect(await isOutdated()).toBe(true)
    expect(useUpdate.getState().isReady).toBe(true)
  })

  it('is this one, is not told, or cannot be reached: nothing is announced', async () => {
    expect(await isOutdated()).toBe(false)
    deployed = null
    expect(await isOutdated()).toBe(false)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    expect(await isOutdated()).toBe(false)
    expect(useUpdate.getState().isReady).toBe(false)
  })
})

describe('a service worker', () => {
  it('that waits already is announced', () => {
    vi.stubGlobal('navigator', { serviceWorker: { controller: {} } })
    followTest(Object.assign(new TestRegistration(), { waiting: new TestServiceWorker() }))
    expect(useUpdate.getState().isReady).toBe(true)
  })

  it('that is found later is announced when all of it is there', () => {
    vi.stubGlobal('navigator', { serviceWorker: { controller: {} } })
    const registration = new TestRegistration()
    followTest(registration)
    const found = new TestServiceWorker()
    registration.installing = found
    registration.dispatchEvent(new Event('updatefound'))
    expect(useUpdate.getState().isReady).toBe(false)
    found.change('installed')
    expect(useUpdate.getState().isReady).toBe(true)
  })

  it('that is the first one is no update', () => {
    vi.stubGlobal('navigator', { serviceWorker: { controller: null } })
    const first = new TestServiceWorker()
    followTest(Object.assign(new TestRegistration(), { installing: first }))
    first.change('installed')
    expect(useUpdate.getState().isReady).toBe(false)
  })
})

describe('taking the new build over', () => {
  it('has the worker that waits take over before the page is loaded again', async () => {
    const order: string[] = []
    const container = new EventTarget()
    const waiting = new TestServiceWorker()
    waiting.postMessage = (message) => {
      order.push(String(message))
      container.dispatchEvent(new Event('controllerchange'))
    }
    vi.stubGlobal('navigator', {
      serviceWorker: Object.assign(container, { getRegistration: async () => ({ waiting }) }),
    })
    vi.stubGlobal('location', { reload: () => order.push('reload') })
    await reloadApp()
    expect(order).toEqual(['take over', 'reload'])
  })

  it('loads the page again where there is no service worker', async () => {
    const reload = vi.fn()
    vi.stubGlobal('location', { reload })
    await reloadApp()
    expect(reload).toHaveBeenCalledOnce()
  })
})
