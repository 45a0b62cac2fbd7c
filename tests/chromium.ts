/**
 * Chromium for code that runs in a worker without the app: tests of the store, and benchmarks. The profile is
 * persistent, because IndexedDB works differently in a private one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium } from '@playwright/test'
import { build } from 'vite'

const NO_REQUESTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]
const BASE_FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run']
/** More switches, to try something out: `CHROMIUM_FLAGS=--js-flags=--max-old-space-size=800`. */
const EXTRA_FLAGS = process.env.CHROMIUM_FLAGS?.split(' ') ?? []

/** The path of Chromium, when it is not the one that Playwright installs. */
export const executablePath = process.env.PLAYWRIGHT_CHROMIUM ?? systemChromium()

function systemChromium(): string | undefined {
  return process.getBuiltinModule('node:fs').existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined
}

/** A browser with a temporary profile, which is deleted when the browser is closed. */
export interface Browser {
  readonly context: BrowserContext
  /** Ends the browser and starts it again on the same profile. */
  restart(): Promise<BrowserContext>
  close(): Promise<void>
}

/** A page's origin with one worker script, in a browser of its own. */
export interface Harness extends Browser {
  readonly url: string
}

/** Bundles a worker, serves it as `/worker.js` beside an empty page, and starts Chromium. */
export async function startHarness(worker: URL): Promise<Harness> {
  const scripts = await bundle(fileURLToPath(worker))
  const site = await serveFiles((path) => scripts.get(path) ?? '<!doctype html><title>store</title>')
  const browser = await startChromium()
  return {
    url: site.url,
    get context() {
      return browser.context
    },
    restart: browser.restart,
    close: async () => {
      await browser.close()
      site.close()
    },
  }
}

/** Asks a new worker in a new page, so that garbage of one measurement does not slow down the next. */
export async function askWorker<T extends object>(harness: Harness, question: unknown): Promise<T> {
  const page = await harness.context.newPage()
  await page.goto(harness.url)
  const answer = await page.evaluate(
    (asked) =>
      new Promise<T | { error: string }>((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' })
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage(asked)
      }),
    question,
  )
  await page.close()
  if ('error' in answer) throw new Error(answer.error)
  return answer
}

/** Serves texts on localhost; paths that end in `.js` are scripts, others pages. */
export async function serveFiles(
  textOf: (path: string) => string,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(textOf(path))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() }
}

/** Starts Chromium on a new profile. */
export async function startChromium(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'pipewright-profile-'))
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      headless: true,
      args: [...BASE_FLAGS, ...NO_REQUESTS, ...EXTRA_FLAGS],
      ...(executablePath ? { executablePath } : {}),
    })
  let context = await launch()
  return {
    get context() {
      return context
    },
    async restart() {
      await context.close()
      context = await launch()
      return context
    },
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Bundles a script as `/worker.js`, and the modules that it loads later by their paths. */
export async function bundle(entry: string): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: 'worker' } },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []))
  const scripts = new Map<string, string>()
  for (const output of outputs) {
    if (output.type === 'chunk') scripts.set(output.isEntry ? '/worker.js' : `/${output.fileName}`, output.code)
  }
  if (!scripts.has('/worker.js')) throw new Error(`${entry} could not be bundled`)
  return scripts
}
