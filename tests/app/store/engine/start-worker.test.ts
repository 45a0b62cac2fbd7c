/**
 * Workers start from a small script that loads the real one: which one it loads, and that no message is lost meanwhile.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const page = 'http://localhost/app/'
const moduleUrl = '../../../../app/store/engine/start-worker.ts'

interface StartedWorker {
  readonly address: string
  readonly options: WorkerOptions
}

let startedWorkers: StartedWorker[]
let blobs: Map<string, Blob>

/** The module as a newly loaded page has it. */
async function loadModule() {
  vi.resetModules()
  return import(moduleUrl)
}

const scriptOf = ({ address }: StartedWorker) => blobs.get(address)?.text() ?? Promise.reject(new Error(address))

beforeEach(() => {
  startedWorkers = []
  blobs = new Map()
  class StartedWorker {
    constructor(address: string, options: WorkerOptions) {
      startedWorkers.push({ address, options })
    }
  }
  vi.stubGlobal('Worker', StartedWorker)
  vi.stubGlobal('document', { baseURI: page })
  vi.stubGlobal('location', new URL(page))
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const address = `blob:${blobs.size}`
    blobs.set(address, blob as Blob)
    return address
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('starting a worker', () => {
  it('loads the script by its whole address, under a name', async () => {
    const { startWorker } = await loadModule()
    startWorker('assets/worker-1.js', { name: 'p1' })
    startWorker('assets/classic.js', { name: 'layout', classic: true })
    expect(startedWorkers.map(({ options }) => options)).toEqual([
      { name: 'p1', type: 'module' },
      { name: 'layout', type: 'classic' },
    ])
    expect(await scriptOf(startedWorkers[0] as StartedWorker)).toContain(`import("${page}assets/worker-1.js")`)
    expect(await scriptOf(startedWorkers[1] as StartedWorker)).toContain(`importScripts(`)
  })

  it('hands on what arrives before the real script listens, in order and once', async () => {
    const { startWorker } = await loadModule()
    const target = new EventTarget()
    vi.stubGlobal('self', {})
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
    vi.stubGlobal('dispatchEvent', target.dispatchEvent.bind(target))
    const heard: unknown[] = []
    vi.stubGlobal('heard', heard)
    const real = `data:text/javascript,addEventListener('message', ({ data }) => heard.push(data))//${Math.random()}`
    startWorker(real, { name: 'x' })
    const loader = `data:text/javascript,${encodeURIComponent(await scriptOf(startedWorkers[0] as StartedWorker))}`
    const isLoaded = import(/* @vite-ignore */ loader)
    const send = (data: unknown) => target.dispatchEvent(new MessageEvent('message', { data }))
    await isLoaded
    send(1)
    send(2)
    while (heard.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    send(3)
    expect(heard).toEqual([1, 2, 3])
  })

  it('goes through the one policy where the browser has Trusted Types, which refuses other places', async () => {
    const given: string[] = []
    const createPolicy = (name: string, rules: { createScriptURL: (address: string) => string }) => ({
      createScriptURL: (address: string) => {
        given.push(name)
        return rules.createScriptURL(address)
      },
    })
    vi.stubGlobal('trustedTypes', { createPolicy })
    const { scriptAddress } = await loadModule()
    expect(scriptAddress('sw.js')).toBe('sw.js')
    expect(given).toEqual(['pipewright'])
    expect(() => scriptAddress('https://elsewhere.example/x.js')).toThrow(TypeError)
  })
})
